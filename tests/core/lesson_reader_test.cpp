#include "core/lessons/lesson_reader.h"

#include <QTest>

using namespace flatline;

namespace {

constexpr const char* head = "---\ntitle: A lesson\nchapter: Death\nminutes: 3\ngoal: One knows.\n---\n";

/// The example of resources/lessons/README.md: what stands between its two lines of four backticks.
std::string exampleOfTheGuide() {
    QFile guide(QStringLiteral(FLATLINE_SOURCE_DIR "/resources/lessons/README.md"));
    if (!guide.open(QIODevice::ReadOnly))
        qFatal("no guide");
    const std::string text = guide.readAll().toStdString();
    const std::size_t first = text.find("````\n") + 5;
    return text.substr(first, text.find("````\n", first) - first);
}

} // namespace

class LessonReaderTest : public QObject {
    Q_OBJECT

private slots:
    void readsTheGuidesExample();
    void ends();
    void deeds_data();
    void deeds();
    void refuses_data();
    void refuses();
    void comparisons();
    void ids();
};

/// A teacher copies the example: if it does not read, or means something else, the guide is wrong.
void LessonReaderTest::readsTheGuidesExample() {
    const auto read = readLesson(exampleOfTheGuide(), "some/07-one-step-too-far.md");
    QVERIFY2(read.ok(), read.ok() ? "" : read.error().english().c_str());
    const Lesson& lesson = read.value();
    QCOMPARE(lesson.id, std::string("one-step-too-far"));
    QCOMPARE(lesson.title, std::string("One step too far"));
    QCOMPARE(lesson.minutes, 4.0);
    QCOMPARE(lesson.pages.size(), std::size_t{2});
    const LessonPage& page = lesson.pages[0];
    QCOMPARE(page.title, std::string("A quiet start"));
    QVERIFY(page.text.starts_with("Plain Markdown"));
    QVERIFY(page.text.find("```formula") != std::string::npos);
    QVERIFY(page.text.find("experiment:") == std::string::npos);
    QCOMPARE(page.stage.experiment.value(), std::string("healthy"));
    QCOMPARE(page.stage.set.size(), std::size_t{1});
    QCOMPARE(page.stage.steps, std::int64_t{200});
    QCOMPARE(page.stage.views.size(), std::size_t{2});
    QCOMPARE(page.stage.views[1].name, std::string("loss"));
    QVERIFY(!page.stage.allControls);
    QCOMPARE(page.stage.controls.size(), std::size_t{1});
    QVERIFY(page.stage.point->kind == Pointer::Kind::View);
    QCOMPARE(page.question->choices.size(), std::size_t{3});
    QCOMPARE(page.question->right, std::size_t{2});
    QCOMPARE(page.action->label, std::string("Ten large steps"));
    QCOMPARE(page.action->deeds.size(), std::size_t{2});
    QVERIFY(page.action->until.at(0).kind == Awaited::Kind::Death);
    QVERIFY(page.reveal.find("{held deaths-rise}") != std::string::npos);
    QCOMPARE(lesson.claims.size(), std::size_t{1});
    const Claim& claim = lesson.claims[0];
    QCOMPARE(claim.runs.size(), std::size_t{2});
    QCOMPARE(claim.runs[1].name, std::string("high"));
    QCOMPARE(claim.runs[1].set.at(0).value, std::string("3"));
    QCOMPARE(claim.promised, 0.9);
    QVERIFY(claim.holds.holds(1.0) && !claim.holds.holds(0.0));
    QVERIFY(lesson.teacher.starts_with("Notes"));
}

/// Windows' line ends, a byte order mark, no end of the last line: the same lesson.
void LessonReaderTest::ends() {
    const std::string text = std::string(head) + "# Page\n\nText\n\n```lab\nviews: loss\n```";
    std::string windows = "\xEF\xBB\xBF";
    for (const char c : text)
        windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
    const auto plain = readLesson(text, "a.md");
    const auto other = readLesson(windows, "a.md");
    QVERIFY(plain.ok());
    QVERIFY(other.ok());
    QVERIFY(plain.value() == other.value());
}

void LessonReaderTest::deeds_data() {
    QTest::addColumn<std::string>("line");
    QTest::addColumn<int>("kind");
    QTest::addColumn<double>("number");
    const auto row = [](const char* line, Deed::Kind kind, double number) {
        QTest::newRow(line) << std::string(line) << static_cast<int>(kind) << number;
    };
    row("kick", Deed::Kind::Kick, 0.0);
    row("kick 0.5", Deed::Kind::Kick, 0.5);
    row("warm 1", Deed::Kind::Warm, 1.0);
    row("reset-neurons", Deed::Kind::Reset, 0.0);
    row("run to 300", Deed::Kind::RunTo, 300.0);
    row("run for 20", Deed::Kind::RunFor, 20.0);
    row("run until death", Deed::Kind::RunUntilDeath, 0.0);
    row("restart", Deed::Kind::Restart, 0.0);
    row("set network.activation = leaky-relu", Deed::Kind::Set, 0.0);
}

void LessonReaderTest::deeds() {
    QFETCH(std::string, line);
    QFETCH(int, kind);
    QFETCH(double, number);
    const auto read = readLesson(std::string(head) + "# P\n```do\ndeed: " + line + "\n```\n## R\nx\n", "a.md");
    QVERIFY2(read.ok(), read.ok() ? "" : read.error().english().c_str());
    const Deed& deed = read.value().pages[0].action->deeds.at(0);
    QCOMPARE(static_cast<int>(deed.kind), kind);
    QCOMPARE(deed.strength + static_cast<double>(deed.steps), number);
    QCOMPARE(deed.path, std::string(deed.kind == Deed::Kind::Set ? "network.activation" : ""));
}

/// Each mistake is named with its line and key, and with what would be right.
void LessonReaderTest::refuses_data() {
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("error");
    const auto row = [](const char* name, const std::string& text, const char* error) {
        QTest::newRow(name) << text << std::string(error);
    };
    const std::string page = std::string(head) + "# P\n"; // the page is line 7
    row("nothing", "", "a.md:1: a lesson begins");
    row("no head", "# P\n", "a.md:1: a lesson begins");
    row("head without end", "---\ntitle: x\n", "a.md:1: the head that begins here has no end");
    row("head without goal", "---\ntitle: x\nchapter: y\nminutes: 3\n---\n# P\n", "a.md:1: goal: the head needs");
    row("unknown key", "---\ntitel: x\n---\n# P\n", "a.md:2: titel: there is no such key here; there are title,");
    row("minutes", "---\ntitle: x\nminutes: soon\n---\n# P\n", "a.md:3: minutes: \"soon\" is no number from 1 to 60");
    row("no page", head, "a.md:1: there is no page");
    row("text before a page", std::string(head) + "Hello\n", "a.md:7: text before the first page");
    row("unknown block", page + "```lap\n```\n", "a.md:8: \"lap\" is no kind of block");
    row("open block", page + "```lab\nviews: loss\n", "a.md:8: the block that begins here has no end");
    row("two blocks", page + "```lab\n```\n```lab\n```\n", "a.md:10: lab: this page has one already, at line 8");
    row("no colon", page + "```lab\nviews\n```\n", "a.md:9: \"views\" is no \"key: value\"");
    row("twice", page + "```lab\nsteps: 1\nsteps: 2\n```\n", "a.md:10: steps: this key stands here twice");
    row("steps alone", page + "```lab\nsteps: 1\n```\n", "a.md:9: steps: this needs an experiment");
    row("no setting", page + "```lab\nexperiment: healthy\nset: training.rate = 1\n```\n",
        "a.md:10: set: \"training.rate\" is no key");
    row("neuron", page + "```lab\nselect: 0 1\n```\n", "a.md:9: select: \"0 1\" names no neuron");
    row("pointer", page + "```lab\npoint: loss\n```\n", "a.md:9: point: \"loss\" points at nothing");
    row("plane", page + "```lab\nplane: flat\n```\n", "a.md:9: plane: \"flat\" is no plane");
    row("no right choice", page + "```question\nWhat?\n- a\n- b\n```\n## R\n", "a.md:8: question: one choice");
    row("one choice", page + "```question\nWhat?\n* a\n```\n## R\n", "a.md:8: question: a question has two to six");
    row("no choice", page + "```question\nWhat?\n* a\nb\n```\n## R\n", "a.md:11: question: \"b\" is no choice");
    row("no reveal", page + "```question\nWhat?\n* a\n- b\n```\n", "a.md:7: this page asks or waits");
    row("reveal alone", page + "## R\n", "a.md:7: this page has a reveal");
    row("two reveals", page + "```do\ndeed: kick\n```\n## R\n## S\n", "a.md:12: a page has one reveal");
    row("deed", page + "```do\ndeed: jump\n```\n## R\n", "a.md:9: deed: \"jump\" is none of kick, warm,");
    row("until", page + "```do\nuntil: step soon\n```\n## R\n", "a.md:9: until: \"soon\" is no number");
    row("empty do", page + "```do\n```\n## R\n", "a.md:8: do: there is neither");
    row("button alone", page + "```do\nbutton: Go\nuntil: kick\n```\n## R\n", "a.md:8: button: a button needs a deed");
    row("claim without measure", page + "```claim\nid: a\nsays: b\nexperiment: c\nsteps: 1\nholds: > 0\n```\n",
        "a.md:8: measure: a claim needs this key");
    row("comparison", page + "```claim\nholds: big\n```\n", "a.md:9: holds: \"big\" asks for nothing");
    row("share", page + "```claim\npromised: 9\n```\n", "a.md:9: promised: \"9\" is no share");
    row("no UTF-8", page + "\xFF\n", "a.md:8: this is no UTF-8");
}

void LessonReaderTest::refuses() {
    QFETCH(std::string, text);
    QFETCH(std::string, error);
    const auto read = readLesson(text, "a.md");
    QVERIFY(!read.ok());
    QVERIFY2(read.error().english().starts_with(error), read.error().english().c_str());
    QCOMPARE(static_cast<int>(read.error().kind), static_cast<int>(ErrorKind::BadInput));
}

/// What is not a number holds nowhere: a run that failed must not count as one that agreed.
void LessonReaderTest::comparisons() {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    for (const auto kind : {Comparison::Kind::Less, Comparison::Kind::AtMost, Comparison::Kind::Equal,
                            Comparison::Kind::AtLeast, Comparison::Kind::Greater, Comparison::Kind::Between})
        QVERIFY(!(Comparison{kind, 0.0, 1.0}.holds(nan)));
    QVERIFY((Comparison{Comparison::Kind::Between, 1.0, 2.0}.holds(2.0)));
    QVERIFY(!(Comparison{Comparison::Kind::Between, 1.0, 2.0}.holds(2.1)));
    QVERIFY((Comparison{Comparison::Kind::AtMost, 1.0, 0.0}.holds(1.0)));
    QVERIFY(!(Comparison{Comparison::Kind::Less, 1.0, 0.0}.holds(1.0)));
}

void LessonReaderTest::ids() {
    QCOMPARE(lessonId("lessons/07-one-step-too-far.md"), std::string("one-step-too-far"));
    QCOMPARE(lessonId(":/lessons/01-whisper.md"), std::string("whisper"));
    QCOMPARE(lessonId("C:\\x\\mine.md"), std::string("mine"));
    QCOMPARE(lessonId("2026.md"), std::string("2026"));
    QCOMPARE(lessonId("readme"), std::string("readme"));
}

QTEST_APPLESS_MAIN(LessonReaderTest)
#include "lesson_reader_test.moc"
