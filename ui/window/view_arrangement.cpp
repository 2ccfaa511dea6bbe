#include "ui/window/view_arrangement.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace flatline {

namespace {

constexpr int columns = 6; ///< halves and thirds
constexpr int lines = 2;

struct Cell {
    int left, top, wide, tall;
};

std::vector<Cell> cellsOf(int count) {
    switch (count) {
    case 1:
        return {{0, 0, 6, 2}};
    case 2:
        return {{0, 0, 3, 2}, {3, 0, 3, 2}};
    case 3:
        return {{0, 0, 3, 2}, {3, 0, 3, 1}, {3, 1, 3, 1}};
    case 4:
        return {{0, 0, 3, 1}, {3, 0, 3, 1}, {0, 1, 3, 1}, {3, 1, 3, 1}};
    case 5:
        return {{0, 0, 3, 1}, {3, 0, 3, 1}, {0, 1, 2, 1}, {2, 1, 2, 1}, {4, 1, 2, 1}};
    default:
        return {{0, 0, 2, 1}, {2, 0, 2, 1}, {4, 0, 2, 1}, {0, 1, 2, 1}, {2, 1, 2, 1}, {4, 1, 2, 1}};
    }
}

} // namespace

ViewArrangement::ViewArrangement(QStringList ids)
    : m_ids(std::move(ids))
    , m_order(static_cast<std::size_t>(m_ids.size())) {
    std::iota(m_order.begin(), m_order.end(), std::size_t{0});
    setCount(usual);
}

void ViewArrangement::setCount(int count) {
    m_count = std::clamp(count, 1, std::min(most, static_cast<int>(m_order.size())));
}

std::span<const std::size_t> ViewArrangement::shown() const {
    return std::span(m_order).first(static_cast<std::size_t>(m_count));
}

std::optional<std::size_t> ViewArrangement::placeOf(std::size_t view) const {
    const auto all = shown();
    const auto found = std::find(all.begin(), all.end(), view);
    return found == all.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - all.begin()));
}

void ViewArrangement::choose(std::size_t place, std::size_t view) {
    const auto found = std::find(m_order.begin(), m_order.end(), view);
    if (place < m_order.size() && found != m_order.end())
        std::swap(m_order[place], *found);
}

QStringList ViewArrangement::order() const {
    QStringList names;
    for (const std::size_t view : m_order)
        names << m_ids[static_cast<qsizetype>(view)];
    return names;
}

void ViewArrangement::setOrder(const QStringList& order) {
    std::size_t place = 0;
    for (const QString& name : order) {
        const qsizetype view = m_ids.indexOf(name);
        const auto found = std::find(m_order.begin() + static_cast<std::ptrdiff_t>(place), m_order.end(),
                                     static_cast<std::size_t>(view));
        if (view < 0 || found == m_order.end())
            continue; // no such view, or named twice
        std::rotate(m_order.begin() + static_cast<std::ptrdiff_t>(place), found, found + 1);
        ++place;
    }
}

std::vector<QRect> viewPlaces(int count, const QRect& area, int gap) {
    const auto edge = [gap](int length, int part, int parts) {
        return static_cast<int>(std::lround(static_cast<double>(length + gap) * part / parts));
    };
    std::vector<QRect> places;
    for (const Cell& cell : cellsOf(count)) {
        const int left = edge(area.width(), cell.left, columns);
        const int top = edge(area.height(), cell.top, lines);
        const int wide = edge(area.width(), cell.left + cell.wide, columns) - left - gap;
        const int tall = edge(area.height(), cell.top + cell.tall, lines) - top - gap;
        places.emplace_back(area.left() + left, area.top() + top, wide, tall);
    }
    return places;
}

} // namespace flatline
