#include "ui/charts/label_room.h"

#include "ui/charts/plot_points.h"

#include <algorithm>
#include <cmath>

namespace flatline {

LabelRoom::LabelRoom(const PlotScene& scene)
    : m_scene(scene)
    , m_taken{cursorBox(scene)} {
    for (const PlotCurve& curve : scene.content.curves)
        m_lines.push_back(linePoints(curve, scene.content.logarithmic));
    for (const PlotReference& reference : scene.content.references)
        if (const auto value = axisValue(reference.y, scene.content.logarithmic);
            value && *value >= scene.y.from && *value <= scene.y.to)
            m_levels.push_back(scene.placeY(*value));
}

bool LabelRoom::free(const QRectF& place) const {
    return std::ranges::none_of(m_taken, [&](const QRectF& words) { return words.intersects(place); });
}

bool LabelRoom::unmarked(const QRectF& place) const {
    return free(place) && std::ranges::none_of(m_scene.content.marks, [&](const PlotMark& mark) {
               const double x = m_scene.placeX(mark.x);
               return x > place.left() && x < place.right();
           });
}

bool LabelRoom::blank(const QRectF& place) const {
    return unmarked(place) && !crossedByCurve(place);
}

QRectF LabelRoom::behindMarks(QRectF place) const {
    constexpr double gap = 5.0;
    for (const PlotMark& mark : m_scene.content.marks) // in their order: by their steps
        if (const double x = m_scene.placeX(mark.x); x > place.left() && x < place.right())
            place.moveLeft(x + gap);
    return place;
}

QRectF LabelRoom::offLevels(const QRectF& place) const {
    constexpr double gap = 2.0;
    QRectF moved = place;
    for (const double level : m_levels) {
        if (level <= moved.top() - gap || level >= moved.bottom() + gap)
            continue;
        const QRectF above = moved.translated(0.0, level - gap - moved.bottom());
        const QRectF below = moved.translated(0.0, level + gap - moved.top());
        const bool up = level >= moved.center().y() || below.bottom() > m_scene.area.bottom();
        moved = up ? best({above, below}) : best({below, above});
    }
    return moved;
}

bool LabelRoom::crossedByCurve(const QRectF& place) const {
    return std::ranges::any_of(m_lines, [&](const QList<QPointF>& line) {
        const auto rightOf = [&](double x) {
            return std::partition_point(line.begin(), line.end(),
                                        [&](const QPointF& point) { return m_scene.placeX(point.x()) < x; });
        };
        // The stretches that reach into the place: from the point before it to the first one behind it.
        auto point = rightOf(place.left());
        const auto last = rightOf(place.right());
        if (point == line.begin() && point == last)
            return false;
        for (point -= point == line.begin() ? 0 : 1; point != last && point + 1 != line.end(); ++point) {
            const auto [high, low] =
                std::minmax({m_scene.placeY(point->y()), m_scene.placeY((point + 1)->y())}); // up is less
            if (low >= place.top() && high <= place.bottom())
                return true;
        }
        return false;
    });
}

QRectF LabelRoom::best(std::initializer_list<QRectF> places) const {
    for (const auto accepts : {&LabelRoom::blank, &LabelRoom::unmarked, &LabelRoom::free})
        for (const QRectF& place : places)
            if ((this->*accepts)(place))
                return place;
    return {};
}

bool LabelRoom::touchesAnEnd(double x) const {
    constexpr double sign = 5.0;
    return std::ranges::any_of(m_lines, [&](const QList<QPointF>& line) {
        return !line.isEmpty() && std::abs(m_scene.placeX(line.back().x()) - x) < sign;
    });
}

std::optional<double> LabelRoom::strokeDown(const QRectF& words, double y) const {
    constexpr double half = 2.0;
    for (const double x : {words.center().x(), words.left() + 2.0 * half, words.right() - 2.0 * half})
        if (free({x - half, words.bottom() + half, 2.0 * half, y - words.bottom() - half}) && !touchesAnEnd(x))
            return x;
    return std::nullopt;
}

QRectF LabelRoom::besideLine(double y, QSizeF words) const {
    const QRectF area = m_scene.area;
    const QRectF left(QPointF(area.left() + 3.0, y - words.height() - 2.0), words);
    const double moment = m_scene.content.cursor ? m_scene.placeX(m_scene.content.cursor->x) : area.right();
    const double end = moment - area.left() < words.width() + 6.0 ? area.right() : std::min(moment, area.right());
    const QRectF right = left.translated(end - words.width() - left.left(), 0.0); // not under what veils the future
    const double down = words.height() + 3.0;
    const QRectF leftBelow = left.translated(0.0, down);
    const QRectF rightBelow = right.translated(0.0, down);
    const auto inside = [&](const QRectF& place) {
        return place.top() >= area.top() - 1.0 && place.bottom() < area.bottom(); // above stand titles and marks' words
    };
    const QRectF found = !inside(leftBelow) ? best({left, right})
                         : inside(left)     ? best({left, leftBelow, right, rightBelow})
                                            : best({leftBelow, rightBelow});
    if (blank(found))
        return found;
    for (double up = words.height(); left.top() - up >= area.top(); up += words.height())
        for (const QRectF& higher : {right.translated(0.0, -up), left.translated(0.0, -up)})
            if (blank(higher) && strokeDown(higher, y))
                return higher;
    for (double shift = 0.0; shift < right.left() - left.left(); shift += words.width() / 2.0)
        for (const QRectF& between : {left.translated(shift, 0.0), leftBelow.translated(shift, 0.0)})
            if (inside(between) && blank(between))
                return between;
    return found;
}

} // namespace flatline
