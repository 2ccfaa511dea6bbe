#include "ui/controls/widths_text.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

namespace flatline {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("controls", text);
}

} // namespace

WidthsReading readWidths(const QString& text, int maximumLayers, int maximumWidth) {
    static const QRegularExpression separator(QStringLiteral("\\s*[,;]\\s*|\\s+"));
    const QString trimmed = text.trimmed();
    WidthsReading reading;
    if (trimmed.isEmpty())
        return reading;
    for (const QString& part : trimmed.split(separator)) {
        bool whole = false;
        const int width = part.toInt(&whole);
        if (part.isEmpty())
            reading.problem = tr("A width is missing between two commas. Right would be: 8, 8");
        else if (!whole)
            reading.problem = tr("“%1” is no whole number. Right would be: 8, 8").arg(part.left(20));
        else if (width < 1 || width > maximumWidth)
            reading.problem = tr("A layer has from 1 to %1 neurons, not %2.").arg(maximumWidth).arg(width);
        if (!reading.problem.isEmpty())
            return {{}, reading.problem};
        reading.widths.push_back(width);
    }
    if (reading.widths.size() > static_cast<std::size_t>(maximumLayers))
        return {{}, tr("At most %1 layers; these are %2.").arg(maximumLayers).arg(reading.widths.size())};
    return reading;
}

QString widthsText(const std::vector<int>& widths) {
    QStringList parts;
    for (const int width : widths)
        parts << QString::number(width);
    return parts.join(QStringLiteral(", "));
}

} // namespace flatline
