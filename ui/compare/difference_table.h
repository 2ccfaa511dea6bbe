#pragma once

#include "ui/compare/differences.h"

#include <QWidget>

namespace flatline {

/// The difference table: a column a run, each in its own ink, and what B is more or less than A. Better or worse is
/// said by a sign, too, not by colour alone.
class DifferenceTable : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;

    /// `columns`: how many runs; 0: only names and differences.
    void showRows(std::vector<DifferenceRow> rows, std::size_t columns);
    [[nodiscard]] const std::vector<DifferenceRow>& rows() const { return m_rows; }
    /// The table in words, a line a row.
    [[nodiscard]] QString text() const;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] bool tellsDifferences() const { return m_columns <= 2; }

    std::vector<DifferenceRow> m_rows;
    std::size_t m_columns = 0;
    std::vector<double> m_needs; ///< the widest figure of each column so far
};

} // namespace flatline
