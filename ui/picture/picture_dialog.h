#pragma once

#include "ui/picture/picture_file.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLabel;

namespace flatline {

/// How a view is saved. The choices are the user's own from one time to the next (QSettings).
struct PictureChoice {
    const PictureFormat* format = nullptr; ///< never null
    bool light = false; ///< remembered apart for pixels (at first as on the screen) and lines (at first for paper)
    bool footer = true;
};
[[nodiscard]] PictureChoice rememberedPictureChoice();
/// What is remembered for pictures in pixels: for the clipboard.
[[nodiscard]] PictureChoice rememberedPixelChoice();

/// Format, appearance and footer of a picture, with a small one of what it will be.
class PictureDialog : public QDialog {
    Q_OBJECT
public:
    using Preview = std::function<QImage(const PictureChoice& choice, double scale)>;
    /// `footer`: what it would say. `preview` makes the picture so many times as large.
    PictureDialog(const QString& title, const QString& footer, Preview preview, QWidget* parent);

    [[nodiscard]] PictureChoice choice() const;

private:
    void showFormat();
    void showPreview();
    void remember() const;

    Preview m_preview;
    QComboBox* m_format;
    QCheckBox* m_light;
    QCheckBox* m_footer;
    QLabel* m_picture;
};

} // namespace flatline
