#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>
#include <vector>

/// The parts of a lesson file, before anybody asks what they mean.
namespace flatline {

struct SourceLine {
    std::string text; ///< without its end
    int line = 0;     ///< of the file, from 1
};

/// What stands between ```KIND and ```.
struct SourceBlock {
    std::string kind;
    int line = 0; ///< of its first fence
    std::vector<SourceLine> lines;
};

/// What begins with "# Title" or "## Title".
struct SourcePart {
    int level = 1;
    std::string title;
    int line = 0;
    std::string text; ///< its Markdown, blocks left out, but for formulas and plain code
    std::vector<SourceBlock> blocks;
};

struct LessonSource {
    std::vector<SourceLine> head; ///< between the two lines of ---
    std::vector<SourcePart> parts;
};

/// Errors: BadInput, at FILE:LINE: no UTF-8, no head, a block that is not closed or of no known kind, text before the
/// first page.
[[nodiscard]] Result<LessonSource> scanLesson(std::string_view text, const std::string& file);

/// "FILE:LINE", or "FILE:LINE: key".
[[nodiscard]] std::string placeIn(const std::string& file, int line, const std::string& key = {});

} // namespace flatline
