#pragma once

#include "core/lessons/lesson.h"
#include "core/lessons/lesson_scanner.h"

/// What the blocks of a lesson file say, one function a kind. Errors: BadInput, at FILE:LINE: key.
namespace flatline {

[[nodiscard]] Result<PageStage> readLabBlock(const SourceBlock& block, const std::string& file);
[[nodiscard]] Result<PageQuestion> readQuestionBlock(const SourceBlock& block, const std::string& file);
[[nodiscard]] Result<PageAction> readDoBlock(const SourceBlock& block, const std::string& file);
[[nodiscard]] Result<Claim> readClaimBlock(const SourceBlock& block, const std::string& file);

/// "PATH = VALUE", where PATH is a key of the experiment file.
struct KeyedLine;
[[nodiscard]] Result<TextChange> readTextChange(const KeyedLine& from, const std::string& text);

} // namespace flatline
