#pragma once

#include "core/base/result.h"

#include <QString>

#include <string>
#include <unordered_set>

namespace flatline {

/// What a sweep's file has already.
struct RowsDone {
    qint64 size = 0; ///< bytes in whole rows; 0: not even the header
    std::unordered_set<std::string> keys;
};

/// Reads a sweep's file that may be cut short anywhere; a torn last row does not count. `header` has its line's end; a
/// row's key are its first `keyCells` cells as they stand. Errors: File; BadInput where the file has another header, or
/// a row with another number of cells.
[[nodiscard]] Result<RowsDone> readRowsDone(const QString& path, const std::string& header, int keyCells);

} // namespace flatline
