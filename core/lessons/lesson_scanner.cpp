#include "core/lessons/lesson_scanner.h"

#include "core/data/csv_header.h"
#include "core/data/utf8.h"

#include <algorithm>
#include <array>

namespace flatline {

namespace {

constexpr std::string_view fence = "```";
constexpr std::string_view rule = "---";
constexpr std::array<std::string_view, 5> blockKinds{"lab", "question", "do", "claim", "teacher"};
constexpr std::string_view formulaKind = "formula";

std::vector<SourceLine> linesOf(std::string_view text) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    if (text.starts_with(mark))
        text.remove_prefix(mark.size());
    std::vector<SourceLine> lines;
    for (int number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        lines.push_back({std::string(line), number});
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

bool isBlank(const SourceLine& line) {
    return trimmed(line.text).empty();
}

int headingLevel(std::string_view line) {
    if (line.starts_with("# "))
        return 1;
    return line.starts_with("## ") ? 2 : 0;
}

class Scanner {
public:
    Scanner(std::vector<SourceLine> lines, const std::string& file)
        : m_lines(std::move(lines))
        , m_file(file) {}

    Result<LessonSource> scan() {
        if (auto head = readHead(); !head)
            return head.error();
        for (; m_at < m_lines.size(); ++m_at) {
            const SourceLine& line = m_lines[m_at];
            Result<void> read;
            if (line.text.starts_with(fence))
                read = readFenced();
            else if (const int level = headingLevel(line.text); level > 0)
                read = beginPart(level);
            else
                read = addText(line);
            if (!read)
                return read.error();
        }
        return std::move(m_source);
    }

private:
    [[nodiscard]] Error error(int line, std::string text, std::vector<std::string> arguments = {}) const {
        return badInput(placeIn(m_file, line), std::move(text), std::move(arguments));
    }

    Result<void> readHead() {
        while (m_at < m_lines.size() && isBlank(m_lines[m_at]))
            ++m_at;
        if (m_at == m_lines.size() || trimmed(m_lines[m_at].text) != rule)
            return error(m_at < m_lines.size() ? m_lines[m_at].line : 1,
                         FLATLINE_TEXT("a lesson begins with its head: a line of ---, then title, chapter, minutes and "
                                       "goal, then --- again"));
        const int first = m_lines[m_at].line;
        for (++m_at; m_at < m_lines.size(); ++m_at) {
            if (trimmed(m_lines[m_at].text) == rule) {
                ++m_at;
                return {};
            }
            if (!isBlank(m_lines[m_at]))
                m_source.head.push_back(m_lines[m_at]);
        }
        return error(first, FLATLINE_TEXT("the head that begins here has no end: a second line of ---"));
    }

    Result<void> beginPart(int level) {
        const SourceLine& line = m_lines[m_at];
        SourcePart part;
        part.level = level;
        part.title = std::string(trimmed(std::string_view(line.text).substr(static_cast<std::size_t>(level))));
        part.line = line.line;
        if (part.title.empty())
            return error(line.line, FLATLINE_TEXT("a heading without words; a page begins with \"# Title\""));
        if (level == 2 && m_source.parts.empty())
            return error(line.line, FLATLINE_TEXT("a reveal before the first page; a page begins with \"# Title\""));
        m_source.parts.push_back(std::move(part));
        return {};
    }

    Result<void> addText(const SourceLine& line) {
        if (!m_source.parts.empty())
            m_source.parts.back().text += line.text + '\n';
        else if (!isBlank(line))
            return error(line.line, FLATLINE_TEXT("text before the first page; a page begins with \"# Title\""));
        return {};
    }

    Result<void> readFenced() {
        const SourceLine& opening = m_lines[m_at];
        SourceBlock block;
        block.kind = std::string(trimmed(std::string_view(opening.text).substr(fence.size())));
        block.line = opening.line;
        const bool known = std::find(blockKinds.begin(), blockKinds.end(), block.kind) != blockKinds.end();
        if (!known && !block.kind.empty() && block.kind != formulaKind)
            return error(opening.line,
                         FLATLINE_TEXT("\"%1\" is no kind of block; there are lab, question, do, claim, teacher and "
                                       "formula"),
                         {block.kind});
        if (m_source.parts.empty())
            return error(opening.line, FLATLINE_TEXT("a block before the first page; a page begins with \"# Title\""));
        for (++m_at; m_at < m_lines.size() && trimmed(m_lines[m_at].text) != fence; ++m_at)
            block.lines.push_back(m_lines[m_at]);
        if (m_at == m_lines.size())
            return error(block.line, FLATLINE_TEXT("the block that begins here has no end: a line of ```"));
        SourcePart& part = m_source.parts.back();
        if (known) {
            part.blocks.push_back(std::move(block));
            return {};
        }
        part.text += std::string(fence) + block.kind + '\n';
        for (const SourceLine& line : block.lines)
            part.text += line.text + '\n';
        part.text += std::string(fence) + '\n';
        return {};
    }

    std::vector<SourceLine> m_lines;
    const std::string& m_file;
    std::size_t m_at = 0;
    LessonSource m_source;
};

} // namespace

std::string placeIn(const std::string& file, int line, const std::string& key) {
    const std::string place = file + ':' + std::to_string(line);
    return key.empty() ? place : place + ": " + key;
}

Result<LessonSource> scanLesson(std::string_view text, const std::string& file) {
    if (const std::size_t bad = firstInvalidUtf8(text); bad != std::string_view::npos) {
        const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(bad), '\n');
        return badInput(placeIn(file, static_cast<int>(line)),
                        FLATLINE_TEXT("this is no UTF-8; save the file with that encoding"));
    }
    return Scanner(linesOf(text), file).scan();
}

} // namespace flatline
