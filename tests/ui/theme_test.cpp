#include "core/base/result.h"
#include "ui/theme/enlarged.h"
#include "ui/theme/style_sheet.h"
#include "ui/theme/tabular.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QDoubleSpinBox>
#include <QFocusFrame>
#include <QLineEdit>
#include <QPainter>
#include <QTest>

#include <cmath>
#include <limits>
#include <set>

using namespace flatline;

class ThemeTest : public QObject {
    Q_OBJECT

private slots:
    void cleanup() { applyTheme(*qApp, Appearance::Light); }
    void appearanceReachesWidgets();
    void textIsReadableOnEveryGround_data();
    void textIsReadableOnEveryGround();
    void classColoursDiffer();
    void numbersAreShort_data();
    void numbersAreShort();
    void longCountsAreShort();
    void whatIsDisabledKeepsItsAppearance();
    void sharesNeverClaimNoneOrAll();
    void messagesFillTheirPlaces();
    void viridisRisesInLightness();
    void iconsFollowTheColour();
    void iconsAreSharpAtTwice();
    void hatchGoesOnFromTileToTile();
    void tabularDigitsAreEquallyWide();
    void numberLabelNeverShrinks();
    void focusHasARing();
    void narrowNumberFieldShowsItsNumber();
    void typeGrowsAndComesBack();
    void fixedSizesGrowAndComeBack();
};

void ThemeTest::appearanceReachesWidgets() {
    QWidget widget;
    QWidget unseen;
    widget.show();
    applyTheme(*qApp, Appearance::Dark);
    QVERIFY(themeOf(&widget).dark);
    QVERIFY(themeOf(&unseen).dark);
    QCOMPARE(widget.palette().color(QPalette::Window), themeFor(true).background);
    applyTheme(*qApp, Appearance::Light);
    QVERIFY(!themeOf(&widget).dark);
    applyTheme(*qApp, Appearance::System); // the offscreen platform's palette is light
    QVERIFY(!themeOf(&widget).dark);
}

namespace {

/// WCAG's relative luminance and contrast.
double luminance(const QColor& color) {
    const auto linear = [](double part) {
        return part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor& a, const QColor& b) {
    const double one = luminance(a) + 0.05;
    const double two = luminance(b) + 0.05;
    return std::max(one, two) / std::min(one, two);
}

int inkedPixels(const QImage& image, const QColor& color) {
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            count += image.pixelColor(x, y) == color ? 1 : 0;
    }
    return count;
}

} // namespace

void ThemeTest::textIsReadableOnEveryGround_data() {
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void ThemeTest::textIsReadableOnEveryGround() {
    QFETCH(bool, dark);
    const Theme& theme = themeFor(dark);
    for (const QColor& ground : {theme.background, theme.panel, theme.surface}) {
        for (const QColor& ink :
             {theme.text, theme.muted, theme.test, theme.accent, theme.alive, theme.atRisk, theme.comatose, theme.dead,
              theme.revived, theme.kick, theme.runB, theme.runC, theme.runD})
            QVERIFY2(contrast(ink, ground) >= 4.5, qPrintable(ink.name() + " on " + ground.name()));
        QVERIFY(contrast(theme.line, ground) >= 3.0);
    }
    QVERIFY(contrast(theme.onAccent, theme.accent) >= 4.5);
    QVERIFY(contrast(theme.onKick, theme.kick) >= 4.5);
}

void ThemeTest::classColoursDiffer() {
    for (const bool dark : {false, true}) {
        std::set<QRgb> colors;
        for (int number = 0; number < 12; ++number)
            colors.insert(themeFor(dark).classColor(number).rgb());
        QCOMPARE(colors.size(), std::size_t{12});
        QCOMPARE(themeFor(dark).classColor(1), themeFor(dark).class1);
    }
}

void ThemeTest::numbersAreShort_data() {
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("text");
    QTest::newRow("zero") << 0.0 << "0";
    QTest::newRow("three digits") << 0.044321 << "0.0443";
    QTest::newRow("no zeros at the end") << 0.5 << "0.5";
    QTest::newRow("rounds up to the next power") << 0.99961 << "1";
    QTest::newRow("whole") << 900.0 << "900";
    QTest::newRow("more than three digits before the point") << 12345.0 << QLocale().toString(12300);
    QTest::newRow("true minus") << -1.25 << QStringLiteral("−1.25");
    QTest::newRow("tiny") << 1.25e-7 << QStringLiteral("1.25e−7");
    QTest::newRow("huge") << 2e30 << "2e30";
    QTest::newRow("infinite") << -std::numeric_limits<double>::infinity() << QStringLiteral("−∞");
    QTest::newRow("nan") << std::nan("") << "not a number";
}

void ThemeTest::numbersAreShort() {
    QFETCH(double, value);
    QFETCH(QString, text);
    QCOMPARE(numberText(value), text);
}

void ThemeTest::longCountsAreShort() {
    const QLocale before;
    QLocale::setDefault(QLocale::c());
    QCOMPARE(shortCountText(999999), countText(999999));
    QCOMPARE(shortCountText(1000000), QStringLiteral("1.00 M"));
    QCOMPARE(shortCountText(3089708), QStringLiteral("3.09 M"));
    QCOMPARE(shortCountText(12345678), QStringLiteral("12.3 M"));
    QCOMPARE(shortCountText(999'600'000), QStringLiteral("1.00 G"));
    QCOMPARE(shortCountText(12345, 9999), QStringLiteral("12.3 k"));
    QCOMPARE(shortCountText(999'900, 9999), QStringLiteral("1.00 M"));
    QLocale::setDefault(before);
}

void ThemeTest::whatIsDisabledKeepsItsAppearance() {
    QWidget widget; // a disabled widget's words are pale, and pale words are the sign of the dark appearance
    widget.setEnabled(false);
    applyTheme(*qApp, Appearance::Light);
    QVERIFY(!themeOf(&widget).dark);
    applyTheme(*qApp, Appearance::Dark);
    QVERIFY(themeOf(&widget).dark);
}

void ThemeTest::sharesNeverClaimNoneOrAll() {
    QCOMPARE(percentText(0.35), QStringLiteral("35 %"));
    QCOMPARE(percentText(0.0), QStringLiteral("0 %"));
    QCOMPARE(percentText(0.0001), QStringLiteral("< 1 %"));
    QCOMPARE(percentText(0.9999), QStringLiteral("> 99 %"));
    QCOMPARE(percentText(1.0), QStringLiteral("100 %"));
}

void ThemeTest::messagesFillTheirPlaces() {
    QCOMPARE(coreText(Message{"%2 before %1", {"a %2", "b"}}), QStringLiteral("b before a %2"));
}

void ThemeTest::viridisRisesInLightness() {
    QCOMPARE(viridis(0.0), qRgb(0x44, 0x01, 0x54));
    QCOMPARE(viridis(1.0), qRgb(0xFD, 0xE7, 0x25));
    QCOMPARE(viridis(-3.0), viridis(0.0));
    QCOMPARE(viridis(std::nan("")), viridis(0.0));
    const QColor middle(viridis(0.5)); // 0.127568 0.566949 0.550556 in the published table
    QVERIFY(std::abs(middle.red() - 33) <= 2 && std::abs(middle.green() - 145) <= 2 &&
            std::abs(middle.blue() - 140) <= 2);
    for (int i = 1; i <= 100; ++i)
        QVERIFY(luminance(QColor(viridis(i / 100.0))) > luminance(QColor(viridis((i - 1) / 100.0))));
}

void ThemeTest::iconsFollowTheColour() {
    const QColor red(200, 0, 0);
    QVERIFY(inkedPixels(icon("dead", red).pixmap(16, 16).toImage(), red) > 10);
    applyTheme(*qApp, Appearance::Dark);
    const QIcon plain = icon("dead");
    QVERIFY(inkedPixels(plain.pixmap(16, 16).toImage(), themeFor(true).text) > 10);
    applyTheme(*qApp, Appearance::Light);
    QVERIFY(inkedPixels(plain.pixmap(16, 16).toImage(), themeFor(false).text) > 10);
}

void ThemeTest::iconsAreSharpAtTwice() {
    const QPixmap pixmap = icon("step", Qt::black).pixmap(QSize(16, 16), 2.0);
    QCOMPARE(pixmap.size(), QSize(32, 32));
    QCOMPARE(pixmap.devicePixelRatio(), 2.0);
    // Drawn at that size, not scaled up: neighbouring pixels differ somewhere within a pair.
    const QImage image = pixmap.toImage();
    int edges = 0;
    for (int y = 0; y < 32; ++y) {
        for (int x = 0; x < 32; x += 2)
            edges += image.pixel(x, y) != image.pixel(x + 1, y) ? 1 : 0;
    }
    QVERIFY(edges > 10);
}

void ThemeTest::hatchGoesOnFromTileToTile() {
    for (const qreal ratio : {1.0, 2.0}) {
        QImage image(80, 80, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::white);
        image.setDevicePixelRatio(ratio);
        QPainter painter(&image);
        painter.fillRect(QRectF(0, 0, 80, 80), hatchBrush(Qt::black, ratio));
        painter.end();
        // Along a stroke (up and to the right) nothing changes, along a row ink and ground alternate.
        for (int i = 0; i < 30; ++i)
            QCOMPARE(image.pixel(20 + i, 60 - i), image.pixel(21 + i, 59 - i));
        int dark = 0;
        for (int x = 0; x < 80; ++x)
            dark += qGray(image.pixel(x, 40)) < 128 ? 1 : 0;
        QVERIFY(dark >= 8 && dark <= 40);
    }
}

void ThemeTest::tabularDigitsAreEquallyWide() {
    const QFontMetricsF metrics(fontFor(TextRole::Vitals));
    QCOMPARE(tabularWidth(metrics, "1111"), tabularWidth(metrics, "0000"));
    QVERIFY(tabularWidth(metrics, "0.1") < tabularWidth(metrics, "0.11"));
}

void ThemeTest::numberLabelNeverShrinks() {
    NumberLabel label("0.00");
    const int reserved = label.sizeHint().width();
    label.setText("1");
    QCOMPARE(label.sizeHint().width(), reserved);
    label.setText("123456789");
    const int wide = label.sizeHint().width();
    QVERIFY(wide > reserved);
    label.setText("1");
    QCOMPARE(label.sizeHint().width(), wide);
}

void ThemeTest::focusHasARing() {
    QWidget window;
    auto* field = new QLineEdit(&window);
    field->setGeometry(20, 20, 80, 24);
    window.resize(160, 80);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    field->setFocus();
    const auto ringed = [&] { return inkedPixels(window.grab().toImage(), themeFor(false).accent); };
    QTRY_VERIFY(ringed() > 150);
    field->clearFocus();
    QTRY_VERIFY(ringed() < 20);
}

void ThemeTest::narrowNumberFieldShowsItsNumber() {
    QDoubleSpinBox box;
    box.setValue(0.5);
    box.resize(54, 24);
    box.show();
    QVERIFY(box.findChild<QLineEdit*>()->width() >= box.fontMetrics().horizontalAdvance("0.50") + 4);
}

void ThemeTest::typeGrowsAndComesBack() {
    const QString sheet = styleSheetFor(themeFor(false));
    const QFont body = fontFor(TextRole::Body);
    QLineEdit field;
    field.show();
    const int tall = field.sizeHint().height();
    setTypeScale(*qApp, 1.5);
    QCOMPARE(fontFor(TextRole::Body).pointSizeF(), 1.5 * body.pointSizeF());
    QCOMPARE(scaled(24), 36);
    QVERIFY(field.sizeHint().height() > tall * 4 / 3);
    const QString larger = qApp->styleSheet();
    QVERIFY(larger.contains("border: 1px solid") && larger.contains("min-height: 33px"));
    applyTheme(*qApp, Appearance::Light); // an appearance keeps the scale
    QCOMPARE(qApp->styleSheet(), larger);
    setTypeScale(*qApp, 1.0);
    QCOMPARE(qApp->styleSheet(), sheet);
    QCOMPARE(fontFor(TextRole::Body), body);
    QCOMPARE(field.sizeHint().height(), tall);
}

void ThemeTest::fixedSizesGrowAndComeBack() {
    QWidget root;
    root.setFixedWidth(100);
    auto* fixed = new QWidget(&root);
    fixed->setFixedSize(20, 10);
    auto* free = new QWidget(&root);
    free->setFixedHeight(8);
    {
        const Enlarged larger(root, 1.5);
        QCOMPARE(fixed->maximumSize(), QSize(30, 15));
        QCOMPARE(free->minimumHeight(), 12);
        QCOMPARE(free->maximumWidth(), QWIDGETSIZE_MAX);
        QCOMPARE(root.maximumWidth(), 100);
        free->setFixedHeight(50); // by itself, meanwhile
    }
    QCOMPARE(fixed->maximumSize(), QSize(20, 10));
    QCOMPARE(free->maximumHeight(), 50);
}

QTEST_MAIN(ThemeTest)
#include "theme_test.moc"
