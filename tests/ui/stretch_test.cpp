#include "ui/fields/stretch.h"

#include <QTest>

#include <cmath>

using namespace flatline;

class StretchTest : public QObject {
    Q_OBJECT

private slots:
    // Breaks where a pixel gets the value of another place, with many pixels to a sample and with many samples to one.
    void pixelsLieOnTheLineBetweenSamples_data();
    void pixelsLieOnTheLineBetweenSamples();
    void whatIsNoNumberStaysBesideItself();
};

void StretchTest::pixelsLieOnTheLineBetweenSamples_data() {
    QTest::addColumn<int>("pixels");
    QTest::addColumn<int>("samples");
    QTest::newRow("many pixels") << 349 << 51;
    QTest::newRow("many samples") << 20 << 101;
    QTest::newRow("two samples") << 7 << 2;
    QTest::newRow("one pixel") << 1 << 5;
}

void StretchTest::pixelsLieOnTheLineBetweenSamples() {
    QFETCH(int, pixels);
    QFETCH(int, samples);
    std::vector<float> row;
    for (int k = 0; k < samples; ++k)
        row.push_back(static_cast<float>(3.0 * k - 1.0));
    std::vector<float> drawn(static_cast<std::size_t>(pixels));
    const Stretch stretch(pixels, samples);
    stretch.draw(row, drawn);
    for (int k = 0; k < pixels; ++k) {
        const double at = (k + 0.5) / pixels * (samples - 1);
        QVERIFY(std::abs(static_cast<double>(drawn[static_cast<std::size_t>(k)]) - (3.0 * at - 1.0)) < 1e-3);
        const auto [index, share] = stretch.at(k);
        QVERIFY(index >= 0 && index <= samples - 2);
        QVERIFY(std::abs(index + static_cast<double>(share) - at) < 1e-4);
    }
}

void StretchTest::whatIsNoNumberStaysBesideItself() {
    std::vector<float> drawn(40);
    Stretch(40, 5).draw(std::vector{0.0F, 1.0F, NAN, 3.0F, 4.0F}, drawn);
    for (std::size_t k = 0; k < drawn.size(); ++k)
        QCOMPARE(std::isnan(drawn[k]), k >= 10 && k < 30);
}

QTEST_MAIN(StretchTest)
#include "stretch_test.moc"
