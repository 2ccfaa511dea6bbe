#pragma once

#include "ui/lessons/lesson_document.h"
#include "ui/theme/theme.h"

#include <QTextBrowser>

namespace flatline {

/// A lesson's text, as high as it needs to be for its width: it never scrolls. Follows the theme and the size of the
/// type. It loads nothing from anywhere, and opens no links itself.
class LessonText : public QTextBrowser {
    Q_OBJECT
public:
    explicit LessonText(QWidget* parent = nullptr);

    /// For {held ID} and the like; without one they stand as they are.
    void setFigures(FigureText figures);
    /// Markdown, with formula blocks.
    void showText(const QString& markdown);
    /// The size of the running text; by default that of TextRole::Body.
    void setTextRole(TextRole role);

    QVariant loadResource(int type, const QUrl& name) override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    void render();
    void fitHeight();

    QString m_markdown;
    FigureText m_figures;
    TextRole m_role;
};

} // namespace flatline
