#include "sample_lesson.h"
#include "ui/controls/control_panel.h"
#include "ui/lessons/choice_button.h"
#include "ui/lessons/lesson_course.h"
#include "ui/lessons/lesson_pane.h"
#include "ui/lessons/lesson_row.h"
#include "ui/lessons/lesson_text.h"
#include "ui/lessons/pointer_ring.h"
#include "ui/lessons/welcome_card.h"
#include "ui/widgets/action_button.h"
#include "ui/window/drop_target.h"
#include "ui/window/file_actions.h"
#include "ui/window/left_side.h"
#include "ui/window/lesson_actions.h"
#include "ui/window/transport_bar.h"
#include "ui/window/view_grid.h"
#include "window_bench.h"

#include <QDialog>
#include <QFile>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QScrollArea>
#include <QScrollBar>
#include <QSlider>
#include <QTimer>

using namespace flatline;
using Stage = LessonPlayer::Stage;

/// A lesson in the window: by mouse and by keyboard alone, what its pages show, and that all is as it was afterwards.
class LessonPaneTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void byTheMouse();
    void byTheKeyboardAlone();
    void onlyTheNamedControlsStay();
    void theRingFollows();
    void allIsAsItWasAfterwards();
    void everythingHasAName();
    void progressIsRemembered();
    void theMenuListsTheCourse();
    void theCourseIsListed();
    void aBadFileIsSaidAndLosesNothing_data();
    void aBadFileIsSaidAndLosesNothing();
    void aDroppedLessonOpens();
    void itWelcomesOnce();
    void itFitsASmallWindow();
    void aLongPageOpensAtItsTop();

private:
    [[nodiscard]] LessonPlayer& player() const { return m_bench.window->lessons().player(); }
    [[nodiscard]] LessonPane& pane() const { return *m_bench.part<LessonPane>(); }
    [[nodiscard]] bool ready() const {
        return player().isOpen() && !player().settingUp() && !player().acting() && m_bench.lab->settled();
    }
    void open(const QString& id = "sample", std::size_t page = 0) {
        QVERIFY(m_bench.window->lessons().openLesson(id, page));
        QTRY_VERIFY(ready());
    }
    QAbstractButton* button(const QString& name) const {
        for (auto* one : pane().findChildren<QAbstractButton*>())
            if (one->accessibleName() == name && one->isVisible())
                return one;
        return nullptr;
    }
    void click(const QString& name) {
        QVERIFY2(button(name) != nullptr, qPrintable(name));
        QTest::mouseClick(button(name), Qt::LeftButton);
    }
    void key(Qt::Key key) { QTest::keyClick(QApplication::focusWidget(), key); }
    /// What the next message box says; it is closed.
    static void answerBox(QString* text) {
        QTimer::singleShot(0, qApp, [text] {
            auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            QVERIFY(box != nullptr);
            *text = box->text() + '\n' + box->informativeText();
            box->accept();
        });
    }
    static QString words(const QString& heading, const QWidget& in) {
        for (const auto* text : in.findChildren<LessonText*>())
            if (text->accessibleName() == heading && text->isVisible())
                return text->toPlainText();
        return {};
    }

    WindowBench m_bench;
};

void LessonPaneTest::init() {
    QSettings().clear();
    m_bench.files.lessons = {{"other", QString(test::sampleLesson).replace("A sample", "Another").toStdString()},
                             {"sample", test::sampleLesson}};
    m_bench.files.lessonNames = {"sample", "other"};
    QVERIFY(m_bench.open());
}

void LessonPaneTest::byTheMouse() {
    open();
    QVERIFY(pane().isVisible());
    QVERIFY(words("To begin with", pane()).contains("some of them bold"));
    click("Next");
    QCOMPARE(player().page(), std::size_t{1});
    QVERIFY(button("Step once")->isVisible());
    QVERIFY(!button("Step once")->isEnabled()); // first the prediction
    QVERIFY(!button("Lock in my prediction")->isEnabled());
    click("Two");
    click("Lock in my prediction");
    QCOMPARE(player().choice(), std::optional<std::size_t>(2));
    QVERIFY(words("One", pane()).isEmpty());
    click("Step once");
    QTRY_COMPARE(player().stage(), Stage::Revealed);
    QCOMPARE(words("One", pane()), QString("It was one."));
    QCOMPARE(static_cast<ChoiceButton*>(button("One"))->verdict(), ChoiceButton::Verdict::Right);
    QCOMPARE(static_cast<ChoiceButton*>(button("Two"))->verdict(), ChoiceButton::Verdict::Other);
    click("Set up again");
    QTRY_VERIFY(ready());
    QCOMPARE(player().stage(), Stage::Predicting);
    click("Back");
    QCOMPARE(player().page(), std::size_t{0});
    click("Close the lesson");
    QVERIFY(!player().isOpen());
    QVERIFY(!pane().isVisible());
}

void LessonPaneTest::byTheKeyboardAlone() {
    QTest::keyClick(m_bench.window.get(), Qt::Key_L, Qt::ControlModifier); // on with the course
    QTRY_VERIFY(ready());
    QVERIFY(pane().isAncestorOf(QApplication::focusWidget()));
    key(Qt::Key_PageDown);
    QCOMPARE(player().page(), std::size_t{1});
    QVERIFY(qobject_cast<ChoiceButton*>(QApplication::focusWidget()) != nullptr);
    key(Qt::Key_PageUp); // from within the answers, too
    QCOMPARE(player().page(), std::size_t{0});
    key(Qt::Key_Return); // what comes next: the next page
    QCOMPARE(player().page(), std::size_t{1});
    key(Qt::Key_2);
    key(Qt::Key_Return); // lock in
    QCOMPARE(player().stage(), Stage::Acting);
    key(Qt::Key_Return); // the deed
    QTRY_COMPARE(player().stage(), Stage::Revealed);
    QVERIFY(player().right());
    key(Qt::Key_Return);
    QTRY_VERIFY(player().page() == 2 && ready());
    key(Qt::Key_Return);
    QTRY_COMPARE(player().stage(), Stage::Revealed);
    key(Qt::Key_PageDown);
    QTRY_VERIFY(player().page() == 3 && ready());
    key(Qt::Key_1);
    key(Qt::Key_Return);
    QCOMPARE(player().stage(), Stage::Acting);
    key(Qt::Key_PageDown); // no page has to be done: a teacher may pass it over
    QTRY_VERIFY(player().page() == 4 && ready());
    QVERIFY(m_bench.window->lessons().course().isFinished(player().lesson()));
    key(Qt::Key_Return); // behind the last page the next lesson
    QTRY_COMPARE(player().lesson().title, std::string("Another"));
    key(Qt::Key_Escape);
    QVERIFY(!player().isOpen());
}

void LessonPaneTest::onlyTheNamedControlsStay() {
    open();
    ControlPanel& panel = m_bench.part<LeftSide>()->controls();
    QVERIFY(panel.isVisible());
    QVERIFY(!panel.placeOf("training.learning_rate").isEmpty());
    for (const char* other : {"training.momentum", "network.hidden", "data.source", "kick", "warming", "reset-neurons"})
        QVERIFY2(panel.placeOf(other).isEmpty(), other);
    QVERIFY(panel.height() < 200); // the lesson has the rest
    panel.showOnly(std::set<std::string>{"warming"});
    QTRY_VERIFY(!panel.placeOf("warming").isEmpty());
    for (const auto& [text, shown] :
         {std::pair("Warm", true), std::pair("Reset dead", false), std::pair("Kick", false)})
        for (const auto* one : panel.findChildren<ActionButton*>())
            if (one->text() == QString(text))
                QCOMPARE(one->isVisible(), shown);
    panel.showOnly(std::set<std::string>{"network.alpha"}); // ReLU has none: the row stays away
    QVERIFY(panel.placeOf("network.alpha").isEmpty());
    panel.showOnly({});
    QTRY_VERIFY(!panel.placeOf("network.hidden").isEmpty());
    QVERIFY(!panel.knows("network.nonsense"));
    click("Close the lesson");
    QTRY_VERIFY(!panel.placeOf("data.source").isEmpty());
    QCOMPARE(panel.width(), ControlPanel::usualWidth);
}

void LessonPaneTest::theRingFollows() {
    open();
    auto* ring = m_bench.part<PointerRing>();
    QWidget* content = m_bench.window->centralWidget();
    const auto around = [&] {
        const QWidget* card = m_bench.window->views().cardOf("loss");
        return QRect(card->mapTo(content, QPoint()), card->size());
    };
    QTRY_VERIFY(ring->isVisible());
    QTRY_VERIFY(ring->geometry().contains(around()));
    QVERIFY(ring->width() < around().width() + 12);
    m_bench.window->resize(1400, 860);
    QTRY_VERIFY(ring->geometry().contains(around()) && ring->width() < around().width() + 12);
    QVERIFY(ring->testAttribute(Qt::WA_TransparentForMouseEvents));
    QCOMPARE(content->childAt(around().center()) == ring, false); // clicks go where they would
    click("Next");                                                // which points at nothing
    QVERIFY(!ring->isVisible());
}

void LessonPaneTest::allIsAsItWasAfterwards() {
    ViewGrid& views = m_bench.window->views();
    views.setCount(3);
    const QStringList order = views.arrangement().order();
    m_bench.lab->select({1, 2});
    auto* speed = m_bench.named<QSlider>("Speed");
    speed->setValue(70);
    open();
    QCOMPARE(views.arrangement().count(), 2);
    QVERIFY(views.shows("loss") && views.shows("dead") && !views.shows("network"));
    QCOMPARE(m_bench.part<TransportBar>()->speed(), 0.0);
    click("Close the lesson");
    QCOMPARE(views.arrangement().count(), 3);
    QCOMPARE(views.arrangement().order(), order);
    QVERIFY(views.shows("network"));
    QCOMPARE(speed->value(), 70);
    QCOMPARE(m_bench.lab->frame().selected, (NeuronId{1, 2}));
    QVERIFY(m_bench.part<ControlPanel>()->isVisible());
    QCOMPARE(QSettings().value("view/count").toInt(), 3); // nor is the lesson's remembered
}

void LessonPaneTest::everythingHasAName() {
    open();
    click("Next");
    for (const auto* one : pane().findChildren<QAbstractButton*>()) {
        if (!one->isVisible())
            continue;
        QVERIFY2(!one->accessibleName().isEmpty(), one->metaObject()->className());
        QVERIFY2(!one->toolTip().isEmpty(), qPrintable(one->accessibleName()));
    }
    QVERIFY(pane().accessibleDescription().contains("page 2 of 5"));
}

void LessonPaneTest::progressIsRemembered() {
    open();
    click("Next");
    QVERIFY(m_bench.open()); // the program, once more
    QTest::keyClick(m_bench.window.get(), Qt::Key_L, Qt::ControlModifier);
    QTRY_VERIFY(ready());
    QCOMPARE(player().page(), std::size_t{1});
    player().turnTo(4);
    QTRY_VERIFY(ready());
    const LessonCourse& course = m_bench.window->lessons().course();
    QCOMPARE(course.finishedCount(), 1);
    QCOMPARE(course.next(), (LessonCourse::Bookmark{"other", 0}));
    QVERIFY(m_bench.open());
    QCOMPARE(m_bench.window->lessons().course().finishedCount(), 1);
}

void LessonPaneTest::theMenuListsTheCourse() {
    const QMenu* menu = m_bench.window->lessons().menu();
    const auto* chapter = menu->findChild<QMenu*>();
    QVERIFY(chapter != nullptr);
    QCOMPARE(chapter->title(), QString("Tests"));
    QCOMPARE(chapter->actions().size(), 2);
    QCOMPARE(chapter->actions()[0]->text(), QString("1  A sample"));
    QVERIFY(!chapter->actions()[0]->isChecked());
    chapter->actions()[0]->trigger();
    QTRY_VERIFY(ready());
    QVERIFY(!chapter->actions()[0]->isChecked()); // the click alone finishes nothing
    player().turnTo(4);
    QTRY_VERIFY(chapter->actions()[0]->isChecked());
}

void LessonPaneTest::theCourseIsListed() {
    QTimer::singleShot(0, qApp, [] {
        auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget());
        QVERIFY(dialog != nullptr);
        QCOMPARE(dialog->findChildren<LessonRow*>().size(), 2);
        QCOMPARE(qobject_cast<LessonRow*>(dialog->focusWidget())->id(), QString("sample"));
        QTest::keyClick(dialog->focusWidget(), Qt::Key_Down);
        QTest::keyClick(dialog->focusWidget(), Qt::Key_Return);
    });
    QTest::keyClick(m_bench.window.get(), Qt::Key_L);
    QTRY_VERIFY(ready());
    QCOMPARE(player().lesson().title, std::string("Another"));
}

void LessonPaneTest::aBadFileIsSaidAndLosesNothing_data() {
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("error");
    QTest::newRow("a view") << "views: loss, dead"
                            << "views: loss, deed"
                            << "01-bad.md:16: views: there is no view \"deed\"";
    QTest::newRow("a control") << "controls: training.learning_rate"
                               << "controls: training.speed"
                               << "01-bad.md:17: controls: there is no control \"training.speed\"";
    QTest::newRow("a part") << "point: view loss"
                            << "point: part ceiling"
                            << "01-bad.md:18: point: there is no part \"ceiling\"";
    QTest::newRow("the format") << "steps: 20"
                                << "steps: many"
                                << "01-bad.md:15: steps";
}

void LessonPaneTest::aBadFileIsSaidAndLosesNothing() {
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(QString, error);
    m_bench.files.lessons["bad"] = QString(test::sampleLesson).replace(before, after).toStdString();
    open("sample", 1);
    const auto run = m_bench.now().run;
    QString said;
    answerBox(&said);
    QVERIFY(!m_bench.window->lessons().openLesson("bad"));
    QVERIFY2(said.contains(error), qPrintable(said));
    QCOMPARE(player().page(), std::size_t{1});
    QCOMPARE(m_bench.now().run, run);
}

void LessonPaneTest::aDroppedLessonOpens() {
    const QString path = m_bench.folder.filePath("mine.md");
    m_bench.files.lessons[path] = test::sampleLesson;
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    const DropVerdict verdict = judgeDrop(data);
    QCOMPARE(verdict.path, path);
    m_bench.window->files().openPath(verdict.path);
    QTRY_VERIFY(ready());
    QCOMPARE(player().place().number, 0); // it is not of the course
    QVERIFY(pane().accessibleDescription().contains("page 1 of 5"));
    QVERIFY(!pane().accessibleDescription().contains("Lesson"));
}

void LessonPaneTest::itWelcomesOnce() {
    QVERIFY(m_bench.part<WelcomeCard>() == nullptr); // only when the program asks for it
    m_bench.window->lessons().welcome();
    QVERIFY(m_bench.part<WelcomeCard>() != nullptr);
    key(Qt::Key_K); // no kick from behind it
    key(Qt::Key_Tab);
    key(Qt::Key_Backtab);
    key(Qt::Key_Return);
    QTRY_VERIFY(ready());
    QCOMPARE(player().lesson().id, std::string("sample"));
    QVERIFY(m_bench.now().experiment.interventions.empty());
    QTRY_VERIFY(m_bench.part<WelcomeCard>() == nullptr);
    QVERIFY(m_bench.open());
    m_bench.window->lessons().welcome();
    QVERIFY(m_bench.part<WelcomeCard>() == nullptr);
}

void LessonPaneTest::itFitsASmallWindow() {
    m_bench.window->resize(1024, 768);
    open("sample", 1);
    QTRY_COMPARE(m_bench.window->width(), 1024);
    QVERIFY(pane().height() > 400);
    for (const char* name : {"Next", "Back", "Step once"})
        QVERIFY(pane().rect().contains(pane().mapFromGlobal(button(name)->mapToGlobal(button(name)->rect().center()))));
    const QWidget& views = m_bench.window->views();
    QVERIFY(views.width() > 600);
}

// Breaks where a page longer than the pane opens scrolled down to its answers, or what Tab goes to stays out of sight.
void LessonPaneTest::aLongPageOpensAtItsTop() {
    QString lines;
    for (int i = 0; i < 60; ++i)
        lines += QStringLiteral("A line of its own.\n\n");
    m_bench.files.lessons["long"] =
        QString(test::sampleLesson).replace("What comes of *one* step?", lines).toStdString();
    open("long", 1);
    const QScrollBar* bar = pane().findChild<QScrollArea*>()->verticalScrollBar();
    QTRY_VERIFY(bar->maximum() > 300);
    QCOMPARE(bar->value(), 0);
    QVERIFY(qobject_cast<ChoiceButton*>(QApplication::focusWidget()) != nullptr);
    key(Qt::Key_Down); // to the next answer
    QTRY_VERIFY(bar->value() > 300);
    click("Set up again");
    QTRY_VERIFY(ready());
    QCOMPARE(bar->value(), 0);
}

QTEST_MAIN(LessonPaneTest)
#include "lesson_pane_test.moc"
