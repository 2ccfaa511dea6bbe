#include "app/command_line/console.h"
#include "app/command_line/list_command.h"
#include "app/command_line/options.h"
#include "app/command_line/run_command.h"
#include "app/command_line/sweep_command.h"
#include "app/command_line/verify_command.h"
#include "app/command_line/window_command.h"

#include <QApplication>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string_view>

namespace flatline {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("command_line", text);
}

int helpCommand(const QStringList&) {
    const QString help =
        tr("Flatline: a laboratory for neurons that die.\n\n"
           "flatline [EXPERIMENT]            open the lab, with that experiment\n"
           "flatline run EXPERIMENT [...]    train without a window\n"
           "flatline sweep EXPERIMENT [...]  the same experiment over many seeds and settings\n"
           "flatline verify [LESSON...]      check what the lessons claim, over many seeds\n"
           "flatline list [KIND]             what is built in: experiments, lessons, activations, datasets, ...\n"
           "flatline --meter SECONDS         open the lab, run it flat out and print how well it answers;\n"
           "                                 --runs N: so many in lockstep; --side-by-side: compared\n"
           "flatline --help | --version      also for each command: flatline run --help\n\n"
           "EXPERIMENT is a path to an experiment file, or the id of a built-in one.\n");
    return print(help) ? 0 : static_cast<int>(ErrorKind::File);
}

int versionCommand(const QStringList&) {
    return print(QStringLiteral("flatline " FLATLINE_VERSION "\n")) ? 0 : static_cast<int>(ErrorKind::File);
}

struct CommandRow {
    const char* name;
    int (*run)(const QStringList& words); ///< what stands behind the name
};
constexpr std::array commands{
    CommandRow{"run", runCommand},           CommandRow{"list", listCommand},   CommandRow{"sweep", sweepCommand},
    CommandRow{"verify", verifyCommand},     CommandRow{"--help", helpCommand}, CommandRow{"-h", helpCommand},
    CommandRow{"--version", versionCommand},
};

const CommandRow* findCommand(int argc, char** argv) {
    for (const CommandRow& command : commands)
        if (argc > 1 && std::string_view(argv[1]) == command.name)
            return &command;
    return nullptr;
}

/// A picture of the window needs widgets, but no display.
bool needsWidgets(const QStringList& words) {
    return std::ranges::any_of(words, [](const QString& word) {
        return word.startsWith(QLatin1String("--screenshot")) || word.startsWith(QLatin1String("--out"));
    });
}

/// What follows the command's name. Only an application knows it in every encoding and on every system.
QStringList wordsOf(int& argc, char** argv) {
    const QCoreApplication reader(argc, argv);
    return QCoreApplication::arguments().mid(2);
}

/// Without a login session Qt says on standard error that there is none, which concerns nobody here.
void passOn(QtMsgType type, const QMessageLogContext& context, const QString& text) {
    if (!text.startsWith(QLatin1String("QStandardPaths:")))
        std::cerr << qFormatLogMessage(type, context, text).toStdString() << '\n';
    if (type == QtFatalMsg)
        std::abort();
}

std::unique_ptr<QCoreApplication> makeApplication(int& argc, char** argv, const QStringList& words) {
    if (!needsWidgets(words))
        return std::make_unique<QCoreApplication>(argc, argv);
    qInstallMessageHandler(passOn);
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_SCALE_FACTOR", "1");
    qputenv("QT_FONT_DPI", "96");
    return std::make_unique<QApplication>(argc, argv);
}

} // namespace
} // namespace flatline

int main(int argc, char** argv) {
    QCoreApplication::setOrganizationName(QStringLiteral("Flatline"));
    QCoreApplication::setApplicationName(QStringLiteral("flatline"));
    QCoreApplication::setApplicationVersion(QStringLiteral(FLATLINE_VERSION));
    const flatline::CommandRow* command = flatline::findCommand(argc, argv);
    if (command == nullptr)
        return flatline::windowCommand(argc, argv);
    const QStringList words = flatline::wordsOf(argc, argv);
    int own = 1; // Qt would take options such as -platform for itself
    const auto application = flatline::makeApplication(own, argv, words);
    return command->run(words);
}
