#include "app/command_line/sweep_resume.h"

#include "app/files/files.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace flatline {
namespace {

constexpr qint64 largestFile = qint64{4} << 30;

struct Row {
    std::string_view key;
    int cells = 1;
    std::size_t end = 0; ///< where the next one begins
};

/// The row that begins there; nothing where it is torn. A line's end or a comma in quotes belongs to its cell.
std::optional<Row> rowAt(std::string_view content, std::size_t begin, int keyCells) {
    Row row;
    bool quoted = false;
    for (std::size_t i = begin; i < content.size(); ++i) {
        const char c = content[i];
        quoted = quoted != (c == '"');
        if (quoted)
            continue;
        const bool end = c == '\r' && i + 1 < content.size() && content[i + 1] == '\n';
        if ((c == ',' || end) && row.cells == keyCells)
            row.key = content.substr(begin, i - begin);
        row.cells += c == ',' ? 1 : 0;
        row.end = i + 2;
        if (end)
            return row;
    }
    return std::nullopt;
}

/// The first line's cell around a place.
std::string cellAt(std::string_view text, std::size_t place) {
    text = text.substr(0, std::min(text.find_first_of("\r\n"), text.size()));
    place = std::min(place, text.size());
    const std::size_t begin = text.substr(0, place).rfind(',') + 1; // from 0 where there is no comma
    return std::string(text.substr(begin, text.find(',', begin) - begin));
}

Error otherHeader(const std::string& file, std::string_view content, const std::string& header) {
    const auto place = static_cast<std::size_t>(std::ranges::mismatch(content, header).in1 - content.begin());
    const std::string where = file + ":1:" + std::to_string(place + 1);
    if (place < content.size() && content[place] == '\n')
        return badInput(where, FLATLINE_TEXT("the line ends in LF, where a sweep's rows end in CR LF"));
    return badInput(where, FLATLINE_TEXT("the column \"%1\" stands where this sweep has \"%2\""),
                    {cellAt(content, place), cellAt(header, place)});
}

} // namespace

Result<RowsDone> readRowsDone(const QString& path, const std::string& header, int keyCells) {
    const auto bytes = readFile(path, largestFile);
    if (!bytes)
        return bytes.error();
    const std::string_view content(bytes.value().constData(), static_cast<std::size_t>(bytes.value().size()));
    if (header.starts_with(content) && content != header)
        return RowsDone{};
    if (!content.starts_with(header))
        return otherHeader(path.toStdString(), content, header);
    RowsDone done{static_cast<qint64>(header.size()), {}};
    const auto columns = std::ranges::count(header, ',') + 1;
    auto begin = header.size();
    for (int line = 2; const auto row = rowAt(content, begin, keyCells); ++line) {
        if (row->cells != columns)
            return badInput(path.toStdString() + ':' + std::to_string(line) + ":1",
                            FLATLINE_TEXT("there are %1 cells where the header has %2"),
                            {std::to_string(row->cells), std::to_string(columns)});
        done.keys.emplace(row->key);
        begin = row->end;
    }
    done.size = static_cast<qint64>(begin);
    return done;
}

} // namespace flatline
