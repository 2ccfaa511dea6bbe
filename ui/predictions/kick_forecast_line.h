#pragma once

#include "ui/predictions/guess_book.h"

#include <QWidget>

class QLabel;

namespace flatline {

class SpreadChart;

/// What a kick is expected to do, before it is made: "2.3 of 7 (0 to 5)" with the chances as bars.
class KickForecastLine : public QWidget {
    Q_OBJECT
public:
    explicit KickForecastLine(QWidget* parent = nullptr);

    /// Of that kick for the run as the frame shows it; kept back where the book says so.
    void showForecast(const Frame& frame, const ThermalKick& kick, const GuessBook& book);

private:
    void showWords(const QString& words, const QString& help);

    QLabel* m_title;
    QLabel* m_words;
    SpreadChart* m_chart;
};

} // namespace flatline
