#include "real_run.h"
#include "sample_run.h"
#include "ui/fields/output_map.h"
#include "ui/theme/theme.h"
#include "ui/views/network_view.h"
#include "ui/views/output_view.h"
#include "ui/views/view_card.h"
#include "ui/views/view_title.h"
#include "ui/window/view_arrangement.h"
#include "ui/window/view_grid.h"

#include <QApplication>
#include <QMenu>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <set>
#include <vector>

using namespace flatline;

class ViewGridTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void placesFillTheAreaAndDoNotOverlap();
    void aViewStandsInOnePlace();
    void rememberedOrdersMayBeStrange();
    void theUsualFourStandFirst();
    void theCountShowsAndHides();
    void hiddenViewsAreNeitherMadeNorFed();
    // Breaks where several views are painted in one event, and the mouse has to wait.
    void whileItTrainsOneViewAnEvent();
    void aViewTakesAnothersPlace();
    void anyViewFillsTheGrid();
    void theArrangementIsRemembered();
    void aStillNeitherFollowsNorChangesIt();
    void theKeyboardGoesRound();
    void tabFollowsTheEye();
    void theTitleListsAllViews();
    void narrowCardsPutTheControlsBelow();
    void aSampleOfTheMapOpensItsOutput();

private:
    [[nodiscard]] QStringList shown() const;
    [[nodiscard]] ViewCard* card(const char* id) const { return m_grid->findChild<ViewCard*>(QLatin1String(id)); }
    void show(ViewGrid& grid) const;

    QTemporaryDir m_folder;
    std::unique_ptr<ViewGrid> m_grid;
};

void ViewGridTest::initTestCase() {
    QCoreApplication::setOrganizationName("flatline-test");
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
    applyTheme(*qApp, Appearance::Light);
}

void ViewGridTest::show(ViewGrid& grid) const {
    grid.resize(1016, 690);
    grid.show();
    grid.showFrame(test::frameOf(test::sampleRun()), 1000);
}

void ViewGridTest::init() {
    QSettings().clear();
    m_grid = std::make_unique<ViewGrid>();
    m_grid->restore();
    show(*m_grid);
}

/// The cards in sight, by their places: row after row.
QStringList ViewGridTest::shown() const {
    auto cards = m_grid->findChildren<ViewCard*>();
    cards.removeIf([](const ViewCard* one) { return !one->isVisible(); });
    std::sort(cards.begin(), cards.end(), [](const ViewCard* a, const ViewCard* b) {
        return std::pair(a->y(), a->x()) < std::pair(b->y(), b->x());
    });
    QStringList ids;
    for (const ViewCard* one : cards)
        ids << one->objectName();
    return ids;
}

void ViewGridTest::placesFillTheAreaAndDoNotOverlap() {
    constexpr int gap = 8;
    for (const QSize size : {QSize(1000, 480), QSize(616, 300), QSize(1011, 483)}) {
        const QRect area(QPoint(8, 8), size);
        for (int count = 1; count <= ViewArrangement::most; ++count) {
            const auto places = viewPlaces(count, area, gap);
            QCOMPARE(places.size(), static_cast<std::size_t>(count));
            QRect all;
            int covered = 0;
            for (const QRect& place : places) {
                all |= place;
                covered += (place.width() + gap) * (place.height() + gap);
                for (const QRect& other : places)
                    QVERIFY(&other == &place ||
                            !place.adjusted(-gap, -gap, gap, gap).adjusted(1, 1, -1, -1).intersects(other));
            }
            QCOMPARE(all, area);
            QCOMPARE(covered, (area.width() + gap) * (area.height() + gap));
        }
    }
}

void ViewGridTest::aViewStandsInOnePlace() {
    ViewArrangement views({"a", "b", "c", "d", "e"});
    QCOMPARE(views.count(), 4);
    views.choose(0, 4); // one that is not shown
    QCOMPARE(views.order(), (QStringList{"e", "b", "c", "d", "a"}));
    views.choose(1, 3); // one that is: they change places
    QCOMPARE(views.order(), (QStringList{"e", "d", "c", "b", "a"}));
    QVERIFY(!views.placeOf(0));
    QCOMPARE(*views.placeOf(1), std::size_t{3});
    views.setCount(9);
    QCOMPARE(views.count(), 5); // there are no more
    views.setCount(0);
    QCOMPARE(views.count(), 1);
}

void ViewGridTest::rememberedOrdersMayBeStrange() {
    ViewArrangement views({"a", "b", "c", "d"});
    views.setOrder({"d", "unknown", "d", "b"});
    QCOMPARE(views.order(), (QStringList{"d", "b", "a", "c"}));
    views.setOrder({});
    QCOMPARE(views.order(), (QStringList{"d", "b", "a", "c"}));
}

void ViewGridTest::theUsualFourStandFirst() {
    QCOMPARE(shown(), (QStringList{"landscape", "activations", "dead", "loss"}));
    QCOMPARE(m_grid->arrangement().count(), 4);
}

void ViewGridTest::theCountShowsAndHides() {
    for (const int count : {1, 2, 3, 4, 5, 6, 2}) {
        m_grid->setCount(count);
        const int there = std::min(count, static_cast<int>(viewTable().size()));
        QCOMPARE(shown().size(), there);
        for (const ViewCard* one : m_grid->findChildren<ViewCard*>())
            QVERIFY(!one->isVisible() || m_grid->rect().contains(one->geometry()));
        QVERIFY(m_grid->findChild<NetworkView*>()->isVisible());
    }
}

void ViewGridTest::hiddenViewsAreNeitherMadeNorFed() {
    QCOMPARE(m_grid->findChildren<ViewCard*>().size(), 4);
    m_grid->setCount(1);
    const QString before = card("loss")->view()->summary();
    auto later = test::sampleRun();
    auto curves = std::make_shared<Curves>(*later->curves);
    curves->trainLoss.back().value = 0.125;
    later->curves = curves;
    m_grid->showFrame(test::frameOf(later), 1100);
    QCOMPARE(card("loss")->view()->summary(), before);
    m_grid->setCount(4); // in sight again: it has the newest frame at once
    QVERIFY2(card("loss")->view()->summary().contains("0.125"), qPrintable(card("loss")->view()->summary()));
    QVERIFY(m_grid->shows("loss") && m_grid->shows("network") && !m_grid->shows("none"));
}

namespace {

/// Which views each update of the window has painted.
class PaintedViews : public QObject {
public:
    using QObject::QObject;
    std::vector<std::set<const View*>> updates;

    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::UpdateRequest)
            updates.emplace_back();
        if (event->type() == QEvent::Paint && !updates.empty())
            for (const QObject* at = watched; at != nullptr; at = at->parent())
                if (const auto* view = qobject_cast<const View*>(at))
                    updates.back().insert(view);
        return false;
    }
};

} // namespace

void ViewGridTest::whileItTrainsOneViewAnEvent() {
    m_grid->setCount(6);
    QVERIFY(QTest::qWaitForWindowExposed(m_grid.get()));
    QCoreApplication::processEvents();
    PaintedViews painted;
    qApp->installEventFilter(&painted);
    std::set<const View*> all;
    for (quint64 tick = 2000; tick < 2040; tick += 20) {
        auto later = test::sampleRun();
        later->state = RunState::Running;
        later->now.step += static_cast<std::int64_t>(tick);
        painted.updates.clear();
        m_grid->showFrame(test::frameOf(later), tick);
        all.clear();
        const auto seen = [&] {
            for (const auto& views : painted.updates)
                all.insert(views.begin(), views.end());
            return all.size();
        };
        QTRY_VERIFY(seen() >= 5); // of seven: what has nothing new is not painted
        for (const auto& views : painted.updates)
            QVERIFY(views.size() <= 1);
    }
}

void ViewGridTest::aViewTakesAnothersPlace() {
    QSignalSpy changes(m_grid.get(), &ViewGrid::shownChanged);
    m_grid->replace(0, 3);
    QCOMPARE(shown(), (QStringList{"loss", "activations", "dead", "landscape"}));
    QCOMPARE(changes.count(), 1);
    m_grid->setCount(2);
    m_grid->replace(1, 2); // what is there already, but out of sight
    QCOMPARE(shown(), (QStringList{"loss", "dead"}));
    QVERIFY(!m_grid->shows("landscape"));
}

void ViewGridTest::anyViewFillsTheGrid() {
    m_grid->setCount(1);
    for (int row = 0; row < static_cast<int>(ViewGrid::rows().size()); ++row) {
        m_grid->expand(row);
        const char* id = ViewGrid::rows()[static_cast<std::size_t>(row)]->id;
        QVERIFY2(m_grid->shows(id), id);
        int visible = 0;
        for (const View* view : m_grid->findChildren<View*>())
            visible += view->isVisible() ? 1 : 0;
        QCOMPARE(visible, 1);
    }
    m_grid->stepBack();
    QCOMPARE(m_grid->expanded(), -1);
    QCOMPARE(shown(), QStringList{"landscape"});
    QTest::mouseDClick(card("landscape"), Qt::LeftButton, {}, {120, 4});
    QCOMPARE(m_grid->expanded(), 0);
    m_grid->replace(0, 1); // a full view can be changed, too
    QCOMPARE(m_grid->expanded(), 1);
    QTest::keyClick(card("activations"), Qt::Key_Escape);
    QCOMPARE(shown(), QStringList{"activations"});
}

void ViewGridTest::theArrangementIsRemembered() {
    m_grid->setCount(3);
    m_grid->replace(0, 2);
    const QStringList before = shown();
    m_grid = std::make_unique<ViewGrid>();
    m_grid->restore();
    show(*m_grid);
    QCOMPARE(shown(), before);
    QSettings().setValue("view/count", "many");
    QSettings().setValue("view/order", QStringList{"gone", "loss"});
    m_grid = std::make_unique<ViewGrid>();
    m_grid->restore();
    show(*m_grid);
    QCOMPARE(shown().size(), 4);
    QCOMPARE(shown().front(), QStringLiteral("loss"));
}

void ViewGridTest::aStillNeitherFollowsNorChangesIt() {
    m_grid->setCount(2);
    ViewGrid still;
    QCOMPARE(still.arrangement().count(), 4);
    still.setCount(5);
    QCOMPARE(QSettings().value("view/count").toInt(), 2);
}

void ViewGridTest::theKeyboardGoesRound() {
    m_grid->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_grid.get()));
    if (QApplication::focusWidget() != nullptr)
        QApplication::focusWidget()->clearFocus();
    QStringList visited;
    for (int i = 0; i < 6; ++i) {
        m_grid->moveFocus(1);
        const QWidget* focus = QApplication::focusWidget();
        visited << (qobject_cast<const ViewCard*>(focus) != nullptr ? focus->objectName() : QStringLiteral("strip"));
    }
    QCOMPARE(visited, (QStringList{"landscape", "activations", "dead", "loss", "strip", "landscape"}));
    m_grid->moveFocus(-1);
    QVERIFY(m_grid->findChild<NetworkView*>()->hasFocus());
    QTest::keyClick(card("loss"), Qt::Key_Return);
    QCOMPARE(m_grid->expanded(), 3);
    m_grid->moveFocus(-1);
    QCOMPARE(m_grid->expanded(), 2);
    QVERIFY(card("dead")->hasFocus());
}

void ViewGridTest::tabFollowsTheEye() {
    m_grid->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_grid.get()));
    m_grid->replace(0, 3); // loss first
    card("loss")->setFocus();
    QStringList cards;
    for (int i = 0; i < 40 && cards.size() < 4; ++i) {
        if (qobject_cast<ViewCard*>(QApplication::focusWidget()) != nullptr)
            cards << QApplication::focusWidget()->objectName();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    QCOMPARE(cards, (QStringList{"loss", "activations", "dead", "landscape"}));
}

void ViewGridTest::theTitleListsAllViews() {
    auto* title = card("dead")->findChild<ViewTitle*>();
    QCOMPARE(title->text(), QStringLiteral("Dead neurons"));
    emit title->menu()->aboutToShow();
    const auto actions = title->menu()->actions();
    QCOMPARE(actions.size(), static_cast<qsizetype>(viewTable().size()));
    for (const QAction* action : actions)
        QCOMPARE(action->isChecked(), action->text() == title->text());
    actions[2]->trigger(); // what is there already
    QCOMPARE(shown()[2], QStringLiteral("dead"));
    actions[1]->trigger();
    QCOMPARE(shown()[2], QStringLiteral("activations"));
    QVERIFY(card("activations")->hasFocus() || !QApplication::activeWindow());
}

// Breaks where a click on the strip's output map shows another sample than the nearest one, shows it nowhere, or fills
// the grid though the output view is in sight.
void ViewGridTest::aSampleOfTheMapOpensItsOutput() {
    const auto run = test::realRun(test::circles("relu", {4}), 5);
    m_grid->showFrame(test::frameOf(run), 2000);
    auto* strip = m_grid->findChild<NetworkView*>();
    const auto clickAt = [&](int sample) {
        QTest::mouseClick(strip, Qt::LeftButton, {}, OutputMap::placeOf(*run, strip->outputBox(), sample).toPoint());
        return m_grid->findChild<OutputView*>();
    };
    const OutputView* output = clickAt(7);
    QVERIFY(output != nullptr && output->isVisible());
    QVERIFY(m_grid->expanded() >= 0);
    const QPointF hit = OutputMap::placeOf(*run, strip->outputBox(), output->sample());
    QVERIFY(QLineF(hit, OutputMap::placeOf(*run, strip->outputBox(), 7)).length() < 2.0);
    m_grid->stepBack();
    const auto rows = ViewGrid::rows();
    const auto outputs = std::ranges::find_if(
        rows, [](const ViewRow* row) { return QLatin1String(row->id) == QLatin1String("outputs"); });
    m_grid->replace(static_cast<int>(m_grid->arrangement().shown()[0]), static_cast<int>(outputs - rows.begin()));
    (void)clickAt(20);
    QCOMPARE(m_grid->expanded(), -1);
    QVERIFY(output->isVisible());
}

void ViewGridTest::narrowCardsPutTheControlsBelow() {
    ViewCard* landscape = card("landscape");
    const QWidget* controls = landscape->view()->headControls();
    const auto below = [&] {
        QCoreApplication::processEvents(); // the layouts
        return controls->mapTo(landscape, QPoint()).y() > landscape->findChild<ViewTitle*>()->geometry().bottom();
    };
    QVERIFY(!below());
    m_grid->resize(640, 460);
    m_grid->setCount(6);
    if (viewTable().size() >= 6) {
        QVERIFY(below());
        QVERIFY(landscape->rect().contains(QRect(controls->mapTo(landscape, QPoint()), controls->size())));
    }
    m_grid->resize(1016, 690);
    m_grid->setCount(2);
    QVERIFY(!below());
}

QTEST_MAIN(ViewGridTest)
#include "view_grid_test.moc"
