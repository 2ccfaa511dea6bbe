#include "ui/runs/runs.h"

#include "ui/charts/end_shape.h"
#include "ui/fields/setting_text.h"

#include <QPainter>

#include <algorithm>

namespace flatline {
namespace {

constexpr RunSign signs[mostRuns] = {
    {'A', &Theme::text, PlotCurve::End::Disc},
    {'B', &Theme::runB, PlotCurve::End::Square},
    {'C', &Theme::runC, PlotCurve::End::Diamond},
    {'D', &Theme::runD, PlotCurve::End::Triangle},
};

} // namespace

const RunSign& runSign(std::size_t index) {
    return signs[std::min(index, mostRuns - 1)];
}

QString runLetter(std::size_t index) {
    return QString(QLatin1Char(runSign(index).letter));
}

void paintRunSign(QPainter& painter, const QRectF& box, std::size_t index, const Theme& theme) {
    const RunSign& sign = runSign(index);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.*sign.ink);
    // Large enough shapes for a letter: a triangle has its room below.
    const double half = box.width() / 2.0;
    const double reach = sign.end == PlotCurve::End::Square ? half * 0.94 : half;
    paintEndShape(painter, sign.end, box.center(), reach);
    QFont font = fontFor(TextRole::Body);
    font.setWeight(QFont::Bold);
    font.setPixelSize(static_cast<int>(box.height() * (sign.end == PlotCurve::End::Triangle ? 0.42 : 0.52)));
    painter.setFont(font);
    painter.setPen(theme.surface);
    const double lower = sign.end == PlotCurve::End::Triangle ? box.height() * 0.14 : 0.0;
    painter.drawText(box.translated(0.0, lower), Qt::AlignCenter, runLetter(index));
    painter.restore();
}

std::vector<const SettingRow*> differingSettings(const Runs& runs) {
    std::vector<const SettingRow*> rows;
    for (const SettingRow& row : settingTable())
        if (std::string_view(row.path) != "name" && std::ranges::any_of(runs, [&](const auto& run) {
                return row.get(run->settings) != row.get(runs.front()->settings);
            }))
            rows.push_back(&row);
    return rows;
}

int deedsOf(const Snapshot& run) {
    return run.curves == nullptr ? 0 : static_cast<int>(std::ranges::count_if(run.curves->marks, [](const Mark& mark) {
        return !std::holds_alternative<SettingChange>(mark.action);
    }));
}

bool deedsDiffer(const Runs& runs) {
    return std::ranges::any_of(runs, [&](const auto& run) { return deedsOf(*run) != deedsOf(*runs.front()); });
}

QStringList runNames(const Runs& runs) {
    const std::vector<const SettingRow*> rows = differingSettings(runs);
    QStringList names;
    for (const auto& run : runs) {
        if (rows.empty()) {
            names << QString();
            continue;
        }
        const SettingRow& row = *rows.front();
        const QString value = settingValueText(row.path, row.get(run->settings));
        names << (std::string_view(row.path) == "network.activation"
                      ? value
                      : settingName(row.path) + QLatin1Char(' ') + value);
    }
    return names;
}

QString runTitle(std::size_t index, const QStringList& names) {
    const QString name = names.value(static_cast<qsizetype>(index));
    return name.isEmpty() ? runLetter(index) : runLetter(index) + QStringLiteral(" · ") + name;
}

} // namespace flatline
