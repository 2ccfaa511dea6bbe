#include "ui/palette/fuzzy_match.h"

#include <QStringList>

#include <algorithm>
#include <vector>

namespace flatline {

namespace {

constexpr double atStart = 100.0;
constexpr double whole = 30.0;  ///< more, where the word typed is a word of the text
constexpr double first = 20.0;  ///< more, where it is its first one
constexpr double phrase = 25.0; ///< more, where several words typed stand in the text as they were typed
constexpr double inside = 45.0;
constexpr double scattered = 20.0;
constexpr double placeWeight = 0.4;
constexpr double helpWeight = 0.15;
constexpr double perLetter = 0.1; ///< what each letter of a text takes away

QString plain(const QString& text) {
    QString letters;
    for (const QChar letter : text.normalized(QString::NormalizationForm_KD))
        if (!letter.isMark())
            letters += letter.toCaseFolded();
    return letters;
}

QStringList wordsOf(const QString& text) {
    QStringList words;
    QString word;
    for (const QChar letter : text + QLatin1Char(' ')) {
        if (letter.isLetterOrNumber()) {
            word += letter;
        } else if (!word.isEmpty()) {
            words << word;
            word.clear();
        }
    }
    return words;
}

/// The letters of `word` in this order in the words, each run of them from the start of a word on or next to the one
/// before.
bool fitsScattered(const QString& word, const QStringList& words, qsizetype from = 0, qsizetype used = 0) {
    if (used == word.size())
        return true;
    for (qsizetype i = from; i < words.size(); ++i) {
        qsizetype length = 0;
        while (used + length < word.size() && length < words[i].size() && words[i][length] == word[used + length])
            ++length;
        for (; length > 0; --length)
            if (fitsScattered(word, words, i + 1, used + length))
                return true;
    }
    return false;
}

double wordScore(const QString& word, const QString& text, const QStringList& words, bool beginningsOnly) {
    double best = 0.0;
    for (qsizetype i = 0; i < words.size(); ++i)
        if (words[i].startsWith(word))
            best = std::max(best, atStart + (words[i] == word ? whole : 0.0) + (i == 0 ? first : 0.0));
    if (best > 0.0 || beginningsOnly)
        return best;
    if (text.contains(word))
        return inside;
    return word.size() > 1 && fitsScattered(word, words) ? scattered : 0.0;
}

bool standsIn(const QStringList& phraseWords, const QStringList& words) {
    const auto spaced = [](const QStringList& list) { return QLatin1Char(' ') + list.join(QLatin1Char(' ')); };
    return phraseWords.size() > 1 && spaced(words).contains(spaced(phraseWords));
}

struct Field {
    QString text;
    double weight = 1.0;
    bool beginningsOnly = false;
};

double scoreOf(const QString& typed, const std::vector<Field>& fields) {
    const QStringList wanted = plain(typed).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    std::vector<double> scores(static_cast<std::size_t>(wanted.size()), 0.0);
    for (const Field& field : fields) {
        const QString text = plain(field.text);
        const QStringList words = wordsOf(text);
        for (std::size_t i = 0; i < scores.size(); ++i)
            scores[i] = std::max(scores[i], field.weight * wordScore(wanted[static_cast<qsizetype>(i)], text, words,
                                                                     field.beginningsOnly));
    }
    double sum = 1.0; // nothing typed fits everything
    for (const double score : scores) {
        if (score <= 0.0)
            return 0.0;
        sum += score;
    }
    if (standsIn(wanted, wordsOf(plain(fields.front().text))))
        sum += phrase;
    return std::max(0.001, sum - perLetter * static_cast<double>(fields.front().text.size()));
}

} // namespace

double matchScore(const QString& typed, const QString& text) {
    return scoreOf(typed, {{text}});
}

double matchScore(const QString& typed, const QString& text, const QString& place, const QString& help) {
    return scoreOf(typed, {{text}, {place, placeWeight}, {help, helpWeight, true}});
}

} // namespace flatline
