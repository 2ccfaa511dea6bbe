#pragma once

#include <QRect>
#include <QStringList>

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace flatline {

/// Which views stand in the grid, and where. A view stands in one place at most.
class ViewArrangement {
public:
    static constexpr int most = 6;
    static constexpr int usual = 4; ///< as many as a lesson can point at, each large enough to read

    /// `ids`: all views there are, in the table's order.
    explicit ViewArrangement(QStringList ids);

    [[nodiscard]] int count() const { return m_count; }
    void setCount(int count); ///< 1 to 6; others become the nearest of these
    /// The views shown, place after place: their numbers in the table.
    [[nodiscard]] std::span<const std::size_t> shown() const;
    [[nodiscard]] std::optional<std::size_t> placeOf(std::size_t view) const; ///< nothing for a view that is not shown
    /// That view stands there now; where it stood before, the one that was there.
    void choose(std::size_t place, std::size_t view);

    /// All views as they are ordered, the shown ones first: what is remembered.
    [[nodiscard]] QStringList order() const;
    /// The order as it was remembered: unknown names are passed over, new views come last.
    void setOrder(const QStringList& order);

private:
    QStringList m_ids;
    std::vector<std::size_t> m_order; ///< every view once
    int m_count = usual;
};

/// Where the places of so many views lie: rectangles that fill `area` but for gaps. Few are side by side, three are a
/// large one and two, five and six stand in two rows.
[[nodiscard]] std::vector<QRect> viewPlaces(int count, const QRect& area, int gap);

} // namespace flatline
