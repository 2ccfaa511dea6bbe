#include "core/data/csv_header.h"
#include "core/lessons/lesson_blocks.h"

namespace flatline {

namespace {

constexpr std::size_t fewestChoices = 2;
constexpr std::size_t mostChoices = 6; ///< what fits beside a view on a projector

} // namespace

Result<PageQuestion> readQuestionBlock(const SourceBlock& block, const std::string& file) {
    PageQuestion question;
    int right = 0;
    const auto error = [&](int line, std::string text, std::vector<std::string> arguments = {}) {
        return badInput(placeIn(file, line, "question"), std::move(text), std::move(arguments));
    };
    for (const SourceLine& line : block.lines) {
        const std::string_view text = trimmed(line.text);
        if (const bool marked = text.starts_with("* "); marked || text.starts_with("- ")) {
            if (marked) {
                question.right = question.choices.size();
                ++right;
            }
            question.choices.emplace_back(trimmed(text.substr(2)));
        } else if (!text.empty() && !question.choices.empty()) {
            return error(line.line,
                         FLATLINE_TEXT("\"%1\" is no choice; a choice begins with \"- \", the right one with "
                                       "\"* \""),
                         {std::string(text)});
        } else if (!text.empty() || !question.text.empty()) {
            question.text += (question.text.empty() ? "" : "\n") + line.text;
        }
    }
    if (question.text.empty())
        return error(block.line, FLATLINE_TEXT("there is no question before the choices"));
    if (question.choices.size() < fewestChoices || question.choices.size() > mostChoices)
        return error(block.line, FLATLINE_TEXT("a question has two to six choices; here are %1"),
                     {std::to_string(question.choices.size())});
    if (right != 1)
        return error(block.line, FLATLINE_TEXT("one choice is the right one and begins with \"* \"; here are %1"),
                     {std::to_string(right)});
    return question;
}

} // namespace flatline
