#include "app/command_line/progress.h"

#include <QCoreApplication>

#include <algorithm>
#include <iostream>

namespace flatline {

namespace {
constexpr int barWidth = 30;
constexpr auto clearLine = "\r\x1b[K";

QString tr(const char* text) {
    return QCoreApplication::translate("command_line", text);
}
} // namespace

Progress::~Progress() {
    if (m_drawn)
        std::cerr << clearLine << std::flush;
}

void Progress::show(std::int64_t done, std::int64_t total, std::int64_t step, double loss) {
    if (due())
        draw(total > 0 ? static_cast<double>(done) / static_cast<double>(total) : 1.0,
             tr("step %1, train loss %2").arg(step).arg(loss, 0, 'g', 3));
}

void Progress::showRuns(double share, std::int64_t done, std::int64_t total) {
    if (due())
        draw(share, tr("%1 of %2 runs").arg(done).arg(total));
}

bool Progress::due() {
    if (!m_shown || Clock::now() < m_next)
        return false;
    m_next = Clock::now() + std::chrono::milliseconds(100);
    return true;
}

void Progress::draw(double share, const QString& detail) {
    m_drawn = true;
    const int filled = std::clamp(static_cast<int>(share * barWidth), 0, barWidth);
    const QString bar = QString(filled, QLatin1Char('#')) + QString(barWidth - filled, QLatin1Char('.'));
    const QString text = tr("[%1] %2 %, %3").arg(bar, QString::number(static_cast<int>(share * 100.0)), detail);
    std::cerr << clearLine << text.toStdString() << std::flush;
}

} // namespace flatline
