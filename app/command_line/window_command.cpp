#include "app/command_line/window_command.h"

#include "app/autosave/session_store.h"
#include "app/command_line/console.h"
#include "app/command_line/options.h"
#include "app/experiments/open_experiment.h"
#include "app/services.h"
#include "core/base/number_text.h"
#include "ui/runs/runs.h"
#include "ui/theme/theme.h"
#include "ui/window/class_actions.h"
#include "ui/window/file_actions.h"
#include "ui/window/lab.h"
#include "ui/window/lesson_actions.h"
#include "ui/window/main_window.h"
#include "ui/window/meter.h"
#include "ui/window/notice_bar.h"
#include "ui/window/session_keeper.h"
#include "ui/window/status_text.h"

#include <QApplication>
#include <QScreen>

#include <array>
#include <iostream>
#include <memory>
#include <optional>
#include <string_view>

namespace flatline {
namespace {

constexpr double longestMeasurement = 3600.0;

QString tr(const char* text) {
    return QCoreApplication::translate("command_line", text);
}

struct WindowOptions {
    QString experiment; ///< empty: the default settings
    MeterPlan meter;    ///< its seconds are 0: no measuring
};

Result<WindowOptions> readOptions(const QStringList& words) {
    const std::array table{OptionRow{QStringLiteral("meter"), QStringLiteral("SECONDS"), {}},
                           OptionRow{QStringLiteral("runs"), QStringLiteral("N"), {}},
                           OptionRow{QStringLiteral("side-by-side"), {}, {}}};
    const auto given = parseOptions(words, table);
    if (!given)
        return given.error();
    if (given.value().positional.size() > 1)
        return usageError(tr("\"%1\" is no command, and only one experiment can be opened")
                              .arg(given.value().positional.join(QLatin1Char(' '))));
    WindowOptions options;
    options.experiment = given.value().positional.value(0);
    const auto text = given.value().value("meter");
    if (!text) {
        if (!given.value().values.isEmpty())
            return usageError(tr("--runs and --side-by-side are for --meter"));
        return options;
    }
    options.meter.seconds = parseReal(text->toStdString()).value_or(0.0);
    if (!(options.meter.seconds > 0.0 && options.meter.seconds <= longestMeasurement))
        return usageError(tr("--meter: \"%1\" is not a number of seconds up to 3600").arg(*text));
    const auto runs = countOption(given.value(), "runs", 1, 1);
    if (!runs)
        return runs.error();
    if (runs.value() > static_cast<std::int64_t>(mostRuns))
        return usageError(tr("--runs: there are at most %1").arg(mostRuns));
    options.meter.runs = static_cast<std::size_t>(runs.value());
    options.meter.sideBySide = given.value().has("side-by-side");
    return options;
}

/// Without a display Qt ends the program with an abort and little else.
bool displayMissing(int argc, char** argv) {
#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
    for (int i = 1; i < argc; ++i)
        if (std::string_view(argv[i]) == "-platform")
            return false;
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        if (!qEnvironmentVariableIsEmpty(name))
            return false;
    return true;
#else
    static_cast<void>(argc);
    static_cast<void>(argv);
    return false;
#endif
}

bool wantsMeter(int argc, char** argv) {
    for (int i = 1; i < argc; ++i)
        if (std::string_view(argv[i]).starts_with("--meter"))
            return true;
    return false;
}

struct Start {
    WindowOptions options;
    Settings settings;
    std::optional<SessionState> forClass = {};
};

Result<Start> readStart() {
    const auto options = readOptions(QCoreApplication::arguments().mid(1));
    if (!options)
        return options.error();
    Start start{options.value(), {}};
    if (start.options.experiment.isEmpty())
        return start;
    auto opened = openExperiment(start.options.experiment);
    if (!opened)
        return opened.error();
    start.settings = std::move(opened).value();
    auto moment = openForClass(start.options.experiment);
    if (!moment)
        return moment.error();
    start.forClass = std::move(moment).value();
    return start;
}

/// Without a display, too, a mistyped command is a mistyped command.
int noWindow(int& argc, char** argv) {
    const QCoreApplication application(argc, argv);
    if (const auto start = readStart(); !start)
        return report(start.error());
    return report({ErrorKind::File,
                   {},
                   {FLATLINE_TEXT("there is no display to open a window on; `flatline run` needs none"), {}}});
}

/// Keeps the window's session from now on, and brings the last one back where no experiment was asked for.
std::unique_ptr<SessionKeeper> keepSession(const Start& start, Lab& lab, MainWindow& window) {
    auto opened = SessionStore::open(SessionStore::usualFolder());
    if (!opened) {
        window.announce(tr("This session cannot be kept: %1").arg(errorText(opened.error())));
        return nullptr;
    }
    const auto store = std::make_shared<SessionStore>(std::move(opened).value());
    auto keeper = std::make_unique<SessionKeeper>(
        lab, window,
        SessionFiles{[store](const SessionState& session) { return store->save(session); },
                     [store] { store->forget(); }});
    if (!start.options.experiment.isEmpty() || !sessionsWanted())
        return keeper;
    const FoundSession found = store->load();
    if (!found.trouble.isEmpty())
        window.notice().say(found.trouble, {{tr("OK"), tr("Close this notice."), [] {}}});
    if (found.state)
        keeper->restore(*found.state);
    return keeper;
}

int showWindow(QApplication& application, MeteredApplication* metered) {
    const auto start = readStart();
    if (!start)
        return report(start.error());
    applyTheme(application, Appearance::System);
    const Services services = makeServices();
    Lab lab(services);
    MainWindow window(services, &lab);
    // A measurement is no session.
    const std::unique_ptr<SessionKeeper> keeper =
        metered == nullptr ? keepSession(start.value(), lab, window) : nullptr;
    if ((keeper == nullptr || !keeper->restoring()) && !start.value().forClass)
        lab.post(StartExperiment{start.value().settings});
    if (start.value().forClass)
        window.forClass().open(*start.value().forClass);
    window.files().noteSource(start.value().options.experiment);
    window.resize(window.size().boundedTo(window.screen()->availableSize())); // an old projector has 1024 x 768
    window.show();
    if (metered == nullptr && start.value().options.experiment.isEmpty() && !(keeper != nullptr && keeper->restoring()))
        window.lessons().welcome();
    if (metered != nullptr)
        runMeter(*metered, lab, window, start.value().options.meter, std::cout);
    return QApplication::exec();
}

} // namespace

int windowCommand(int& argc, char** argv) {
    if (displayMissing(argc, argv))
        return noWindow(argc, argv);
    if (wantsMeter(argc, argv)) {
        MeteredApplication application(argc, argv);
        return showWindow(application, &application);
    }
    QApplication application(argc, argv);
    return showWindow(application, nullptr);
}

} // namespace flatline
