#include "ui/views/anatomy_content.h"

#include "ui/fields/neuron_parameters.h"
#include "ui/theme/theme.h"
#include "ui/views/activation_row.h"
#include "ui/views/layer_functions.h"

#include <QCoreApplication>

#include <algorithm>

namespace flatline {

namespace {

constexpr double barShare = 0.45; ///< of the height above 0, for the highest bar: the curves stay in front
constexpr AxisRange partsRange{-4.0, 4.0};
constexpr std::size_t gatesShown = 8; ///< single ones, thin

QString say(const char* text) {
    return QCoreApplication::translate("anatomy", text);
}

const ElementFunctions<double>& relu() {
    return findActivation("relu")->functions<double>();
}

void addTo(Histogram& sum, const Histogram& part) {
    if (sum.bins.empty()) {
        sum = part;
        return;
    }
    for (std::size_t i = 0; i < std::min(sum.bins.size(), part.bins.size()); ++i)
        sum.bins[i] += part.bins[i];
    sum.below += part.below;
    sum.above += part.above;
    sum.zeros += part.zeros;
    sum.nonFinite += part.nonFinite;
    sum.count += part.count;
}

PlotCurve line(Curve points, Ink ink, double width, Qt::PenStyle pen = Qt::SolidLine) {
    PlotCurve curve{.points = std::move(points), .ink = ink};
    curve.width = width;
    curve.pen = pen;
    curve.end = PlotCurve::End::None;
    return curve;
}

/// a + scale * b, point by point.
Curve sum(const Curve& a, const Curve& b, double scale) {
    Curve curve = a;
    for (std::size_t i = 0; i < curve.size(); ++i) {
        const double value = a[i].value + scale * b[i].value;
        curve[i] = {a[i].step, value, value, value};
    }
    return curve;
}

AxisRange reachOf(const Curve& curve) {
    AxisRange range;
    for (const CurvePoint& point : curve)
        range = {std::min(range.from, point.value), std::max(range.to, point.value)};
    return range;
}

/// Words beside a place that is in the picture: where a curve has left it, where it does.
PlotNote noteAt(const Curve& curve, double part, const QString& text, Ink ink, AxisRange shown) {
    auto index = static_cast<std::size_t>(part * static_cast<double>(curve.size() - 1));
    while (index > 0 && curve[index].value > shown.to)
        --index;
    PlotNote note{.x = curve[index].step, .y = curve[index].value, .text = text, .ink = ink};
    note.leftOf = true;
    return note;
}

void addBars(PlotContent& content, const AnatomySubject& subject) {
    const HistogramShares shares = histogramShares(subject.z, true);
    content.bars.heights = shares.heights;
    content.bars.filled = subject.passing;
    const double top = content.yRange->to;
    for (double& height : content.bars.heights)
        height = std::min(height / std::max(1e-9, shares.highestInside), 1.0) * barShare * top;
}

/// The identity, the bend and their sum, which is f; or ReLU, the rest and their sum.
PlotContent twoParts(const AnatomySubject& subject, const Curve& first, const QString& firstName,
                     const QString& restName) {
    const Curve whole = sampledFunction(subject.row->functions<double>().value, subject.parameters, partsRange);
    PlotContent content;
    PlotCurve a = line(first, &Theme::muted, 1.4, Qt::DashLine);
    a.name = firstName;
    PlotCurve b = line(sum(whole, first, -1.0), &Theme::test, 1.4);
    b.name = restName;
    PlotCurve both = line(whole, &Theme::text, 2.0);
    both.name = say(QT_TRANSLATE_NOOP("anatomy", "f: their sum"));
    content.curves = {std::move(a), std::move(b), std::move(both)};
    return content;
}

/// A gate: 0 up to its threshold, x beyond.
Curve gateCurve(double threshold) {
    const double n = std::clamp(threshold, partsRange.from, partsRange.to);
    Curve curve;
    for (const auto& [x, y] : {std::pair(partsRange.from, 0.0), {n, 0.0}, {n, n}, {partsRange.to, partsRange.to}})
        curve.push_back({x, y, y, y});
    return curve;
}

PlotContent gatesContent(const AnatomySubject& subject, const RandomGates& gates) {
    const Curve whole = sampledFunction(subject.row->functions<double>().value, subject.parameters, partsRange);
    PlotContent content;
    const auto thresholds = gates.thresholds();
    for (const double one : thresholds.last(std::min(gatesShown, thresholds.size())))
        content.curves.push_back(line(gateCurve(one), &Theme::border, 1.0));
    std::vector<double> x;
    for (const CurvePoint& point : whole)
        x.push_back(point.step);
    const std::vector<double> means = gates.mean(x);
    Curve mean;
    for (std::size_t i = 0; i < x.size(); ++i)
        mean.push_back({x[i], means[i], means[i], means[i]});
    PlotCurve exact = line(whole, &Theme::muted, 1.4, Qt::DashLine);
    exact.name = say(QT_TRANSLATE_NOOP("anatomy", "x Φ(x)"));
    PlotCurve drawn = line(std::move(mean), &Theme::text, 2.0);
    drawn.name = say(QT_TRANSLATE_NOOP("anatomy", "mean of %1")).arg(countText(gates.count()));
    content.curves.push_back(std::move(drawn));
    content.curves.push_back(std::move(exact));
    return content;
}

} // namespace

AnatomySubject anatomySubject(const Snapshot& snapshot, int layer) {
    AnatomySubject subject;
    subject.row = snapshot.spec->activation;
    subject.layer = layer;
    std::vector<float> slopes;
    double values = 0.0;
    const auto& layers = snapshot.diagnosis->layers;
    for (std::size_t k = 0; k < layers.size(); ++k) {
        if (layer > 0 && static_cast<int>(k) + 1 != layer)
            continue;
        addTo(subject.z, layers[k].preActivations);
        const std::span<const float> own = learntSlopes(snapshot, static_cast<int>(k) + 1);
        slopes.insert(slopes.end(), own.begin(), own.end());
        subject.inactiveShare += layers[k].inactiveShare * static_cast<double>(layers[k].neurons.size());
        values += static_cast<double>(layers[k].neurons.size());
    }
    subject.inactiveShare /= std::max(1.0, values);
    const LayerFunctions functions(*snapshot.spec, slopes);
    subject.parameters = functions.middle();
    subject.passing = functions.passing(barMiddles(subject.z));
    return subject;
}

PlotContent shapeContent(const AnatomySubject& subject, bool derivative) {
    const auto& own = subject.row->functions<double>();
    const double width = barWidth(subject.z);
    const double range = static_cast<double>(subject.z.range);
    const AxisRange x{-range - width, range + width};
    const Curve curve = sampledFunction(derivative ? own.derivative : own.value, subject.parameters, x);
    const Curve beside = sampledFunction(derivative ? relu().derivative : relu().value, {}, x);
    const AxisRange reach = reachOf(curve);
    PlotContent content;
    content.xRange = x;
    content.margins = {30, 16, 8, 18};
    const double top = std::max(1.0, reach.to);
    content.yRange = AxisRange{std::min(reach.from, 0.0) - 0.08 * top, 1.14 * top};
    addBars(content, subject);
    const bool isRelu = subject.row == findActivation("relu");
    if (!isRelu) {
        content.curves.push_back(line(beside, &Theme::muted, 1.2, Qt::DashLine));
        content.notes.push_back(noteAt(beside, 0.97, say(QT_TRANSLATE_NOOP("anatomy", "ReLU")), &Theme::muted,
                                       {content.yRange->from, 0.9 * content.yRange->to}));
    }
    content.curves.push_back(line(curve, &Theme::text, 2.0));
    content.notes.insert(content.notes.begin(),
                         PlotNote{.x = x.from,
                                  .y = content.yRange->to,
                                  .text = derivative ? QStringLiteral("f′(z)") : QStringLiteral("f(z)")});
    if (derivative && subject.row->reluLike) {
        const double zero = 0.0;
        double slope = 0.0;
        own.derivative(&zero, &slope, 1, subject.parameters);
        PlotCurve dot = line({{0.0, slope, slope, slope}}, &Theme::text, 2.0);
        dot.end = PlotCurve::End::Disc;
        content.curves.push_back(std::move(dot));
        PlotNote note{.x = 0.0, .y = slope + 0.04, .text = QStringLiteral("f′(0) = %1").arg(numberText(slope))};
        note.leftOf = true;
        content.notes.push_back(note);
    }
    return content;
}

AnatomyParts partsOf(const ActivationRow& row) {
    if (row.reluLike)
        return AnatomyParts::Residual;
    return row.id == std::string_view("gelu") ? AnatomyParts::Gates : AnatomyParts::Rest;
}

QString partsFormula(const AnatomySubject& subject) {
    switch (partsOf(*subject.row)) {
    case AnatomyParts::Residual:
        return subject.row->hasAlpha
                   ? say(QT_TRANSLATE_NOOP("anatomy", "f(x) = x + (α − 1)·min(0, x), α = %1"))
                         .arg(numberText(subject.parameters.alpha))
                   : say(QT_TRANSLATE_NOOP("anatomy", "f(x) = x − min(0, x): the identity and what it takes away"));
    case AnatomyParts::Gates:
        return say(QT_TRANSLATE_NOOP("anatomy", "x·1[n < x], n normal: a gate that opens by chance"));
    case AnatomyParts::Rest:
        break;
    }
    return say(QT_TRANSLATE_NOOP("anatomy", "f(x) = max(0, x) + rest: what it adds to ReLU"));
}

PlotContent partsContent(const AnatomySubject& subject, const RandomGates& gates) {
    PlotContent content;
    const auto& identity = findActivation("identity")->functions<double>();
    switch (partsOf(*subject.row)) {
    case AnatomyParts::Residual:
        content =
            twoParts(subject, sampledFunction(identity.value, {}, partsRange),
                     say(QT_TRANSLATE_NOOP("anatomy", "x: identity")), say(QT_TRANSLATE_NOOP("anatomy", "residual")));
        break;
    case AnatomyParts::Gates:
        content = gatesContent(subject, gates);
        break;
    case AnatomyParts::Rest:
        content = twoParts(subject, sampledFunction(relu().value, {}, partsRange),
                           say(QT_TRANSLATE_NOOP("anatomy", "ReLU")), say(QT_TRANSLATE_NOOP("anatomy", "rest")));
        break;
    }
    AxisRange reach;
    for (const PlotCurve& curve : content.curves)
        reach = {std::min(reach.from, reachOf(curve.points).from), std::max(reach.to, reachOf(curve.points).to)};
    content.xRange = partsRange;
    content.yRange = AxisRange{reach.from - 0.05 * reach.span(), reach.to + 0.05 * reach.span()};
    content.margins = {32, 8, 92, 32};
    content.xTitle = QStringLiteral("x");
    return content;
}

} // namespace flatline
