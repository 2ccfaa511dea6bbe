#include "core/lessons/lesson_reader.h"

#include "core/lessons/keyed_lines.h"
#include "core/lessons/lesson_blocks.h"
#include "core/lessons/lesson_scanner.h"

#include <algorithm>
#include <map>

namespace flatline {

namespace {

constexpr double mostMinutes = 60.0;

Result<void> readHead(const std::vector<SourceLine>& lines, const std::string& file, Lesson& lesson) {
    const auto text = [](std::string& place) {
        return [&place](const KeyedLine& line) -> Result<void> {
            place = line.value;
            return {};
        };
    };
    const std::vector<KeyRule> rules{
        {"title", false, false, text(lesson.title)},
        {"chapter", false, false, text(lesson.chapter)},
        {"goal", false, false, text(lesson.goal)},
        {"minutes", false, false,
         [&](const KeyedLine& line) -> Result<void> {
             const auto minutes = line.real(1.0, mostMinutes);
             if (!minutes)
                 return minutes.error();
             lesson.minutes = minutes.value();
             return {};
         }},
    };
    if (Result<void> read = readKeyed(lines, file, rules); !read)
        return read;
    const std::pair<const char*, bool> needed[] = {{"title", lesson.title.empty()},
                                                   {"chapter", lesson.chapter.empty()},
                                                   {"minutes", lesson.minutes == 0.0},
                                                   {"goal", lesson.goal.empty()}};
    for (const auto& [key, missing] : needed)
        if (missing)
            return badInput(placeIn(file, 1, key), FLATLINE_TEXT("the head needs this key"));
    return {};
}

std::string withoutBlankEnds(const std::string& text) {
    const std::size_t first = text.find_first_not_of('\n');
    if (first == std::string::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

/// Puts the parts of a file together.
class Assembly {
public:
    Assembly(Lesson& lesson, const std::string& file)
        : m_lesson(lesson)
        , m_file(file) {}

    Result<void> add(const SourcePart& part) {
        if (part.level == 1) {
            LessonPage page;
            page.title = part.title;
            page.text = withoutBlankEnds(part.text);
            page.line = part.line;
            m_lesson.pages.push_back(std::move(page));
            m_seen.clear();
        } else {
            LessonPage& page = m_lesson.pages.back();
            if (!page.revealTitle.empty())
                return badInput(placeIn(m_file, part.line), FLATLINE_TEXT("a page has one reveal; this is its second"));
            page.revealTitle = part.title;
            page.reveal = withoutBlankEnds(part.text);
        }
        for (const SourceBlock& block : part.blocks)
            if (Result<void> added = add(block); !added)
                return added;
        return {};
    }

    /// What a page as a whole has to be.
    Result<void> close() const {
        if (m_lesson.pages.empty())
            return badInput(placeIn(m_file, 1), FLATLINE_TEXT("there is no page; a page begins with \"# Title\""));
        for (const LessonPage& page : m_lesson.pages) {
            const bool waits = page.question || page.action;
            if (waits && page.revealTitle.empty())
                return badInput(
                    placeIn(m_file, page.line),
                    FLATLINE_TEXT("this page asks or waits, and has no \"## Title\" of what is then revealed"));
            if (!waits && !page.revealTitle.empty())
                return badInput(placeIn(m_file, page.line),
                                FLATLINE_TEXT("this page has a reveal, and no question or do block to wait for"));
        }
        return {};
    }

private:
    template <class T>
    Result<void> keep(Result<T> read, T& place) {
        if (!read)
            return read.error();
        place = std::move(read).value();
        return {};
    }

    template <class T>
    Result<void> keep(Result<T> read, std::optional<T>& place) {
        if (!read)
            return read.error();
        place = std::move(read).value();
        return {};
    }

    Result<void> add(const SourceBlock& block) {
        LessonPage& page = m_lesson.pages.back();
        if (block.kind == "claim")
            return addClaim(block);
        if (block.kind == "teacher") {
            for (const SourceLine& line : block.lines)
                m_lesson.teacher += line.text + '\n';
            return {};
        }
        if (const auto [seen, fresh] = m_seen.emplace(block.kind, block.line); !fresh)
            return badInput(placeIn(m_file, block.line, block.kind),
                            FLATLINE_TEXT("this page has one already, at line %1"), {std::to_string(seen->second)});
        if (block.kind == "lab")
            return keep(readLabBlock(block, m_file), page.stage);
        if (block.kind == "question")
            return keep(readQuestionBlock(block, m_file), page.question);
        return keep(readDoBlock(block, m_file), page.action);
    }

    Result<void> addClaim(const SourceBlock& block) {
        Result<Claim> claim = readClaimBlock(block, m_file);
        if (!claim)
            return claim.error();
        for (const Claim& other : m_lesson.claims)
            if (other.id == claim.value().id)
                return badInput(placeIn(m_file, block.line, "id"),
                                FLATLINE_TEXT("the claim at line %1 has this id already"),
                                {std::to_string(other.line)});
        m_lesson.claims.push_back(std::move(claim).value());
        return {};
    }

    Lesson& m_lesson;
    const std::string& m_file;
    std::map<std::string, int> m_seen; ///< of this page: kinds of blocks and their lines
};

} // namespace

std::string lessonId(std::string_view file) {
    file.remove_prefix(std::min(file.find_last_of("/\\") + 1, file.size()));
    file = file.substr(0, file.find_last_of('.'));
    const std::size_t digits = std::min(file.find_first_not_of("0123456789"), file.size());
    if (digits > 0 && digits + 1 < file.size() && file[digits] == '-')
        file.remove_prefix(digits + 1);
    return std::string(file);
}

Result<Lesson> readLesson(std::string_view text, const std::string& file) {
    const Result<LessonSource> source = scanLesson(text, file);
    if (!source)
        return source.error();
    Lesson lesson;
    lesson.id = lessonId(file);
    lesson.file = file;
    if (Result<void> head = readHead(source.value().head, file, lesson); !head)
        return head.error();
    Assembly assembly(lesson, file);
    for (const SourcePart& part : source.value().parts)
        if (Result<void> added = assembly.add(part); !added)
            return added.error();
    if (Result<void> closed = assembly.close(); !closed)
        return closed.error();
    return lesson;
}

} // namespace flatline
