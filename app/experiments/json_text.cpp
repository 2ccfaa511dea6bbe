#include "app/experiments/json_text.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

namespace flatline {
namespace {

Error errorAt(const QByteArray& text, qsizetype offset, const QString& fileName, const char* message,
              std::vector<std::string> arguments) {
    offset = std::clamp<qsizetype>(offset, 0, text.size());
    const auto begin = text.begin();
    const auto line = std::count(begin, begin + offset, '\n') + 1;
    const qsizetype lineStart = offset == 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
    const QString where = QStringLiteral("%1:%2:%3").arg(fileName).arg(line).arg(offset - lineStart + 1);
    return badInput(where.toStdString(), message, std::move(arguments));
}

bool isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// Behind a byte order mark and blanks.
qsizetype firstCharacter(const QByteArray& text) {
    qsizetype at = text.startsWith("\xEF\xBB\xBF") ? 3 : 0;
    while (at < text.size() && isBlank(text[at]))
        ++at;
    return at;
}

/// The end of the string that begins with the quote at `begin`: one past its closing quote.
qsizetype stringEnd(const QByteArray& text, qsizetype begin) {
    qsizetype at = begin + 1;
    while (at < text.size() && text[at] != '"')
        at += text[at] == '\\' ? 2 : 1;
    return std::min(at + 1, text.size());
}

/// "se\u0065d" and "seed" are the same key.
QString decoded(const QByteArray& literal) {
    return QJsonDocument::fromJson('[' + literal + ']').array().at(0).toString();
}

/// Where a key stands that its object has had before. The text is known to be JSON.
std::optional<std::pair<qsizetype, QString>> findDuplicate(const QByteArray& text) {
    std::vector<std::set<QString>> open;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '{') {
            open.emplace_back();
        } else if (c == '}') {
            open.pop_back();
        } else if (c == '"') {
            const qsizetype end = stringEnd(text, at);
            qsizetype next = end;
            while (next < text.size() && isBlank(text[next]))
                ++next;
            const bool isKey = next < text.size() && text[next] == ':';
            if (isKey) {
                const QString key = decoded(text.mid(at, end - at));
                if (!open.back().insert(key).second)
                    return std::pair{at, key};
            }
            at = end - 1;
        }
    }
    return std::nullopt;
}

} // namespace

Result<QJsonObject> parseJsonObject(const QByteArray& text, const QString& fileName) {
    const qsizetype first = firstCharacter(text);
    if (first == text.size() || text[first] != '{')
        return errorAt(text, first, fileName, FLATLINE_TEXT("an object is needed here: { ... }"), {});
    QJsonParseError problem{};
    const QJsonDocument document = QJsonDocument::fromJson(text, &problem);
    if (problem.error != QJsonParseError::NoError)
        return errorAt(text, problem.offset, fileName, FLATLINE_TEXT("this is not JSON: %1"),
                       {problem.errorString().toStdString()});
    if (const auto duplicate = findDuplicate(text))
        return errorAt(text, duplicate->first, fileName, FLATLINE_TEXT("the key \"%1\" stands here a second time"),
                       {duplicate->second.toStdString()});
    return document.object();
}

std::string jsonString(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            quoted += {'\\', c};
        else if (static_cast<unsigned char>(c) < 0x20)
            quoted += {'\\',
                       'u',
                       '0',
                       '0',
                       digits[static_cast<unsigned char>(c) >> 4U],
                       digits[static_cast<unsigned char>(c) & 15U]};
        else
            quoted += c;
    }
    return quoted + '"';
}

} // namespace flatline
