#include "ui/views/layer_functions.h"

#include "ui/theme/theme.h"

#include <QCoreApplication>

#include <algorithm>

namespace flatline {

namespace {

constexpr std::size_t mostBlades = 16; ///< of a fan: more neurons than that are its area alone

QString say(const char* text) {
    return QCoreApplication::translate("charts", text);
}

AxisRange reach(const Curve& curve) {
    AxisRange range;
    for (const CurvePoint& point : curve)
        range = {std::min(range.from, point.low), std::max(range.to, point.high)};
    return range;
}

/// Lays a curve whose values span `values` over bars of which the axis shows up to `top`.
void fitOver(Curve& curve, AxisRange values, double top) {
    const double scale = 0.94 * top / std::max(1e-12, values.span());
    for (CurvePoint& point : curve)
        for (double* figure : {&point.low, &point.high, &point.value})
            *figure = (*figure - values.from) * scale;
}

/// The formula: left of a rising curve, or below one that has become level.
PlotNote formulaNote(const Curve& fitted, const ActivationRow& row, double top) {
    const double end = fitted.back().value;
    if (end - fitted[fitted.size() * 5 / 6].value < 0.04 * top) {
        PlotNote note{.x = fitted.back().step, .y = end - 0.28 * top, .text = QString::fromUtf8(row.formula)};
        note.leftOf = true;
        return note;
    }
    const auto high = std::find_if(fitted.begin(), fitted.end(),
                                   [top](const CurvePoint& point) { return point.value >= 0.84 * top; });
    const CurvePoint& place = high != fitted.end() ? *high : fitted.back();
    PlotNote note{.x = place.step, .y = place.value, .text = QString::fromUtf8(row.formula)};
    note.leftOf = true;
    return note;
}

/// The ground's colour around a curve, so that it can be told from the bars below it.
PlotCurve casing(const PlotCurve& curve) {
    PlotCurve wider{.points = curve.points, .ink = &Theme::surface};
    wider.width = curve.width + 2.0;
    wider.end = PlotCurve::End::None;
    return wider;
}

} // namespace

Curve sampledFunction(ElementFunctions<double>::Function function, const ActivationParameters& parameters,
                      AxisRange range) {
    constexpr int count = 120;
    std::vector<double> z;
    for (int i = 0; i <= count; ++i)
        z.push_back(range.from + range.span() * i / count);
    for (const double beside : {-1e-9, 1e-9})
        z.push_back(beside);
    std::erase(z, 0.0);
    std::sort(z.begin(), z.end());
    std::vector<double> values(z.size());
    function(z.data(), values.data(), z.size(), parameters);
    Curve curve;
    for (std::size_t i = 0; i < z.size(); ++i)
        curve.push_back({z[i], values[i], values[i], values[i]});
    return curve;
}

LayerFunctions::LayerFunctions(const NetworkSpec& spec, std::span<const float> slopes)
    : m_row(*spec.activation)
    , m_parameters(std::max<std::size_t>(1, slopes.size()), spec.activationParameters) {
    for (std::size_t i = 0; i < slopes.size(); ++i)
        m_parameters[i].alpha = static_cast<double>(slopes[i]);
    std::ranges::sort(m_parameters, {}, &ActivationParameters::alpha);
}

/// The middle one, with the range of all as its band.
Curve LayerFunctions::fan(Function function, AxisRange range) const {
    Curve curve = sampledFunction(function, m_parameters[m_parameters.size() / 2], range);
    for (const ActivationParameters& end : {m_parameters.front(), m_parameters.back()}) {
        const Curve other = sampledFunction(function, end, range);
        for (std::size_t i = 0; i < curve.size(); ++i) {
            curve[i].low = std::min(curve[i].low, other[i].value);
            curve[i].high = std::max(curve[i].high, other[i].value);
        }
    }
    return curve;
}

/// The learnt functions of single neurons, thin, below the fan's middle.
void LayerFunctions::addBlades(PlotContent& content, AxisRange values, double top) const {
    if (m_parameters.size() < 2 || m_parameters.size() > mostBlades)
        return;
    for (const ActivationParameters& parameters : m_parameters) {
        PlotCurve blade{.points =
                            sampledFunction(m_row.functions<double>().value, parameters, {content.xRange->from, 0.0})};
        fitOver(blade.points, values, top);
        blade.width = 1.0;
        blade.ink = &Theme::muted;
        blade.end = PlotCurve::End::None;
        content.curves.push_back(std::move(blade));
    }
}

/// "slopes 0.12 to 0.41", at the left: there the functions differ.
void LayerFunctions::addSlopesNote(PlotContent& content, double top) const {
    if (!m_row.learntSlope)
        return;
    const QString low = numberText(m_parameters.front().alpha);
    const QString high = numberText(m_parameters.back().alpha);
    PlotNote note{.x = content.xRange->from, .y = top, .text = {}};
    note.text = low == high ? say(QT_TRANSLATE_NOOP("charts", "learnt slopes: all %1")).arg(low)
                            : say(QT_TRANSLATE_NOOP("charts", "learnt slopes %1 to %2")).arg(low, high);
    content.notes.push_back(note);
}

void LayerFunctions::addTo(PlotContent& content, double top) const {
    const auto& pair = m_row.functions<double>();
    PlotCurve value{.points = fan(pair.value, *content.xRange)};
    PlotCurve slope{.points = fan(pair.derivative, *content.xRange)};
    const AxisRange valueReach = reach(value.points);
    const AxisRange slopeReach = reach(slope.points);
    const AxisRange both{std::min(valueReach.from, slopeReach.from), std::max(valueReach.to, slopeReach.to)};
    fitOver(value.points, both, top);
    fitOver(slope.points, both, top);
    value.band = m_row.learntSlope;
    slope.ink = &Theme::muted;
    slope.pen = Qt::DashLine;
    slope.width = 1.2;
    slope.end = PlotCurve::End::None;
    slope.name = QStringLiteral("f′");
    value.end = PlotCurve::End::None;
    content.notes.push_back(formulaNote(value.points, m_row, top));
    if (both.from < -0.05 * both.to)
        content.references.push_back({-both.from * 0.94 * top / both.span(), QStringLiteral("f = 0")});
    addBlades(content, both, top);
    content.curves.push_back(casing(slope));
    content.curves.push_back(std::move(slope));
    content.curves.push_back(casing(value));
    content.curves.push_back(std::move(value));
    addSlopesNote(content, top);
}

std::vector<char> LayerFunctions::passing(const std::vector<double>& z) const {
    std::vector<double> slopes(z.size());
    std::vector<char> passing(z.size(), 0);
    for (const ActivationParameters& parameters : {m_parameters.front(), m_parameters.back()}) {
        m_row.functions<double>().derivative(z.data(), slopes.data(), z.size(), parameters);
        for (std::size_t i = 0; i < slopes.size(); ++i)
            passing[i] = passing[i] != 0 || slopes[i] != 0.0;
    }
    return passing;
}

} // namespace flatline
