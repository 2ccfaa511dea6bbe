#include "ui/solid/solid_canvas.h"

#include <QPushButton>
#include <QTest>
#include <QWheelEvent>

#include <cmath>

using namespace flatline;

namespace {

SolidScene makeScene(double hill, std::uint64_t run = 1) {
    auto surface = std::make_shared<Surface>();
    surface->side = 41;
    surface->run = run;
    for (int row = 0; row < 41; ++row)
        for (int column = 0; column < 41; ++column)
            surface->loss.push_back(0.2 + hill * std::exp(-4.0 * std::pow(surface->coordinate(column), 2)) +
                                    0.1 * surface->coordinate(row));
    SolidScene scene;
    scene.colours = scaleFor(*surface);
    scene.heights = heightFor(*surface, false);
    scene.surface = surface;
    return scene;
}

bool isFine(const SolidCanvas& canvas) {
    return canvas.picture() && canvas.picture()->scene.detail == SolidDetail::Fine &&
           canvas.picture()->scene.camera == canvas.camera();
}

} // namespace

class SolidCanvasTest : public QObject {
    Q_OBJECT
private slots:
    void init() {
        m_canvas = std::make_unique<SolidCanvas>();
        m_canvas->resize(500, 320);
        m_canvas->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_canvas.get()));
    }
    void cleanup() { m_canvas.reset(); }

    // Breaks where switching to the solid shows nothing at first, or leaves it coarse at rest.
    void itIsThereAtOnceAndThenFine() {
        const QImage empty = m_canvas->grab().toImage();
        m_canvas->setScene(makeScene(1.0), false);
        QVERIFY(m_canvas->grab().toImage() != empty);
        QTRY_VERIFY_WITH_TIMEOUT(isFine(*m_canvas), 5000);
        QCOMPARE(m_canvas->picture()->scene.size, QSizeF(m_canvas->size()));
    }

    // Breaks where dragging does not turn it, turns the wrong way, or goes below the floor; and where the mouse's other
    // uses are taken away.
    void draggingTurns() {
        m_canvas->setScene(makeScene(1.0), false);
        const Camera before = m_canvas->camera();
        QTest::mouseMove(m_canvas.get(), {300, 200});
        QCOMPARE(m_canvas->camera(), before);
        drag({200, 150}, {260, 170});
        QVERIFY(m_canvas->camera().azimuth > before.azimuth);
        QVERIFY(m_canvas->camera().elevation > before.elevation);
        QCOMPARE(m_canvas->camera().zoom, before.zoom);
        drag({200, 310}, {200, 5});
        drag({200, 310}, {200, 5});
        QCOMPARE(m_canvas->camera().elevation, Camera::lowest);
        QTRY_VERIFY_WITH_TIMEOUT(isFine(*m_canvas), 5000);
    }

    // Breaks where the wheel does not zoom.
    void theWheelZooms() {
        m_canvas->setScene(makeScene(1.0), false);
        QWheelEvent wheel({100, 100}, m_canvas->mapToGlobal(QPointF(100, 100)), {}, {0, 240}, Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(m_canvas.get(), &wheel);
        QVERIFY(wheel.isAccepted());
        QVERIFY(m_canvas->camera().zoom > 1.2);
    }

    // Breaks where a key does not do what the help says, or the canvas swallows the run's keys.
    void keysTurnAndZoom() {
        m_canvas->setScene(makeScene(1.0), false);
        const Camera first = m_canvas->camera();
        const auto after = [&](int key, Qt::KeyboardModifiers with = Qt::NoModifier) {
            m_canvas->resetView();
            QTest::keyClick(m_canvas.get(), static_cast<Qt::Key>(key), with);
            return m_canvas->camera();
        };
        QVERIFY(after(Qt::Key_Right).azimuth > first.azimuth);
        QVERIFY(after(Qt::Key_Left).azimuth < first.azimuth);
        QVERIFY(after(Qt::Key_Up).elevation > first.elevation);
        QVERIFY(after(Qt::Key_Down).elevation < first.elevation);
        QVERIFY(after(Qt::Key_Plus).zoom > 1.0);
        QVERIFY(after(Qt::Key_Plus, Qt::ShiftModifier).zoom > 1.0);
        QVERIFY(after(Qt::Key_Minus).zoom < 1.0);
        QCOMPARE(after(Qt::Key_Right, Qt::ShiftModifier), first); // an epoch
        QCOMPARE(after(Qt::Key_K), first);
        QTest::keyClick(m_canvas.get(), Qt::Key_Left);
        QTest::keyClick(m_canvas.get(), Qt::Key_0);
        QCOMPARE(m_canvas->camera(), first);
    }

    // Breaks where the button is not there when it is needed, or does nothing.
    void theButtonResets() {
        m_canvas->setScene(makeScene(1.0), false);
        auto* button = m_canvas->findChild<QPushButton*>();
        QVERIFY(!button->isVisible()); // a small picture at its first view needs none
        QTest::keyClick(m_canvas.get(), Qt::Key_Left);
        QVERIFY(button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(m_canvas->camera(), Camera());
        m_canvas->resize(900, 600);
        QTRY_VERIFY(button->isVisible());
        QVERIFY(!button->text().isEmpty());
        QVERIFY(m_canvas->rect().contains(button->geometry()));
    }

    // Breaks where a new surface turns the solid back, or is not shown; where a new run shows the old run's solid.
    void theCameraStays() {
        m_canvas->setScene(makeScene(1.0), false);
        QTest::keyClick(m_canvas.get(), Qt::Key_Left);
        const Camera turned = m_canvas->camera();
        const SolidScene next = makeScene(-0.1);
        m_canvas->setScene(next, true);
        QCOMPARE(m_canvas->camera(), turned);
        QTRY_VERIFY_WITH_TIMEOUT(m_canvas->picture() && m_canvas->picture()->scene.surface == next.surface, 5000);
        m_canvas->setScene({}, false);
        QVERIFY(!m_canvas->picture());
        QVERIFY(!m_canvas->grab().isNull());
        m_canvas->setScene(makeScene(1.0, 2), true);
        m_canvas->grab();
        QCOMPARE(m_canvas->picture()->scene.surface->run, std::uint64_t{2});
    }

    // Breaks where a running training gets fine pictures, which cost it time.
    void runningPicturesAreLively() {
        m_canvas->setScene(makeScene(1.0), true);
        QTRY_VERIFY_WITH_TIMEOUT(m_canvas->picture() && m_canvas->picture()->scene.detail == SolidDetail::Lively, 5000);
    }

private:
    void drag(QPoint from, QPoint to) {
        QTest::mousePress(m_canvas.get(), Qt::LeftButton, {}, from);
        QMouseEvent move(QEvent::MouseMove, to, m_canvas->mapToGlobal(to), Qt::NoButton, Qt::LeftButton,
                         Qt::NoModifier);
        QCoreApplication::sendEvent(m_canvas.get(), &move);
        QTest::mouseRelease(m_canvas.get(), Qt::LeftButton, {}, to);
    }

    std::unique_ptr<SolidCanvas> m_canvas;
};

QTEST_MAIN(SolidCanvasTest)
#include "solid_canvas_test.moc"
