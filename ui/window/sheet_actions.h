#pragma once

#include "ui/sheets/sheet_pages.h"
#include "ui/window/services.h"

#include <QObject>

#include <memory>
#include <vector>

namespace flatline {

class Actions;
class FileActions;
class LessonActions;
class NoticeBar;

/// Teacher's sheets as PDF: of the open lesson, or of the whole course. The figures are drawn one after the other, each
/// by a lab of its own. UI thread.
class SheetActions : public QObject {
    Q_OBJECT
public:
    struct Parts {
        const Actions& actions;
        FileActions& files;
        LessonActions& lessons;
        NoticeBar& notice;
    };
    /// `possible`: there is a lab.
    SheetActions(const Services& services, bool possible, const Parts& parts, QWidget* window);
    ~SheetActions() override;

    /// The open lesson's sheet; asks where to.
    void saveOne();
    /// The course's.
    void saveAll();
    /// The same without asking. saved() comes later.
    void saveTo(const QString& path, std::vector<std::shared_ptr<const Lesson>> lessons, const QString& title);

signals:
    void saved(const QString& path); ///< empty: it could not be, which has been said

private:
    void showActions();
    void drawNext();
    void finish();

    const Services& m_services;
    bool m_possible;
    Parts m_parts;
    QString m_path;
    QString m_title;
    std::vector<TeacherSheet> m_sheets; ///< being made
    std::size_t m_at = 0;
    std::unique_ptr<LessonStill> m_still; ///< of the sheet at m_at
};

} // namespace flatline
