#pragma once

#include "core/lessons/lesson_scanner.h"

#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace flatline {

/// One "key: value" of a lesson file. A key may have a name of its own: "run low: …".
struct KeyedLine {
    std::string file;
    int line = 0;
    std::string key;
    std::string name; ///< may be empty
    std::string value;

    [[nodiscard]] Error error(std::string text, std::vector<std::string> arguments = {}) const;
    /// The whole value as a number in that range. Errors: BadInput.
    [[nodiscard]] Result<double> real(double least, double most) const;
    [[nodiscard]] Result<std::int64_t> count(std::int64_t least, std::int64_t most) const;
};

/// One key that a block may have, and what reads it.
struct KeyRule {
    std::string_view key;
    bool repeats = false; ///< it may stand several times
    bool named = false;   ///< it has a name of its own
    std::function<Result<void>(const KeyedLine&)> read;
};

/// Reads the lines by the rules. Errors: a line without a colon, an unknown key (the message lists those there are),
/// one that stands twice and may not, an empty value, and what the rules say.
Result<void> readKeyed(const std::vector<SourceLine>& lines, const std::string& file,
                       const std::vector<KeyRule>& rules);

/// What stands before and behind the first `mark`, without blanks; nothing where there is no such mark.
[[nodiscard]] std::optional<std::pair<std::string, std::string>> splitAt(std::string_view text, std::string_view mark);
/// The parts between the marks, without blanks.
[[nodiscard]] std::vector<std::string> splitAll(std::string_view text, char mark);

} // namespace flatline
