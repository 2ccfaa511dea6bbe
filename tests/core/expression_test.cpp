#include "core/verify/expression.h"

#include <QTest>

using namespace flatline;

namespace {

/// The tree in Polish notation, which shows what binds stronger.
std::string shown(const Expression& expression) {
    switch (expression.kind) {
    case Expression::Kind::Number:
        return std::to_string(static_cast<int>(expression.number));
    case Expression::Kind::Run:
        return expression.run;
    case Expression::Kind::Quantity:
        return expression.run + '.' + expression.name + (expression.step ? '@' + std::to_string(*expression.step) : "");
    case Expression::Kind::Call:
        break;
    }
    std::string text = '(' + expression.name;
    for (const Expression& argument : expression.arguments)
        text += ' ' + shown(argument);
    return text + ')';
}

} // namespace

class ExpressionTest : public QObject {
    Q_OBJECT

private slots:
    void trees_data();
    void trees();
    void numbers();
    // Breaks where an error's column is off by one, or a nonsense is read as something.
    void errors_data();
    void errors();
};

void ExpressionTest::trees_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("tree");
    const auto row = [](const char* text, const char* tree) { QTest::newRow(text) << text << tree; };
    row("1 + 2 * 3", "(+ 1 (* 2 3))");
    row("1 * 2 + 3", "(+ (* 1 2) 3)");
    row("(1 + 2) * 3", "(* (+ 1 2) 3)");
    row("1 - 2 - 3", "(- (- 1 2) 3)");
    row("8 / 4 / 2", "(/ (/ 8 4) 2)");
    row("-1 + 2", "(+ (- 1) 2)");
    row("2 * -3", "(* 2 (- 3))");
    row("high.dead-low.dead", "(- high.dead low.dead)");
    row("a.dead@100 / a.layer1_dead@0", "(/ a.dead@100 a.layer1_dead@0)");
    row("max(1, a.dead, differences(a, b))", "(max 1 a.dead (differences a b))");
    row(" abs ( a.train_loss ) ", "(abs a.train_loss)");
}

void ExpressionTest::trees() {
    QFETCH(QString, text);
    QFETCH(QString, tree);
    const auto parsed = parseExpression(text.toStdString());
    QVERIFY2(parsed, parsed ? "" : parsed.error().english().c_str());
    QCOMPARE(QString::fromStdString(shown(parsed.value())), tree);
}

void ExpressionTest::numbers() {
    for (const auto& [text, value] : {std::pair{"0.25", 0.25}, {"1e-4", 1e-4}, {".5", 0.5}, {"2E+3", 2000.0}}) {
        const auto parsed = parseExpression(text);
        QVERIFY2(parsed, text);
        QCOMPARE(parsed.value().number, value);
    }
    // The sign belongs to the sum, not to a number without an e.
    QCOMPARE(parseExpression("1-2").value().name, std::string("-"));
}

void ExpressionTest::errors_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("part");
    const auto row = [](const char* text, int column, const char* part) {
        QTest::newRow(*text == '\0' ? "empty" : text) << text << column << part;
    };
    row("", 1, "missing");
    row("1 +", 4, "missing");
    row("(1 + 2", 7, "closing");
    row("1 2", 3, "operator");
    row("a.dead b.dead", 8, "operator");
    row("1 + ?", 5, "\"?\"");
    row("a.dead − b.dead", 8, "\"−\""); // a typographic minus, whole
    row("a.", 3, "a.");
    row("a.dead@", 8, "@100");
    row("a.dead@1e3", 8, "1e3");
    row("1.2.3", 1, "1.2.3");
    row("max(1, 2", 9, "closing");
    row("max(1, )", 8, "\")\"");
    QTest::newRow("deep") << QString(5000, QLatin1Char('(')) << 101 << "too many";
}

void ExpressionTest::errors() {
    QFETCH(QString, text);
    QFETCH(int, column);
    QFETCH(QString, part);
    const auto parsed = parseExpression(text.toStdString());
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().where, "column " + std::to_string(column));
    QVERIFY2(parsed.error().english().find(part.toStdString()) != std::string::npos, parsed.error().english().c_str());
}

QTEST_GUILESS_MAIN(ExpressionTest)
#include "expression_test.moc"
