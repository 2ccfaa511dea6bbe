#include "ui/lessons/lesson_pane.h"
#include "ui/presenter/presenter.h"
#include "ui/presenter/presenter_bars.h"
#include "ui/presenter/presenter_vitals.h"
#include "ui/widgets/action_button.h"
#include "ui/window/lesson_actions.h"
#include "ui/window/status_strip.h"
#include "ui/window/transport_bar.h"
#include "ui/window/view_grid.h"
#include "window_bench.h"

#include <QMenuBar>

using namespace flatline;

namespace {

const QByteArray text = R"(---
title: Two pages
chapter: Death
minutes: 3
goal: To turn pages.
---

# First

Text.

```lab
experiment: small
views: loss, dead, network
controls: training.learning_rate
```

```question
How many?
- None
* All
```

```do
button: Ten steps
deed: run for 10
```

## All

So it is.

# Second

More text.

```lab
views: landscape, network
point: view network
```
)";

} // namespace

/// The window for a whole room: what stays, what goes, the keys of a remote, and that all of it comes back.
class PresenterTest : public QObject {
    Q_OBJECT
private slots:
    void init() {
        m_bench.files.lessons = {{"two", text.toStdString()}};
        QVERIFY(m_bench.open());
    }
    void cleanup() { setTypeScale(*qApp, 1.0); }

    void theMostImportantStays_data() {
        QTest::addColumn<QSize>("size");
        QTest::newRow("1024 x 768") << QSize(1024, 768);
        QTest::newRow("1280 x 800") << QSize(1280, 800);
    }
    void theMostImportantStays() {
        QFETCH(QSize, size);
        m_bench.window->resize(size);
        QVERIFY(m_bench.window->lessons().openLesson("two"));
        const double before = fontFor(TextRole::Body).pointSizeF();
        press(Qt::Key_F8);
        QVERIFY(presenter().presenting());
        QCOMPARE(fontFor(TextRole::Body).pointSizeF(), 1.5 * before);
        for (const QWidget* gone : std::initializer_list<const QWidget*>{
                 m_bench.window->menuBar(), m_bench.part<TransportBar>(), m_bench.part<StatusStrip>()})
            QVERIFY(!gone->isVisible());
        QTRY_COMPARE(m_bench.window->size(), size); // it still fits
        const auto* pane = m_bench.part<LessonPane>();
        QTRY_COMPARE(pane->width(), static_cast<int>(size.width() * 0.37));
        QCOMPARE(m_bench.window->views().shownIds(), (QStringList{"loss", "network"}));
        QVERIFY(m_bench.window->views().width() > size.width() / 2);
        for (const QWidget* part : std::initializer_list<const QWidget*>{
                 m_bench.part<PresenterHead>(), m_bench.part<PresenterFoot>(), m_bench.part<PresenterVitals>()})
            QTRY_VERIFY(part->isVisible() && m_bench.window->rect().contains(part->geometry()));
    }

    void theDeedIsLockedUntilSomethingIsPredicted() {
        QVERIFY(m_bench.window->lessons().openLesson("two"));
        presenter().present(true);
        LessonPlayer& player = m_bench.window->lessons().player();
        QTRY_VERIFY_WITH_TIMEOUT(!player.settingUp(), 10000);
        const ActionButton* deed = nullptr;
        for (const auto* button : m_bench.part<PresenterFoot>()->findChildren<ActionButton*>())
            if (button->text() == QStringLiteral("Ten steps"))
                deed = button;
        QVERIFY(deed != nullptr && deed->isVisible() && !deed->isEnabled());
        player.choose(0);
        player.lockIn();
        QTRY_VERIFY(deed->isEnabled());
    }

    void aRemoteTurnsThePages() {
        QVERIFY(m_bench.window->lessons().openLesson("two"));
        presenter().present(true);
        const LessonPlayer& player = m_bench.window->lessons().player();
        press(Qt::Key_PageDown);
        QTRY_COMPARE(player.page(), std::size_t{1});
        QCOMPARE(m_bench.window->views().expanded(), ViewGrid::rowOf("network")); // it fills the slide
        press(Qt::Key_PageUp);
        QTRY_COMPARE(player.page(), std::size_t{0});
    }

    void escapeBringsEverythingBack() {
        const QStringList own = m_bench.window->views().shownIds();
        const int pane = LessonPane::usualWidth;
        const QFont body = fontFor(TextRole::Body);
        QVERIFY(m_bench.window->lessons().openLesson("two"));
        presenter().present(true);
        press(Qt::Key_Escape);
        QVERIFY(!presenter().presenting());
        QCOMPARE(fontFor(TextRole::Body), body);
        QVERIFY(m_bench.window->menuBar()->isVisible() && m_bench.part<TransportBar>()->isVisible());
        QVERIFY(!m_bench.part<PresenterHead>()->isVisible());
        QTRY_COMPARE(m_bench.part<LessonPane>()->width(), pane);
        QCOMPARE(m_bench.window->views().shownIds(), (QStringList{"loss", "dead", "network"})); // the page's
        QVERIFY(m_bench.window->lessons().player().isOpen());
        m_bench.window->lessons().close();
        QCOMPARE(m_bench.window->views().shownIds(), own);
    }

    void withoutALessonTheLabIsEnlarged() {
        const QStringList own = m_bench.window->views().shownIds();
        presenter().present(true);
        QCOMPARE(m_bench.window->views().shownIds(), own.mid(0, 2) << QStringLiteral("network"));
        QVERIFY(m_bench.part<PresenterVitals>()->isVisible());
        QVERIFY(!m_bench.part<LessonPane>()->isVisible());
        QTRY_VERIFY(m_bench.window->views().width() > 1200);
        presenter().present(false);
        QCOMPARE(m_bench.window->views().shownIds(), own);
    }

    void oneViewAndTheNeuronsAreShown() {
        LessonPage page;
        const auto views = [&page](std::initializer_list<const char*> names, const char* pointed) {
            page.stage.views.clear();
            for (const char* name : names)
                page.stage.views.push_back({name, 1});
            page.stage.point.reset();
            if (pointed != nullptr)
                page.stage.point = Pointer{Pointer::Kind::View, {pointed, 1}};
            return Presenter::viewsFor({page}, 0);
        };
        QCOMPARE(views({"loss", "dead", "network"}, nullptr), (QStringList{"loss", "network"}));
        QCOMPARE(views({"loss", "dead", "network"}, "dead"), (QStringList{"dead", "network"}));
        QCOMPARE(views({"loss", "network"}, "network"), (QStringList{"network"}));
        QCOMPARE(views({"landscape"}, nullptr), (QStringList{"landscape"}));
        QVERIFY(views({}, nullptr).isEmpty());
    }

private:
    Presenter& presenter() { return *m_bench.part<Presenter>(); }
    void press(Qt::Key key) { QTest::keyClick(m_bench.window.get(), key); }

    WindowBench m_bench;
};

QTEST_MAIN(PresenterTest)
#include "presenter_test.moc"
