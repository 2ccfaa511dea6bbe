#include "app/command_line/progress.h"

#include <QCoreApplication>
#include <QString>

#include <algorithm>
#include <iostream>

namespace flatline {

namespace {
constexpr int barWidth = 30;
constexpr auto clearLine = "\r\x1b[K";
} // namespace

Progress::~Progress() {
    if (m_drawn)
        std::cerr << clearLine << std::flush;
}

void Progress::show(std::int64_t done, std::int64_t total, std::int64_t step, double loss) {
    if (!m_shown || Clock::now() < m_next)
        return;
    m_next = Clock::now() + std::chrono::milliseconds(100);
    m_drawn = true;
    const double share = total > 0 ? static_cast<double>(done) / static_cast<double>(total) : 1.0;
    const int filled = std::clamp(static_cast<int>(share * barWidth), 0, barWidth);
    const QString bar = QString(filled, QLatin1Char('#')) + QString(barWidth - filled, QLatin1Char('.'));
    const QString text = QCoreApplication::translate("command_line", "[%1] %2 %, step %3, train loss %4")
                             .arg(bar)
                             .arg(static_cast<int>(share * 100.0))
                             .arg(step)
                             .arg(loss, 0, 'g', 3);
    std::cerr << clearLine << text.toStdString() << std::flush;
}

} // namespace flatline
