#include "ui/charts/plot_points.h"
#include "ui/charts/plot_series.h"
#include "ui/theme/theme.h"

#include <QImage>
#include <QTest>

#include <cmath>

using namespace flatline;

/// What a plot of 200 x 160 pixels draws itself; its axes go from 0 to 100, y upwards.
class PlotSeriesTest : public QObject {
    Q_OBJECT

private slots:
    void init() { m_content = {}; }
    // Breaks where the pixels of a band are not those of its outline.
    void aBandIsItsOutlinesInside();
    // Breaks where the dashes, painted one by one, are not where Qt's own pen puts them.
    void dashesStandWhereThePenPutsThem_data();
    void dashesStandWhereThePenPutsThem();
    // Breaks where a curve of many points comes out paler than one of two.
    void closePointsAreAsStrongAsTheirLine();
    // Breaks where a value far outside takes for ever, or bends what is in sight.
    void farValuesLeaveTheEdgeAlone();
    // Breaks where Qt Charts would paint a curve over a dashed one that lies above it.
    void theUpperCurvesAreQtCharts();
    void barsFillTheirShareOfTheAxis();

private:
    [[nodiscard]] PlotScene scene(double ratio = 1.0) const {
        const QRectF whole(0, 0, 200, 160);
        return {m_content, themeFor(false), whole, whole, {0, 100}, {0, 100}, ratio};
    }
    template <class Paint>
    [[nodiscard]] static QImage picture(Paint paint, double ratio = 1.0) {
        QImage image(QSize(200, 160) * ratio, QImage::Format_RGB32);
        image.setDevicePixelRatio(ratio);
        image.fill(Qt::white);
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        paint(painter);
        return image;
    }
    /// How dark it is, all pixels together.
    [[nodiscard]] static double ink(const QImage& image) {
        double sum = 0.0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                sum += 255 - image.pixelColor(x, y).green();
        return sum;
    }
    /// The share of the ink that the other picture does not have in the same place.
    [[nodiscard]] static double apart(const QImage& a, const QImage& b) {
        double sum = 0.0;
        for (int y = 0; y < a.height(); ++y)
            for (int x = 0; x < a.width(); ++x)
                sum += std::abs(a.pixelColor(x, y).green() - b.pixelColor(x, y).green());
        return sum / std::max(1.0, ink(a));
    }
    [[nodiscard]] QPolygonF placed(QPolygonF line) const {
        for (QPointF& point : line)
            point = {scene().placeX(point.x()), scene().placeY(point.y())};
        return line;
    }
    [[nodiscard]] QImage lowerCurves() const {
        return picture([this](QPainter& painter) { paintLowerCurves(painter, scene()); });
    }

    PlotContent m_content;
};

void PlotSeriesTest::aBandIsItsOutlinesInside() {
    PlotCurve curve;
    for (int i = 0; i <= 60; ++i) {
        const double middle = 50.0 + 30.0 * std::sin(i / 5.0);
        curve.points.push_back({10.0 + i, middle - 3.0 - i % 7, middle + 2.0 + i % 11, middle});
    }
    for (const double ratio : {1.0, 2.0}) {
        const QImage band = picture([&](QPainter& painter) { paintBand(painter, scene(ratio), curve); }, ratio);
        const QImage outline = picture(
            [&](QPainter& painter) {
                QColor fill = themeFor(false).text;
                fill.setAlphaF(0.16F);
                painter.setRenderHint(QPainter::Antialiasing, false);
                painter.setPen(Qt::NoPen);
                painter.setBrush(fill);
                painter.drawPolygon(placed(bandOutline(curve, false)));
            },
            ratio);
        QVERIFY(ink(outline) > 1000.0);
        QVERIFY2(apart(outline, band) < 0.02, qPrintable(QString::number(apart(outline, band))));
    }
}

void PlotSeriesTest::dashesStandWhereThePenPutsThem_data() {
    QTest::addColumn<QPolygonF>("line");
    QTest::newRow("level") << QPolygonF{{0, 50}, {100, 50}};
    QTest::newRow("steep") << QPolygonF{{50, 10}, {51, 90}};
    QTest::newRow("corners") << QPolygonF{{0, 20}, {20, 80}, {37, 30}, {60, 35}, {100, 90}};
    QTest::newRow("begins outside") << QPolygonF{{0, 140}, {40, 120}, {100, 20}};
}

void PlotSeriesTest::dashesStandWhereThePenPutsThem() {
    QFETCH(QPolygonF, line);
    PlotCurve curve;
    for (const QPointF& point : line)
        curve.points.push_back({point.x(), point.y(), point.y(), point.y()});
    curve.pen = Qt::DashLine;
    m_content.curves.push_back(curve);
    const QImage whole = picture([&](QPainter& painter) {
        painter.setPen(curvePen(curve, themeFor(false)));
        painter.drawPolyline(placed(line));
    });
    QVERIFY(ink(whole) > 1000.0);
    QVERIFY2(apart(whole, lowerCurves()) < 0.1, qPrintable(QString::number(apart(whole, lowerCurves()))));
}

void PlotSeriesTest::closePointsAreAsStrongAsTheirLine() {
    PlotCurve two{.points = {{0, 20, 20, 20}, {100, 70, 70, 70}}};
    two.pen = Qt::DashLine;
    PlotCurve many = two;
    many.points.clear();
    for (int i = 0; i <= 2000; ++i)
        many.points.push_back({i / 20.0, 0.0, 0.0, 20.0 + i / 40.0});
    m_content.curves = {two};
    const QImage expected = lowerCurves();
    m_content.curves = {many};
    QVERIFY2(apart(expected, lowerCurves()) < 0.05, qPrintable(QString::number(apart(expected, lowerCurves()))));
}

void PlotSeriesTest::farValuesLeaveTheEdgeAlone() {
    PlotCurve curve{.points = {{0, 0, 0, 50}, {50, 0, 0, 50}, {51, 0, 0, 1e300}, {52, 0, 0, -1e300}, {53, 0, 0, 50}}};
    curve.pen = Qt::DashLine;
    m_content.curves = {curve};
    const QImage image = lowerCurves();
    QVERIFY(image.pixelColor(4, 80).green() < 200); // the first dash
    QCOMPARE(image.pixelColor(150, 40), QColor(Qt::white));
}

void PlotSeriesTest::theUpperCurvesAreQtCharts() {
    QCOMPARE(firstChartCurve(m_content), std::size_t{0});
    m_content.curves.resize(4);
    QCOMPARE(firstChartCurve(m_content), std::size_t{0});
    m_content.curves[1].pen = Qt::DashLine;
    QCOMPARE(firstChartCurve(m_content), std::size_t{2});
    m_content.curves[3].pen = Qt::DashLine;
    QCOMPARE(firstChartCurve(m_content), std::size_t{4});
}

void PlotSeriesTest::barsFillTheirShareOfTheAxis() {
    m_content.bars.heights = {50.0, 0.0, NAN, 400.0};
    m_content.bars.filled = {1, 1, 1, 0};
    const QImage image = picture([this](QPainter& painter) { paintBars(painter, scene()); });
    const QColor filled = themeFor(false).alive;
    QCOMPARE(image.pixelColor(25, 120), filled);
    QCOMPARE(image.pixelColor(25, 70), QColor(Qt::white)); // above it
    QCOMPARE(image.pixelColor(1, 120), QColor(Qt::white)); // between it and the axis
    QCOMPARE(image.pixelColor(75, 158), QColor(Qt::white));
    QCOMPARE(image.pixelColor(125, 158), QColor(Qt::white));
    QCOMPARE(image.pixelColor(175, 80), QColor(Qt::white)); // hollow
    QVERIFY(image.pixelColor(153, 10).green() < 250 || image.pixelColor(154, 10).green() < 250);
}

QTEST_MAIN(PlotSeriesTest)
#include "plot_series_test.moc"
