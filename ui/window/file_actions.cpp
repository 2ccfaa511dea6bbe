#include "ui/window/file_actions.h"

#include "ui/window/csv_target_dialog.h"
#include "ui/window/file_names.h"
#include "ui/window/recent_files.h"
#include "ui/window/status_text.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QSettings>

namespace flatline {

namespace {

constexpr auto folderKey = "files/folder";

QString lastFolder() {
    return QSettings().value(QLatin1String(folderKey), QDir::homePath()).toString();
}

void rememberFolderOf(const QString& path) {
    QSettings().setValue(QLatin1String(folderKey), QFileInfo(path).absolutePath());
}

} // namespace

bool FileActions::isTable(const QString& path) {
    const QString suffix = QFileInfo(path).suffix().toLower();
    return suffix == QLatin1String("csv") || suffix == QLatin1String("tsv") || suffix == QLatin1String("txt");
}

bool FileActions::isExperiment(const QString& path) {
    return QFileInfo(path).suffix().toLower() == QLatin1String("json");
}

bool FileActions::isLesson(const QString& path) {
    return QFileInfo(path).suffix().toLower() == QLatin1String("md");
}

FileActions::FileActions(const Services& services, std::function<Frame()> frame, QWidget* window)
    : QObject(window)
    , m_services(services)
    , m_frame(std::move(frame))
    , m_window(window) {}

void FileActions::showError(const QString& what, const QString& why) {
    QMessageBox box(QMessageBox::Warning, tr("Flatline"), what, QMessageBox::Ok, m_window);
    box.setInformativeText(why);
    box.exec();
}

bool FileActions::report(const Result<void>& result, const QString& saved) {
    if (!result)
        showError(tr("%1 could not be saved.").arg(saved), errorText(result.error()));
    else
        emit done(tr("Saved %1.").arg(saved));
    return result.ok();
}

void FileActions::open() {
    const QString path =
        QFileDialog::getOpenFileName(m_window, tr("Open experiment"), lastFolder(),
                                     tr("Experiments, tables, lessons (*.json *.csv *.tsv *.txt *.md);;All files (*)"));
    if (path.isEmpty())
        return;
    rememberFolderOf(path);
    openPath(path);
}

void FileActions::openLesson() {
    const QString path =
        QFileDialog::getOpenFileName(m_window, tr("Open lesson"), lastFolder(), tr("Lessons (*.md);;All files (*)"));
    if (path.isEmpty())
        return;
    rememberFolderOf(path);
    emit lessonWished(path);
}

bool FileActions::openPath(const QString& pathOrId) {
    if (isTable(pathOrId))
        return openCsvAt(pathOrId);
    if (isLesson(pathOrId)) {
        emit lessonWished(pathOrId);
        return true;
    }
    const Result<Settings> settings = m_services.openExperiment(pathOrId);
    if (!settings) {
        showError(tr("%1 could not be opened.").arg(QFileInfo(pathOrId).fileName()), errorText(settings.error()));
        return false;
    }
    rememberOpened(pathOrId);
    m_source = pathOrId;
    emit experimentOpened(settings.value());
    return true;
}

/// A built-in experiment is no file: it has a menu of its own.
void FileActions::rememberOpened(const QString& path) {
    if (!QFileInfo(path).isFile())
        return;
    rememberRecentFile(path);
    emit recentChanged();
}

void FileActions::openCsv() {
    const QString path = QFileDialog::getOpenFileName(m_window, tr("Open CSV"), lastFolder(),
                                                      tr("Tables (*.csv *.tsv *.txt);;All files (*)"));
    if (path.isEmpty())
        return;
    rememberFolderOf(path);
    openCsvAt(path);
}

bool FileActions::openCsvAt(const QString& path) {
    const Result<QStringList> names = m_services.csvColumns(path);
    if (!names) {
        showError(tr("%1 could not be read.").arg(QFileInfo(path).fileName()), errorText(names.error()));
        return false;
    }
    CsvTargetDialog dialog(QFileInfo(path).fileName(), names.value(), m_window);
    if (dialog.exec() != QDialog::Accepted)
        return false;
    rememberOpened(path);
    emit wished({{"data.source", std::string("csv")},
                 {"data.file", path.toStdString()},
                 {"data.target", dialog.target().toStdString()},
                 {"data.standardize", std::monostate{}},
                 {"network.output", std::monostate{}}});
    return true;
}

QStringList FileActions::columns(const QString& path) const {
    if (!m_services.csvColumns)
        return {};
    const Result<QStringList> names = m_services.csvColumns(path);
    return names ? names.value() : QStringList();
}

QString FileActions::choosePath(const QString& title, const QString& what, const QString& filter,
                                const QString& suffix) {
    QFileDialog dialog(m_window, title, lastFolder(), filter);
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setDefaultSuffix(suffix); // before the dialog asks whether to replace, not after
    dialog.selectFile(suggestedFileName(*m_frame().snapshot, what, suffix));
    if (dialog.exec() != QDialog::Accepted || dialog.selectedFiles().isEmpty())
        return {};
    rememberFolderOf(dialog.selectedFiles().constFirst());
    return dialog.selectedFiles().constFirst();
}

bool FileActions::save() {
    const QString path = choosePath(tr("Save experiment"), {}, tr("Experiments (*.json)"), QStringLiteral("json"));
    return !path.isEmpty() && saveTo(path);
}

bool FileActions::saveTo(const QString& path) {
    const bool saved =
        report(m_services.saveExperiment(m_frame().snapshot->experiment, path), QFileInfo(path).fileName());
    if (saved) {
        rememberOpened(path);
        m_source = path;
    }
    return saved;
}

void FileActions::saveCsv(const ExportKind& kind) {
    const QString path =
        choosePath(tr("Save %1").arg(kind.label), kind.id, tr("Tables (*.csv)"), QStringLiteral("csv"));
    if (!path.isEmpty())
        saveCsvTo(kind, path);
}

bool FileActions::writeCsv(const ExportKind& kind, const QString& path) {
    const Frame frame = m_frame();
    const Snapshot& snapshot = *frame.snapshot;
    const Surface* surface = frame.surface && frame.surface->step == snapshot.now.step ? frame.surface.get() : nullptr;
    const Result<void> result = m_services.exportCsv(kind.id, path, snapshot, surface);
    if (!result)
        showError(tr("%1 could not be saved.").arg(QFileInfo(path).fileName()), errorText(result.error()));
    return result.ok();
}

bool FileActions::saveCsvTo(const ExportKind& kind, const QString& path) {
    const bool saved = writeCsv(kind, path);
    if (saved)
        emit done(tr("Saved %1.").arg(QFileInfo(path).fileName()));
    return saved;
}

void FileActions::saveTable(const QString& name, const QByteArray& csv, const Snapshot& snapshot) {
    const QString path = choosePath(tr("Save %1").arg(name), name, tr("Tables (*.csv)"), QStringLiteral("csv"));
    if (!path.isEmpty())
        report(m_services.saveTable(path, csv, snapshot), QFileInfo(path).fileName());
}

void FileActions::saveAllCsv() {
    const QString folder = QFileDialog::getExistingDirectory(m_window, tr("Save all CSVs into a folder"), lastFolder());
    if (folder.isEmpty())
        return;
    QSettings().setValue(QLatin1String(folderKey), folder);
    QStringList existing;
    for (const ExportKind& kind : m_services.exportKinds)
        if (QFileInfo::exists(QDir(folder).filePath(kind.fileName)))
            existing << kind.fileName;
    if (!existing.isEmpty() &&
        QMessageBox::question(
            m_window, tr("Replace files?"),
            tr("These files are in the folder already:\n%1\nReplace them?").arg(existing.join(QStringLiteral(", "))),
            QMessageBox::Yes | QMessageBox::Cancel, QMessageBox::Cancel) != QMessageBox::Yes)
        return;
    saveAllCsvInto(folder);
}

bool FileActions::saveAllCsvInto(const QString& folder) {
    for (const ExportKind& kind : m_services.exportKinds)
        if (!writeCsv(kind, QDir(folder).filePath(kind.fileName)))
            return false;
    emit done(tr("Saved %1 files in %2.").arg(m_services.exportKinds.size()).arg(QDir::toNativeSeparators(folder)));
    return true;
}

} // namespace flatline
