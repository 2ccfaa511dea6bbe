#include "ui/sheets/lesson_still.h"

#include "ui/lessons/deeds.h"
#include "ui/picture/vector_picture.h"
#include "ui/picture/view_figure.h"
#include "ui/window/view_choices.h"
#include "ui/window/view_grid.h"

#include <QPainter>

#include <utility>

namespace flatline {

namespace {

constexpr int lookTime = 40;           ///< ms
constexpr qint64 patience = 120'000;   ///< ms for the training
constexpr qint64 lastPatience = 8'000; ///< ms for a landscape and the like, once the run stands
constexpr quint64 lateTick = 1000;     ///< views take turns; this late, every one is due
constexpr QSize usual(900, 520);
constexpr QSize low(900, 300); ///< the strip alone
constexpr int dotsPerInch = 96;

QStringList viewsOf(const Lesson& lesson, std::size_t page) {
    for (std::size_t i = page + 1; i > 0; --i)
        if (!lesson.pages[i - 1].stage.views.empty()) {
            QStringList ids;
            for (const NamedThing& view : lesson.pages[i - 1].stage.views)
                ids << QString::fromStdString(view.name);
            return ids;
        }
    return {QStringLiteral("loss"), QStringLiteral("dead"), QStringLiteral("network")};
}

} // namespace

std::optional<std::size_t> LessonStill::pageOf(const Lesson& lesson) {
    std::optional<std::size_t> found;
    bool begun = false;
    for (std::size_t i = 0; i < lesson.pages.size(); ++i) {
        const LessonPage& page = lesson.pages[i];
        begun = begun || page.stage.experiment;
        const bool tells = page.action && !page.reveal.empty();
        if (begun && (tells || !found))
            found = i;
    }
    return found;
}

LessonStill::LessonStill(const Services& services, std::shared_ptr<const Lesson> lesson, QObject* parent)
    : QObject(parent)
    , m_lesson(std::move(lesson))
    , m_lab(services)
    , m_hands(hands(services))
    , m_player(m_hands)
    , m_runner(m_hands)
    , m_views(std::make_unique<ViewGrid>()) {
    connect(&m_lab, &Lab::frameReady, this, [this](const Frame& frame) {
        m_player.showFrame(frame);
        m_runner.follow(*frame.snapshot);
    });
    connect(&m_player, &LessonPlayer::arrived, this, &LessonStill::act);
    connect(&m_player, &LessonPlayer::problemFound, this, [this] { finish(false); });
    connect(&m_runner, &DeedRunner::done, this, [this] {
        m_acted = true;
        m_since.start();
    });
    connect(&m_runner, &DeedRunner::failed, this, [this] { finish(false); });
    connect(m_views.get(), &ViewGrid::landscapeWished, &m_lab, &Lab::showLandscape);
    connect(&m_timer, &QTimer::timeout, this, &LessonStill::look);
    m_timer.setInterval(lookTime);
}

LessonStill::~LessonStill() = default;

LessonHands LessonStill::hands(const Services& services) {
    LessonHands hands;
    hands.post = [this](Command command) { m_lab.post(std::move(command)); };
    hands.act = [this](const Action& action) { m_lab.post(ActCommand{action}); };
    hands.change = [this](const std::vector<SettingChange>& changes) { return m_lab.change(changes); };
    hands.kick = [] { return std::optional(ThermalKick{}); };
    hands.warming = [] { return BiasWarming{}; };
    hands.speed = [] { return 0.0; };
    hands.settled = [this] { return m_lab.settled(); };
    hands.openExperiment = services.openLessonExperiment;
    return hands;
}

void LessonStill::start() {
    const auto page = pageOf(*m_lesson);
    m_since.start();
    m_timer.start();
    if (!page)
        return finish(false);
    m_page = *page;
    showViews();
    m_lab.post(StartExperiment{Settings()}); // deeds need a run, even one that they replace
    m_player.open(m_lesson, {}, m_page);
}

void LessonStill::showViews() {
    const QStringList ids = viewsOf(*m_lesson, m_page);
    m_views->setAttribute(Qt::WA_DontShowOnScreen);
    m_views->resize(ids == QStringList(QStringLiteral("network")) ? low : usual);
    m_views->borrow(ids);
    m_views->show();
    m_lab.watchLandscape(m_views->shows("landscape"));
    m_lab.watchPath(m_views->shows("stability"));
}

void LessonStill::act() {
    const LessonPage& page = m_lesson->pages[m_page];
    if (page.stage.select)
        m_lab.select({page.stage.select->first, page.stage.select->second});
    if (page.stage.plane)
        restoreViewChoices(*m_views,
                           {{QStringLiteral("landscape/Plane"), QString::fromStdString(page.stage.plane->id)}});
    const auto deeds = page.action ? deedsOf(*page.action) : std::vector<Deed>();
    m_runner.start({deeds.begin(), deeds.end()}, DeedRunner::Pace::Full);
}

/// What is computed beside the run has come, too.
bool LessonStill::ready() const {
    const Frame& frame = m_lab.frame();
    const Snapshot& now = *frame.snapshot;
    if (!m_acted || !m_lab.settled() || now.state == RunState::Running || now.state == RunState::Loading)
        return false;
    const bool fields = !now.fields || now.fields->step == now.now.step;
    const bool surface = !m_views->shows("landscape") || (frame.surface && frame.surface->step == now.now.step);
    return fields && surface && frame.analysis;
}

void LessonStill::look() {
    const bool late = m_since.elapsed() > (m_acted ? lastPatience : patience);
    if (ready() || late)
        finish(m_acted && m_lab.frame().snapshot->dataset != nullptr);
}

void LessonStill::finish(bool drawn) {
    if (std::exchange(m_finished, true))
        return;
    m_timer.stop();
    std::optional<LessonFigure> figure;
    if (drawn)
        figure = draw();
    // From the event loop: whoever hears of it may give this up.
    QMetaObject::invokeMethod(
        this, [this, figure] { emit done(figure); }, Qt::QueuedConnection);
}

LessonFigure LessonStill::draw() {
    const Snapshot& now = *m_lab.frame().snapshot;
    const LessonPage& page = m_lesson->pages[m_page];
    m_views->showFrame(m_lab.frame(), lateTick);
    LessonFigure made;
    made.seed = now.settings.seed;
    made.step = now.now.step;
    const QString title = QString::fromStdString(page.revealTitle.empty() ? page.title : page.revealTitle);
    made.caption = page.action ? QString::fromStdString(page.action->label) : QString();
    if (made.caption.isEmpty() && page.action)
        made.caption = deedsText(page.action->deeds);
    const ViewFigure figure{m_views.get(), title, made.caption, {}, true};
    const auto picture = std::make_shared<RecordedPicture>(figure.size());
    VectorPicture device(figure.size(), dotsPerInch, *picture);
    QPainter painter(&device);
    figure.paint(painter);
    painter.end();
    made.picture = picture;
    return made;
}

} // namespace flatline
