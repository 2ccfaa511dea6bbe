#include "core/training/history.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace flatline {
namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

/// std::fmin and fmax pass over NaN, which is what a missing or non-finite value becomes.
double known(double value) {
    return std::isfinite(value) ? value : nothing;
}

void appendPoint(Curve& curve, double step, double low, double high, double value) {
    if (!std::isfinite(value))
        value = std::isfinite(high) ? high : nothing;
    if (std::isfinite(value))
        curve.push_back({step, std::fmin(low, value), std::fmax(high, value), value});
}

} // namespace

History::Span History::spanOf(const Observation& row) {
    Span span;
    span.train = {known(row.trainLoss), known(row.trainLoss)};
    const double test = known(row.testLoss.value_or(nothing));
    span.test = {test, test};
    const double update = known(row.updateRatio.value_or(nothing));
    span.update = {update, update};
    for (const Observation::Layer& layer : row.layers) {
        span.dead.push_back({static_cast<double>(layer.dead), static_cast<double>(layer.dead)});
        span.gradients.push_back({known(layer.gradientNorm), known(layer.gradientNorm)});
    }
    return span;
}

void History::widen(Span& span, const Span& by) {
    const auto extend = [](Extremes& a, const Extremes& b) {
        a = {std::fmin(a.low, b.low), std::fmax(a.high, b.high)};
    };
    extend(span.train, by.train);
    extend(span.test, by.test);
    extend(span.update, by.update);
    for (std::size_t k = 0; k < span.dead.size(); ++k) {
        extend(span.dead[k], by.dead[k]);
        extend(span.gradients[k], by.gradients[k]);
    }
}

void History::append(std::shared_ptr<const Observation> row) {
    const Span span = spanOf(*row);
    if (row->afterIntervention && !m_rows.empty() && m_rows.back()->afterIntervention &&
        m_rows.back()->step == row->step) { // however often it is kicked: the last look counts
        widen(m_spans.back(), span);
        m_rows.back() = std::move(row);
        return;
    }
    m_spans.push_back(span);
    m_rows.push_back(std::move(row));
    if (m_maximum > 0 && m_rows.size() > m_maximum)
        thin();
}

void History::truncate(std::int64_t step) {
    while (!m_rows.empty() && m_rows.back()->step > step) {
        m_rows.pop_back();
        m_spans.pop_back();
    }
}

bool History::dropSecondLook(std::int64_t step) {
    if (m_rows.size() < 2 || !m_rows.back()->afterIntervention || m_rows.back()->step != step)
        return false;
    m_rows.pop_back();
    m_spans.pop_back();
    return true;
}

// Rows that were taken out of turn (pauses, kicks) go first; only where that does not help is the stride doubled.
void History::thin() {
    keepMultiples();
    while (m_rows.size() > m_maximum - m_maximum / 4) {
        m_stride *= 2;
        keepMultiples();
    }
}

void History::keepMultiples() {
    std::size_t kept = 0;
    std::vector<Span> waiting; // of rows that went, for the next one that stays
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const bool stays = m_rows[i]->step % m_stride == 0;
        if (!stays) {
            waiting.push_back(m_spans[i]);
            continue;
        }
        for (const Span& span : waiting)
            widen(m_spans[i], span);
        waiting.clear();
        m_rows[kept] = m_rows[i];
        m_spans[kept] = m_spans[i];
        ++kept;
    }
    if (!waiting.empty() && kept > 0) // the newest rows went: the last that stays speaks for them
        for (const Span& span : waiting)
            widen(m_spans[kept - 1], span);
    m_rows.resize(kept);
    m_spans.resize(kept);
}

Curves History::curves(const Observation& now, std::size_t columns) const {
    Curves curves;
    curves.dead.resize(now.layers.size());
    curves.gradients.resize(now.layers.size());
    std::size_t group = 1; // powers of two of whole rows, so that columns stay where they are while a run grows
    while (m_rows.size() / group > columns)
        group *= 2;
    const auto appendGroup = [&curves](const Observation& row, const Span& span) {
        const auto step = static_cast<double>(row.step);
        appendPoint(curves.trainLoss, step, span.train.low, span.train.high, row.trainLoss);
        appendPoint(curves.testLoss, step, span.test.low, span.test.high, row.testLoss.value_or(nothing));
        appendPoint(curves.warming, step, row.warming, row.warming, row.warming);
        appendPoint(curves.update, step, span.update.low, span.update.high, row.updateRatio.value_or(nothing));
        for (std::size_t k = 0; k < curves.dead.size(); ++k) {
            const Observation::Layer& layer = row.layers[k];
            appendPoint(curves.dead[k], step, span.dead[k].low, span.dead[k].high, layer.dead);
            appendPoint(curves.gradients[k], step, span.gradients[k].low, span.gradients[k].high, layer.gradientNorm);
        }
    };
    for (std::size_t first = 0; first < m_rows.size(); first += group) {
        const std::size_t last = std::min(first + group, m_rows.size()) - 1;
        Span span = m_spans[first];
        for (std::size_t i = first + 1; i <= last; ++i)
            widen(span, m_spans[i]);
        appendGroup(*m_rows[last], span);
    }
    if (m_rows.empty() || !(*m_rows.back() == now))
        appendGroup(now, spanOf(now));
    if (std::ranges::all_of(curves.warming, [](const CurvePoint& point) { return point.value == 0.0; }))
        curves.warming.clear();
    return curves;
}

} // namespace flatline
