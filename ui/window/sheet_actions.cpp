#include "ui/window/sheet_actions.h"

#include "ui/lessons/figure_text.h"
#include "ui/lessons/lesson_course.h"
#include "ui/window/actions.h"
#include "ui/window/file_actions.h"
#include "ui/window/lesson_actions.h"
#include "ui/window/notice_bar.h"
#include "ui/window/status_text.h"

#include <QDesktopServices>
#include <QFileInfo>
#include <QUrl>

#include <utility>

namespace flatline {

SheetActions::SheetActions(const Services& services, bool possible, const Parts& parts, QWidget* window)
    : QObject(window)
    , m_services(services)
    , m_possible(possible)
    , m_parts(parts) {
    connect(m_parts.actions[ActionId::TeacherSheet], &QAction::triggered, this, &SheetActions::saveOne);
    connect(m_parts.actions[ActionId::AllSheets], &QAction::triggered, this, &SheetActions::saveAll);
    connect(&m_parts.lessons.player(), &LessonPlayer::opened, this, &SheetActions::showActions);
    connect(&m_parts.lessons.player(), &LessonPlayer::closed, this, &SheetActions::showActions);
    showActions();
}

SheetActions::~SheetActions() = default;

void SheetActions::showActions() {
    const bool free = m_possible && m_sheets.empty();
    m_parts.actions[ActionId::TeacherSheet]->setEnabled(free && m_parts.lessons.player().isOpen());
    m_parts.actions[ActionId::AllSheets]->setEnabled(free && !m_parts.lessons.course().lessons().empty());
}

void SheetActions::saveOne() {
    const auto lesson = m_parts.lessons.player().sharedLesson();
    const QString title = QString::fromStdString(lesson->title);
    const QString path = m_parts.files.choosePath(tr("Teacher's sheet"), tr("teacher's sheet, %1").arg(title),
                                                  tr("PDF (*.pdf)"), QStringLiteral("pdf"));
    if (!path.isEmpty())
        saveTo(path, {lesson}, title);
}

void SheetActions::saveAll() {
    const QString path = m_parts.files.choosePath(tr("Teacher's sheets"), tr("teacher's sheets"), tr("PDF (*.pdf)"),
                                                  QStringLiteral("pdf"));
    if (!path.isEmpty())
        saveTo(path, m_parts.lessons.course().lessons(), tr("Flatline: the course"));
}

void SheetActions::saveTo(const QString& path, std::vector<std::shared_ptr<const Lesson>> lessons,
                          const QString& title) {
    if (!m_sheets.empty() || lessons.empty())
        return;
    m_path = path;
    m_title = title;
    m_at = 0;
    for (auto& lesson : lessons) {
        const LessonPlace place = m_parts.lessons.course().placeOf(*lesson);
        m_sheets.push_back({lesson, place, figureTextOf(m_services.verifiedFigures, lesson), {}});
    }
    showActions();
    drawNext();
}

void SheetActions::drawNext() {
    if (m_at == m_sheets.size())
        return finish();
    m_parts.notice.showProgress(
        tr("Drawing the figures of the teacher's sheets: %1 of %2.").arg(m_at + 1).arg(m_sheets.size()),
        static_cast<double>(m_at) / static_cast<double>(m_sheets.size()));
    m_still = std::make_unique<LessonStill>(m_services, m_sheets[m_at].lesson);
    connect(m_still.get(), &LessonStill::done, this, [this](const std::optional<LessonFigure>& figure) {
        m_sheets[m_at++].figure = figure;
        m_still.release()->deleteLater(); // it is he who is speaking
        drawNext();
    });
    m_still->start();
}

void SheetActions::finish() {
    const std::vector<TeacherSheet> sheets = std::exchange(m_sheets, {});
    showActions();
    const QString name = QFileInfo(m_path).fileName();
    const auto written = m_services.writeFile(m_path, sheetsPdf(sheets, m_title));
    if (!written) {
        m_parts.notice.withdraw();
        m_parts.files.showError(tr("%1 could not be saved.").arg(name), errorText(written.error()));
        emit saved({});
        return;
    }
    m_parts.notice.say(tr("Saved %1.").arg(name),
                       {{tr("OK"), tr("Close this notice."), [] {}},
                        {tr("Open"), tr("In the program that shows PDF files, to be read or printed."),
                         [path = m_path] { QDesktopServices::openUrl(QUrl::fromLocalFile(path)); }}});
    emit saved(m_path);
}

} // namespace flatline
