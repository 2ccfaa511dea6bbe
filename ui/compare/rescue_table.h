#pragma once

#include "ui/compare/rescue_text.h"

#include <QTableWidget>

namespace flatline {

/// The leaderboard: a row a cure, sorted by a click on a head; each cure can be done to the run from its row.
class RescueTable : public QTableWidget {
    Q_OBJECT
public:
    explicit RescueTable(QWidget* parent = nullptr);

    void showLines(std::vector<RescueLine> lines);
    [[nodiscard]] const std::vector<RescueLine>& lines() const { return m_lines; } ///< as they stand
    void sortBy(RescueColumn column, bool downwards);
    [[nodiscard]] int wantedHeight() const; ///< for all cures

signals:
    void cureWished(const flatline::CureRow* cure); ///< to be done to the run now
    void twinWished(const flatline::CureRow* cure); ///< to a twin of it

protected:
    void changeEvent(QEvent* event) override;

private:
    void refill();
    void fillRow(int row, const RescueLine& line);
    void addDeed(int row, const RescueLine& line);

    std::vector<RescueLine> m_lines;
    RescueColumn m_column = RescueColumn::Recovered;
    bool m_downwards = true;
};

} // namespace flatline
