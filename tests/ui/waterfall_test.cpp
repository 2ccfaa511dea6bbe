#include "neuron_run.h"
#include "ui/fields/waterfall.h"

#include <QApplication>
#include <QImage>
#include <QPainter>
#include <QTest>

#include <cmath>
#include <limits>

using namespace flatline;

namespace {

constexpr QRectF box(0, 0, 470, 200);

Waterfall death() {
    return {sumRows({test::deathCertificate(), false}, true), true};
}

QImage painted(const Waterfall& waterfall, const Theme& theme) {
    QImage image(box.size().toSize(), QImage::Format_RGB32);
    image.fill(theme.surface);
    QPainter painter(&image);
    paintWaterfall(painter, waterfall, box, theme);
    return image;
}

} // namespace

class WaterfallTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where a bar does not begin where the one above ended, or totals do not begin at one and the same zero.
    void barsHangTogether() {
        const Waterfall waterfall = death();
        const auto bar = [&](std::size_t row) { return waterfallBar(waterfall, box, row); };
        QVERIFY(std::abs(bar(1).right() - bar(0).right()) < 1e-9); // the loss begins at the end of the margin before
        QVERIFY(std::abs(bar(2).right() - bar(1).left()) < 1e-9);
        QVERIFY(std::abs(bar(4).right() - bar(0).left()) < 1e-9); // zero
        const double scale = bar(0).width() / 1.10;
        QVERIFY(std::abs(bar(2).width() / 1.55 - scale) < 1e-9);
        QVERIFY(bar(3).width() >= 1.0); // −0.0007 is still seen
        for (std::size_t i = 0; i < 5; ++i)
            QVERIFY(box.contains(bar(i)));
        QVERIFY(waterfallHeight(waterfall) <= box.height());
    }

    // Breaks where loss and gain, or before and after, cannot be told apart.
    void signsHaveTheirColours() {
        const Theme& theme = themeFor(false);
        const Waterfall waterfall = death();
        const QImage image = painted(waterfall, theme);
        const auto at = [&](std::size_t row) {
            return image.pixelColor(waterfallBar(waterfall, box, row).center().toPoint());
        };
        QCOMPARE(at(0), theme.alive);
        QCOMPARE(at(1), theme.dead);
        QCOMPARE(at(2), theme.dead);
        const QRectF after = waterfallBar(waterfall, box, 4);
        int hatch = 0;
        int ground = 0;
        for (int x = static_cast<int>(after.left()) + 3; x < static_cast<int>(after.right()) - 3; ++x) {
            const QColor pixel = image.pixelColor(x, static_cast<int>(after.center().y()));
            hatch += pixel != theme.surface ? 1 : 0;
            ground += pixel == theme.surface ? 1 : 0;
        }
        QVERIFY(hatch > 3 && ground > 3);
    }

    // Breaks where odd numbers (nothing but zeros, giants, what is no number) do not paint.
    void oddNumbersPaint() {
        for (const double odd :
             {0.0, 1e30, -1e-30, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
            const Waterfall waterfall{{{"before", "step 1", 0.0, odd, true}, {"term", {}, odd, -odd, false}}, false};
            QVERIFY(!painted(waterfall, themeFor(true)).isNull());
        }
        QCOMPARE(waterfallHeight({}), 0.0);
        QVERIFY(!painted({}, themeFor(false)).isNull());
    }
};

QTEST_MAIN(WaterfallTest)
#include "waterfall_test.moc"
