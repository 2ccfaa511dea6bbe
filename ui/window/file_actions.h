#pragma once

#include "ui/controls/section.h"
#include "ui/window/services.h"

#include <QObject>

namespace flatline {

/// Opening and saving: the dialogs, and what is asked before a file is replaced. Files are read and written by the
/// services. Every error ends in a message box that says what is wrong.
class FileActions : public QObject {
    Q_OBJECT
public:
    /// `frame`: the run of the moment, for what is saved.
    FileActions(const Services& services, std::function<Frame()> frame, QWidget* window);

    /// By the file's suffix: what openPath takes for a table, and what a drop may be as an experiment.
    [[nodiscard]] static bool isTable(const QString& path);
    [[nodiscard]] static bool isExperiment(const QString& path);
    [[nodiscard]] static bool isLesson(const QString& path);

    void open();
    void openCsv();
    void openLesson();
    bool save(); ///< false: cancelled, or an error has been shown
    void saveCsv(const ExportKind& kind);
    void saveAllCsv();
    /// A table that is no view of the run itself, as NAME.csv; the snapshot says where it comes from.
    void saveTable(const QString& name, const QByteArray& csv, const Snapshot& snapshot);

    /// The same without the dialogs. False after an error has been shown.
    /// An experiment, or by its suffix a CSV or a lesson: lessonWished.
    bool openPath(const QString& pathOrId);
    bool saveTo(const QString& path);
    bool saveCsvTo(const ExportKind& kind, const QString& path);
    bool saveAllCsvInto(const QString& folder);
    /// Column names for the target's combo box; empty where the file cannot be read.
    [[nodiscard]] QStringList columns(const QString& path) const;

    /// Where to save: asks, starting in the folder that was used last. `what` goes into the suggested name and may be
    /// empty. Empty: cancelled.
    [[nodiscard]] QString choosePath(const QString& title, const QString& what, const QString& filter,
                                     const QString& suffix);
    /// The experiment file or built-in one that was opened or saved last; empty: none.
    [[nodiscard]] QString source() const { return m_source; }
    void noteSource(const QString& pathOrId) { m_source = pathOrId; }
    void showError(const QString& what, const QString& why);
    /// Among the recent files, unless it is built in.
    void rememberOpened(const QString& path);

signals:
    void experimentOpened(const flatline::Settings& settings);
    void lessonWished(const QString& path);
    void recentChanged();
    void wished(const flatline::SettingWish& wish);
    void done(const QString& text); ///< "Saved trace.csv."

private:
    bool openCsvAt(const QString& path);
    bool writeCsv(const ExportKind& kind, const QString& path);
    bool report(const Result<void>& result, const QString& saved);

    const Services& m_services;
    std::function<Frame()> m_frame;
    QWidget* m_window;
    QString m_source;
};

} // namespace flatline
