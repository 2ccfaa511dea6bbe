#include "app/command_line/landscape_options.h"

#include "core/base/number_text.h"

#include <QCoreApplication>

#include <cmath>

namespace flatline {
namespace {

constexpr int mostSide = 1001;
constexpr double mostExtent = 1e6;

QString tr(const char* text) {
    return QCoreApplication::translate("command_line", text);
}

/// "random, neuron:K:J, pca": what --plane takes.
QString planeWords() {
    QStringList words;
    for (const PlaneRow& row : planeTable())
        words << QString::fromLatin1(row.id) + (row.needsNeuron ? QStringLiteral(":K:J") : QString());
    return words.join(QStringLiteral(", "));
}

} // namespace

std::vector<OptionRow> landscapeOptionTable() {
    const LandscapeView view;
    return {
        {QStringLiteral("plane"), QStringLiteral("ID"), tr("the landscape's plane: %1").arg(planeWords())},
        {QStringLiteral("extent"), QStringLiteral("X"),
         tr("how far the landscape reaches, in lengths of a direction (default %1)").arg(view.extent)},
        {QStringLiteral("side"), QStringLiteral("N"),
         tr("the landscape has N x N points, N odd (default %1)").arg(view.side)},
    };
}

Result<LandscapeView> readLandscapeOptions(const ParsedOptions& given) {
    LandscapeView view;
    if (const auto text = given.value("plane")) {
        const auto choice = planeFromText(text->toStdString());
        if (!choice)
            return usageError(tr("--plane: \"%1\" is none of %2").arg(*text, planeWords()));
        view.choice = *choice;
    }
    if (const auto text = given.value("extent")) {
        const auto extent = parseReal(text->toStdString());
        if (!extent || !(*extent > 0.0) || *extent > mostExtent)
            return usageError(tr("--extent: \"%1\" is not a number above 0, up to %2").arg(*text).arg(mostExtent));
        view.extent = *extent;
    }
    const auto side = countOption(given, "side", 3, view.side);
    if (!side)
        return side.error();
    if (side.value() % 2 == 0 || side.value() > mostSide)
        return usageError(tr("--side: %1 is not an odd number up to %2; the middle is the network itself")
                              .arg(side.value())
                              .arg(mostSide));
    view.side = static_cast<int>(side.value());
    return view;
}

} // namespace flatline
