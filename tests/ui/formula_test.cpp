#include "ui/lessons/formula.h"
#include "ui/lessons/formula_parser.h"
#include "ui/lessons/lesson_document.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QPainter>
#include <QTest>

using namespace flatline;

namespace {

FormulaBox boxOf(const QString& tex, const QFont& font = fontFor(TextRole::Body)) {
    const auto formula = Formula::parse(tex);
    if (!formula)
        qFatal("%s: %s", qPrintable(tex), formula.error().english().c_str());
    return formula.value().layOut(font);
}

QString spoken(const QString& tex) {
    const auto formula = Formula::parse(tex);
    return formula ? formula.value().spoken() : QString::fromStdString(formula.error().english());
}

/// The text of the box that shows these characters.
const FormulaBox::Text& textIn(const FormulaBox& box, const QString& text) {
    for (const FormulaBox::Text& one : box.texts)
        if (one.text == text)
            return one;
    qFatal("no %s", qPrintable(text));
}

QRectF inkOf(const FormulaBox::Text& text) {
    return QFontMetricsF(text.font).tightBoundingRect(text.text).translated(text.at);
}

} // namespace

/// The lessons' formulas: what their layout must keep to, what is an error, and what is read aloud.
class FormulaTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, Appearance::Light); }

    void aRowStandsOnOneBaseline() {
        const FormulaBox box = boxOf(QStringLiteral("y = w x + b"));
        QCOMPARE(box.texts.size(), std::size_t{6});
        qreal right = -100.0;
        for (const FormulaBox::Text& text : box.texts) {
            QCOMPARE(text.at.y(), 0.0);
            QVERIFY(inkOf(text).left() > right); // nothing overlaps
            right = inkOf(text).right();
        }
        QVERIFY(textIn(box, QStringLiteral("y")).font.italic());
        QVERIFY(!textIn(box, QStringLiteral("=")).font.italic());
        QVERIFY(box.descent > 0.0); // of the y
    }

    void aFractionStandsAboveAndBelowItsLine() {
        const FormulaBox box = boxOf(QStringLiteral("\\frac{\\partial L}{\\partial b}"));
        QCOMPARE(box.strokes.size(), std::size_t{1});
        const QRectF line = box.strokes[0].path.boundingRect();
        QVERIFY(line.center().y() < 0.0); // at the height of a minus
        QVERIFY(inkOf(textIn(box, QStringLiteral("L"))).bottom() < line.top());
        QVERIFY(inkOf(textIn(box, QStringLiteral("b"))).top() > line.bottom());
        QVERIFY(line.width() >= 0.9 * box.width);
    }

    void scriptsAreSmallerAndKeepOffEachOther() {
        const FormulaBox box = boxOf(QStringLiteral("x_{i}^{2}"));
        const QRectF below = inkOf(textIn(box, QStringLiteral("i")));
        const QRectF above = inkOf(textIn(box, QStringLiteral("2")));
        QVERIFY(above.bottom() < below.top());
        QVERIFY(above.left() >= inkOf(textIn(box, QStringLiteral("x"))).right() - 0.5);
        QVERIFY(textIn(box, QStringLiteral("i")).font.pointSizeF() < fontFor(TextRole::Body).pointSizeF());
        QVERIFY(below.bottom() <= box.descent + 0.01 && -above.top() <= box.ascent + 0.01);
    }

    void aSumHasItsLimitsBelowAndAbove() {
        const FormulaBox box = boxOf(QStringLiteral("\\sum_{i}^{n} x_{k}"));
        const QRectF sign = inkOf(textIn(box, QStringLiteral("∑")));
        QVERIFY(inkOf(textIn(box, QStringLiteral("i"))).top() > sign.bottom());
        QVERIFY(inkOf(textIn(box, QStringLiteral("n"))).bottom() < sign.top());
        QVERIFY(std::abs(inkOf(textIn(box, QStringLiteral("i"))).center().x() - sign.center().x()) < 2.0);
    }

    void aRootCoversItsContent() {
        const FormulaBox box = boxOf(QStringLiteral("\\sqrt{\\frac{2}{n}}"));
        const QRectF content = inkOf(textIn(box, QStringLiteral("2"))) | inkOf(textIn(box, QStringLiteral("n")));
        const QRectF sign = box.strokes.back().path.boundingRect();
        QVERIFY(sign.top() < content.top() && sign.bottom() > content.bottom());
        QVERIFY(sign.left() < content.left() && sign.right() >= content.right());
    }

    void casesStandInLinesBesideABrace() {
        const FormulaBox box = boxOf(QStringLiteral("f(z) = \\cases{z & if z > 0 \\\\ 0 & otherwise}"));
        const FormulaBox::Text& when = textIn(box, QStringLiteral("if"));
        const FormulaBox::Text& otherwise = textIn(box, QStringLiteral("otherwise"));
        QCOMPARE(when.at.x(), otherwise.at.x()); // one column
        QVERIFY(inkOf(when).bottom() < inkOf(otherwise).top());
        const QRectF brace = box.strokes[0].path.boundingRect();
        QVERIFY(brace.top() < inkOf(when).top() && brace.bottom() > inkOf(otherwise).bottom());
    }

    void parenthesesGrowWithWhatTheyHold() {
        QVERIFY(boxOf(QStringLiteral("(x)")).strokes.empty());
        const FormulaBox box = boxOf(QStringLiteral("\\exp(-\\frac{x}{2})^{2}"));
        const QRectF paren = box.strokes.front().path.boundingRect();
        QVERIFY(paren.height() > inkOf(textIn(box, QStringLiteral("exp"))).height() * 1.5);
    }

    void everythingStaysInsideAtAnySize_data() {
        QTest::addColumn<double>("points");
        for (const double points : {6.0, 9.0, 13.5, 40.0})
            QTest::addRow("%g pt", points) << points;
    }
    void everythingStaysInsideAtAnySize() {
        QFETCH(double, points);
        QFont font = fontFor(TextRole::Body);
        font.setPointSizeF(points);
        const FormulaBox box = boxOf(
            QStringLiteral("f(x) = \\sqrt{\\frac{\\sum_{i} w_{i}^{2}}{n}} + \\cases{a & if b \\\\ c & else}"), font);
        const qreal slack = points / 9.0; // a slanted letter's end
        const QRectF whole(-slack, -box.ascent - slack, box.width + 2.0 * slack, box.height() + 2.0 * slack);
        for (const FormulaBox::Text& text : box.texts)
            QVERIFY2(whole.contains(inkOf(text)), qPrintable(text.text));
        for (const FormulaBox::Stroke& stroke : box.strokes)
            QVERIFY(whole.contains(stroke.path.boundingRect().adjusted(-0.1, -0.1, 0.1, 0.1)));
        QVERIFY(box.width > 12.0 * points && box.width < 60.0 * points);
    }

    void aSignIsNoOperator() {
        const FormulaBox sign = boxOf(QStringLiteral("-x"));
        const FormulaBox operation = boxOf(QStringLiteral("a-x"));
        const qreal afterSign = textIn(sign, QStringLiteral("x")).at.x() - textIn(sign, QStringLiteral("−")).at.x();
        const qreal afterMinus =
            textIn(operation, QStringLiteral("x")).at.x() - textIn(operation, QStringLiteral("−")).at.x();
        QVERIFY(afterSign < afterMinus);
    }

    void itIsReadAloud_data() {
        QTest::addColumn<QString>("tex");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* tex, const char* words) {
            QTest::newRow(tex) << QString::fromUtf8(tex) << QString::fromUtf8(words);
        };
        row("b <- b - \\eta \\frac{\\partial L}{\\partial b}", "b becomes b minus eta times partial L over partial b");
        row("f(z) = \\max(0, z)",
            "f of open parenthesis z close parenthesis equals the greatest of open parenthesis 0, z close parenthesis");
        row("x^{2} + x_{i}", "x squared plus x sub i");
        row("\\sum_{i} w_{i} x_{i}", "the sum over i of w sub i times x sub i");
        row("\\sqrt{2}", "the square root of 2");
        row("f(z) = \\cases{z & if z > 0 \\\\ 0 & else}",
            "f of open parenthesis z close parenthesis equals one of these: z if z is greater than 0; 0 else");
        row("η (1 - λ)", "eta times open parenthesis 1 minus lambda close parenthesis");
        row("\\text{dead} \\le 0.5", "dead is at most 0.5");
        row("f'(z)", "f prime of open parenthesis z close parenthesis");
    }
    void itIsReadAloud() {
        QFETCH(QString, tex);
        QFETCH(QString, words);
        QCOMPARE(spoken(tex), words);
    }

    void errorsSayWhereAndWhat_data() {
        QTest::addColumn<QString>("tex");
        QTest::addColumn<QString>("error");
        const auto row = [](const char* tex, const char* error) {
            QTest::newRow(tex) << QString::fromUtf8(tex) << QString::fromUtf8(error);
        };
        row("", "column 1: there is nothing in this formula");
        row("a + \\foo", "column 5: \\foo is not known here; known are: \\frac");
        row("\\frac{a}", "column 9: \\frac needs braces here");
        row("\\sqrt x", "column 7: \\sqrt needs braces here");
        row("x^", "column 3: nothing stands after ^");
        row("x_{}", "column 5: nothing stands after _");
        row("^2", "column 1: nothing stands before ^");
        row("x^2^3", "column 4: a second ^ on the same symbol");
        row("{a + b", "column 1: this { is never closed");
        row("a }", "column 3: this } closes nothing");
        row("a & b", "column 3: & and \\\\ stand only in \\cases");
        row("\\cases{a & b & c}", "column 14: a line of \\cases has two parts");
        row("\\cases{}", "column 9: \\cases{ … } needs lines");
        row("\\cases{a & b", "column 7: this { is never closed");
        row("a $ b", "column 3: $ means nothing in a formula");
        row("\\text dead", "column 7: \\text needs braces here");
    }
    void errorsSayWhereAndWhat() {
        QFETCH(QString, tex);
        QFETCH(QString, error);
        const QString got = spoken(tex);
        QVERIFY2(got.startsWith(error), qPrintable(got));
    }

    /// Nothing that a person could write may crash the reader: every beginning of a long formula, and deep nesting.
    void anythingIsReadOrRefused() {
        const QString whole =
            QStringLiteral("f(x)^{2}_{i} = \\cases{\\frac{a}{b} & if \\sqrt{x} \\ge 0 \\\\ \\text{no} [0, 1) & else}");
        for (qsizetype length = 0; length <= whole.size(); ++length) {
            const auto formula = Formula::parse(whole.left(length));
            if (formula)
                (void)formula.value().layOut(fontFor(TextRole::Body));
        }
        QVERIFY(!Formula::parse(QString(100000, QLatin1Char('{'))));
        QVERIFY(Formula::parse(QString(1000, QLatin1Char('x'))));
        QVERIFY(Formula::parse(QStringLiteral("[0, 1)) (")));
    }

    void everyFormulaOfTheLessonsCanBeRead() {
        const QDir folder(QStringLiteral(FLATLINE_SOURCE_DIR "/resources/lessons"));
        int count = 0;
        for (const QFileInfo& file : folder.entryInfoList({QStringLiteral("[0-9]*.md")})) {
            QFile text(file.filePath());
            QVERIFY(text.open(QIODevice::ReadOnly));
            for (const QString& tex : formulasOf(QString::fromUtf8(text.readAll()))) {
                const auto formula = Formula::parse(tex);
                QVERIFY2(formula.ok(), qPrintable(file.fileName() + ": " + tex + ": " + spoken(tex)));
                ++count;
            }
        }
        qInfo("%d formulas", count);
    }
};

QTEST_MAIN(FormulaTest)
#include "formula_test.moc"
