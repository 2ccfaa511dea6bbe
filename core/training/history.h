#pragma once

#include "core/training/observation.h"
#include "core/training/snapshot.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace flatline {

/// The rows of a run, at most so many (8 or more): when they are full, every second one goes, but each curve keeps the
/// extremes of what went. One thread.
class History {
public:
    /// maximumRows 0: keeps all.
    explicit History(int maximumRows)
        : m_maximum(static_cast<std::size_t>(maximumRows)) {}

    /// Rows come by rising step, multiples of stride() (any step where all are kept); a row marked
    /// afterIntervention repeats the step before it.
    void append(std::shared_ptr<const Observation> row);

    /// Forgets the rows after that step.
    void truncate(std::int64_t step);
    /// Forgets the row after an intervention at that step, if it is the last. Whether it was.
    bool dropSecondLook(std::int64_t step);

    /// A row is wanted at each multiple of it. Starts at `first` and doubles when the rows are full.
    [[nodiscard]] std::int64_t stride() const { return m_stride; }
    void setStride(std::int64_t first) { m_stride = first; }

    [[nodiscard]] const std::vector<std::shared_ptr<const Observation>>& rows() const { return m_rows; }
    /// The curves with at most about `columns` points each, extremes kept; `now` is appended as the last
    /// point.
    [[nodiscard]] Curves curves(const Observation& now, std::size_t columns) const;

private:
    struct Extremes { ///< of one quantity since the row before
        double low = 0.0;
        double high = 0.0;
    };
    struct Span {
        Extremes train;
        Extremes test;
        Extremes update;
        std::vector<Extremes> dead;
        std::vector<Extremes> gradients;
    };
    [[nodiscard]] static Span spanOf(const Observation& row);
    static void widen(Span& span, const Span& by);
    void thin();
    void keepMultiples();

    std::size_t m_maximum;
    std::int64_t m_stride = 1;
    std::vector<std::shared_ptr<const Observation>> m_rows;
    std::vector<Span> m_spans; ///< one a row
};

} // namespace flatline
