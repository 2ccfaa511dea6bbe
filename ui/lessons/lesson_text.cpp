#include "ui/lessons/lesson_text.h"

#include "ui/theme/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QEvent>
#include <QWheelEvent>

#include <cmath>
#include <utility>

namespace flatline {

namespace {
constexpr int usualWidth = 320;
constexpr int leastWidth = 120;
} // namespace

LessonText::LessonText(QWidget* parent)
    : QTextBrowser(parent)
    , m_role(TextRole::Body) {
    setProperty("role", "text");
    setFrameShape(QFrame::NoFrame);
    setOpenLinks(false);
    setOpenExternalLinks(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    viewport()->setAutoFillBackground(false);
}

void LessonText::setFigures(FigureText figures) {
    m_figures = std::move(figures);
    render();
}

void LessonText::showText(const QString& markdown) {
    if (markdown == m_markdown)
        return;
    m_markdown = markdown;
    render();
}

void LessonText::setTextRole(TextRole role) {
    m_role = role;
    render();
}

QVariant LessonText::loadResource(int, const QUrl&) {
    return {};
}

QSize LessonText::sizeHint() const {
    return {usualWidth, height()};
}

QSize LessonText::minimumSizeHint() const {
    return {leastWidth, height()};
}

void LessonText::render() {
    if (m_markdown.isEmpty())
        document()->clear();
    else
        fillLessonDocument(*document(), m_markdown, fontFor(m_role), themeOf(this), m_figures);
    setAccessibleDescription(readingOf(*document()));
    fitHeight();
}

void LessonText::fitHeight() {
    document()->setTextWidth(viewport()->width());
    const int wanted = static_cast<int>(std::ceil(document()->size().height())) + height() - viewport()->height();
    if (wanted != height())
        setFixedHeight(wanted);
}

void LessonText::changeEvent(QEvent* event) {
    QTextBrowser::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        render();
}

void LessonText::resizeEvent(QResizeEvent* event) {
    QTextBrowser::resizeEvent(event);
    fitHeight();
}

void LessonText::wheelEvent(QWheelEvent* event) {
    event->ignore(); // what it stands in scrolls
}

} // namespace flatline
