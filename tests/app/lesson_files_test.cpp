#include "app/services.h"
#include "ui/controls/control_panel.h"
#include "ui/lessons/deeds.h"
#include "ui/lessons/lesson_document.h"
#include "ui/lessons/lesson_names.h"
#include "ui/lessons/lesson_player.h"
#include "ui/theme/theme.h"
#include "ui/window/lab.h"

#include <QTest>

using namespace flatline;
using Stage = LessonPlayer::Stage;

/// The lessons that come with the program: the window has what they name, and each page comes to its reveal.
class LessonFilesTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void theWindowHasWhatTheyName_data() { rows(); }
    void theWindowHasWhatTheyName();
    void everyPageComesToItsReveal_data() { rows(); }
    void everyPageComesToItsReveal();

private:
    void rows() const {
        QTest::addColumn<QString>("id");
        for (const QString& id : m_services.lessonIds())
            QTest::newRow(qPrintable(id)) << id;
    }
    [[nodiscard]] LessonHands hands(Lab& lab) const {
        LessonHands hands;
        hands.post = [&lab](Command command) { lab.post(std::move(command)); };
        hands.act = [&lab](const Action& action) { lab.post(ActCommand{action}); };
        hands.change = [&lab](const std::vector<SettingChange>& changes) { return lab.change(changes); };
        hands.kick = [] { return ThermalKick{}; };
        hands.warming = [] { return BiasWarming{}; };
        hands.speed = [] { return 0.0; };
        hands.settled = [&lab] { return lab.settled(); };
        hands.openExperiment = m_services.openLessonExperiment;
        return hands;
    }
    static constexpr int patience = 120'000; ///< ms a page, on a busy machine

    Services m_services;
};

void LessonFilesTest::initTestCase() {
    applyTheme(*qApp, Appearance::Light);
    m_services = makeServices();
    QVERIFY(!m_services.lessonIds().isEmpty());
}

void LessonFilesTest::theWindowHasWhatTheyName() {
    QFETCH(QString, id);
    const auto lesson = m_services.openLesson(id);
    QVERIFY2(lesson.ok(), lesson.ok() ? "" : lesson.error().english().c_str());
    const ControlPanel panel([](const QString&) { return QStringList(); });
    const auto names = checkNames(lesson.value(), [&panel](const std::string& name) { return panel.knows(name); });
    QVERIFY2(names.ok(), names.ok() ? "" : names.error().english().c_str());
    const auto formulas = checkFormulas(lesson.value());
    QVERIFY2(formulas.ok(), formulas.ok() ? "" : formulas.error().english().c_str());
}

void LessonFilesTest::everyPageComesToItsReveal() {
    QFETCH(QString, id);
    auto opened = m_services.openLesson(id);
    QVERIFY(opened.ok());
    Lesson lesson = std::move(opened).value();
    for (LessonPage& page : lesson.pages) // what is done by hand is done here as a hand would
        if (page.action)
            page.action->deeds = deedsOf(*page.action);
    Lab lab(m_services);
    lab.watchLandscape(false);
    LessonPlayer player(hands(lab));
    connect(&lab, &Lab::frameReady, &player, &LessonPlayer::showFrame);
    QString problem;
    connect(&player, &LessonPlayer::problemFound, this, [&problem](const QString& text) { problem = text; });
    player.open(std::make_shared<const Lesson>(lesson), {1, 1});
    for (std::size_t i = 0; i < lesson.pages.size(); ++i) {
        const QByteArray where = QByteArray::fromStdString(lesson.pages[i].title);
        QTRY_VERIFY_WITH_TIMEOUT((!player.settingUp() && lab.settled()) || !problem.isEmpty(), patience);
        QVERIFY2(problem.isEmpty(), where + ": " + problem.toUtf8());
        if (const auto& question = lesson.pages[i].question) {
            QVERIFY2(player.stage() == Stage::Predicting, where);
            player.choose(question->right);
            player.lockIn();
        }
        if (player.hasDeed()) { // what only a hand can do is passed over
            QVERIFY2(player.stage() == Stage::Acting, where + ": what it waits for is there before the deed");
            player.act();
            QTRY_VERIFY2_WITH_TIMEOUT(!player.acting() || !problem.isEmpty(), where, patience);
            QVERIFY2(problem.isEmpty(), where + ": " + problem.toUtf8());
            QTRY_VERIFY2_WITH_TIMEOUT(player.stage() == Stage::Revealed, where + ": it does not come", 2000);
        }
        player.next();
    }
}

QTEST_MAIN(LessonFilesTest)
#include "lesson_files_test.moc"
