#include "ui/lessons/figure_text.h"

#include "ui/theme/theme.h"

#include <QCoreApplication>

#include <array>

namespace flatline {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("lessons", text);
}

struct FigureRow {
    const char* kind;
    QString (*text)(const VerifiedClaim& claim);
    const char* unknown; ///< translatable: where it was not checked
};
constexpr std::array rows{
    FigureRow{"held",
              [](const VerifiedClaim& claim) {
                  return tr("%1 of %2 runs").arg(countText(claim.held), countText(claim.seeds));
              },
              QT_TRANSLATE_NOOP("lessons", "? of ? runs (not checked yet)")},
    FigureRow{
        "share",
        [](const VerifiedClaim& claim) {
            return tr("%1 (%2 to %3)").arg(percentText(claim.share()), percentText(claim.low), percentText(claim.high));
        },
        QT_TRANSLATE_NOOP("lessons", "? % (not checked yet)")},
    FigureRow{"median", [](const VerifiedClaim& claim) { return numberText(claim.median); },
              QT_TRANSLATE_NOOP("lessons", "? (not checked yet)")}};

} // namespace

FigureText figureTextOf(VerifiedFigures verified, std::shared_ptr<const Lesson> lesson) {
    return [verified = std::move(verified), lesson = std::move(lesson)](QStringView kind, QStringView id) {
        const auto claim = verified ? verified(*lesson, id.toString().toStdString()) : std::nullopt;
        for (const FigureRow& row : rows)
            if (kind == QLatin1String(row.kind))
                return claim ? row.text(*claim) : tr(row.unknown);
        return QString();
    };
}

} // namespace flatline
