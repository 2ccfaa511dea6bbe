#pragma once

#include "ui/picture/picture_dialog.h"
#include "ui/views/view.h"
#include "ui/window/services.h"

#include <QObject>
#include <QPointer>

namespace flatline {

class FileActions;

/// Pictures of single views and of the window: into files and to the clipboard, each with the complete experiment in
/// it.
class PictureActions : public QObject {
    Q_OBJECT
public:
    /// `frame`: the run of the moment.
    PictureActions(const Services& services, FileActions& files, std::function<Frame()> frame, QWidget* window);

    /// The view that has the keyboard, or had it last; null where none has yet.
    [[nodiscard]] View* current() const;
    /// Null: there is none to be copied, which is said.
    void copy(View* view);
    void save(View* view);
    void saveWindow();
    /// Another window of ours; `name`: of the file, `description`: what it shows, in words.
    void saveWindow(QWidget* other, const QString& name, const QString& description);

    /// The same without dialogs. False after an error has been shown.
    bool saveTo(View* view, const PictureChoice& choice, const QString& path);
    bool saveWindowTo(const QString& path);
    bool saveWindowTo(const QString& path, QWidget* other, const QString& description);

signals:
    void done(const QString& text);

private:
    [[nodiscard]] Picture pictureOf(View* view, const PictureChoice& choice, const QString& path = {}) const;
    [[nodiscard]] QString footer() const;
    [[nodiscard]] PictureNotes notes(const QString& description, const QString& path) const;
    bool write(const QString& path, const QByteArray& content);

    const Services& m_services;
    FileActions& m_files;
    std::function<Frame()> m_frame;
    QWidget* m_window;
    QPointer<View> m_last;
};

} // namespace flatline
