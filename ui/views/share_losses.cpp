#include "ui/views/share_losses.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace flatline {
namespace {

constexpr int points = 120;
constexpr double highest = 6.0; ///< a share of 1 in 400
constexpr double crowded = 0.55;
constexpr double beside = 0.04; ///< shares that differ by less have one note

QString say(const char* text) {
    return QCoreApplication::translate("outputs", text);
}

CurvePoint costOf(double share) {
    const double loss = std::min(highest, -std::log(std::max(share, 1e-9)));
    return {share, loss, loss, loss};
}

} // namespace

std::optional<PlotContent> shareLosses(const OutputTable& table) {
    const auto own = std::ranges::find(table.own, char{1});
    if (own == table.own.end())
        return std::nullopt;
    const auto row = static_cast<std::size_t>(own - table.own.begin());
    PlotContent content;
    PlotCurve line;
    for (int i = 0; i <= points; ++i)
        line.points.push_back(costOf(static_cast<double>(i) / points));
    line.ink = &Theme::muted;
    line.width = 1.4;
    line.end = PlotCurve::End::None;
    content.curves.push_back(std::move(line));
    for (const OutputGroup& group : table.groups) {
        if (group.loss.isEmpty())
            continue;
        const double share = group.infinite ? 0.0 : group.cells[row].front().bar;
        PlotCurve place;
        place.points.push_back(costOf(share));
        place.ink = group.infinite ? &Theme::dead : &Theme::text;
        place.end = group.inUse ? PlotCurve::End::Disc : PlotCurve::End::Ring;
        content.curves.push_back(std::move(place));
        const QString words = QStringLiteral("%1 %2").arg(group.title, group.infinite ? QStringLiteral("∞")
                                                                                      : group.cells[row].front().text);
        if (!content.notes.empty() && std::abs(content.notes.back().x - share) < beside) {
            content.notes.back().text += QStringLiteral(", ") + words; // there is no room for two
            continue;
        }
        content.notes.push_back({.x = share,
                                 .y = costOf(share).value,
                                 .text = words,
                                 .ink = group.infinite ? &Theme::dead : &Theme::text,
                                 .leftOf = share > crowded});
    }
    if (content.notes.empty())
        return std::nullopt;
    content.xRange = AxisRange{0.0, 1.0};
    content.yRange = AxisRange{0.0, 1.1 * highest}; // words at the top stay clear of the title
    content.yTicks = {0.0, 2.0, 4.0, 6.0};
    content.xTitle = say(QT_TRANSLATE_NOOP("outputs", "share p of the sample's own class"));
    content.yTitle = say(QT_TRANSLATE_NOOP("outputs", "loss = −ln p"));
    content.margins = {36, 22, 16, 34};
    return content;
}

} // namespace flatline
