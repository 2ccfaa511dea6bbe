#pragma once

#include <QToolButton>

namespace flatline {

struct ViewRow;

/// A view's title in the head of its card: opens the list of all views, of which another one can take this place. Gives
/// way in a narrow card, by an ellipsis.
class ViewTitle : public QToolButton {
    Q_OBJECT
public:
    /// `row` must stay.
    ViewTitle(const ViewRow& row, QWidget* parent);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void viewChosen(int row); ///< another one: its number in viewTable()

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void fillMenu();

    const ViewRow& m_row;
};

} // namespace flatline
