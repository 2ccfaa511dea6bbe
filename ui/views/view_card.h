#pragma once

#include "ui/views/view.h"

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QToolButton;
class QVBoxLayout;

namespace flatline {

class ViewTitle;

/// The card around a view: its title, by which another view can take its place, the view's own head controls, a button
/// that lets it fill the grid, a menu.
/// Reachable by keyboard; its tooltip is the row's help and the view's summary.
class ViewCard : public QFrame {
    Q_OBJECT
public:
    /// Makes the row's view. The row must stay.
    explicit ViewCard(const ViewRow& row, QWidget* parent = nullptr);

    [[nodiscard]] View* view() const { return m_view; }
    [[nodiscard]] const ViewRow& row() const { return m_row; }
    [[nodiscard]] bool expanded() const { return m_expanded; }
    /// Whether it fills the grid; who owns the grid answers expandToggled() with this.
    void setExpanded(bool expanded);
    /// What the view shows in general, and what it shows now.
    [[nodiscard]] QString help() const;
    /// The same for all cards, whatever their heads hold: they stay equal in a narrow window.
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void expandToggled();     ///< the user wishes it to fill the grid, or to return
    void viewChosen(int row); ///< the user wishes another view here: its number in viewTable()
    void savePictureRequested();
    void copyPictureRequested(); ///< to the clipboard

protected:
    bool event(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void makeHead();
    void fitControls();
    void showHelp();

    const ViewRow& m_row;
    View* m_view;
    ViewTitle* m_title;
    QLabel* m_subtitle;
    QToolButton* m_expand;
    QToolButton* m_more;
    QWidget* m_controls = nullptr; ///< the view's, in the head or below it
    QHBoxLayout* m_head = nullptr;
    QHBoxLayout* m_below = nullptr; ///< the controls' line in a narrow card; else null
    QVBoxLayout* m_column = nullptr;
    bool m_expanded = false;
};

} // namespace flatline
