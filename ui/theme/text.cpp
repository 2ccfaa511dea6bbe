#include "core/base/result.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace flatline {

namespace {

constexpr QChar trueMinus(0x2212);

QString withTrueMinus(QString text) {
    return text.replace(QLatin1Char('-'), trueMinus);
}

/// Without zeros at the end that say nothing: 0.500 -> 0.5.
QString trimmed(QString text, const QString& point) {
    if (!text.contains(point))
        return text;
    while (text.endsWith(QLatin1Char('0')))
        text.chop(1);
    if (text.endsWith(point))
        text.chop(point.size());
    return text;
}

} // namespace

QString numberText(double value, int digits) {
    if (std::isnan(value))
        return QCoreApplication::translate("numbers", "not a number");
    if (std::isinf(value))
        return value > 0 ? QStringLiteral("∞") : trueMinus + QStringLiteral("∞");
    if (value == 0.0)
        return QLocale().toString(0);
    const QLocale locale;
    // The exponent of the rounded value: 0.9996 has that of 1.
    const QByteArray scientific = QByteArray::number(value, 'e', digits - 1);
    const int exponent = scientific.mid(scientific.indexOf('e') + 1).toInt();
    const double rounded = scientific.toDouble();
    if (exponent < -4 || exponent >= 6) {
        const QString mantissa =
            trimmed(locale.toString(rounded / std::pow(10.0, exponent), 'f', digits - 1), locale.decimalPoint());
        return withTrueMinus(mantissa + QLatin1Char('e') + QString::number(exponent));
    }
    const int decimals = std::max(0, digits - 1 - exponent);
    return withTrueMinus(trimmed(locale.toString(rounded, 'f', decimals), locale.decimalPoint()));
}

QString signedText(double value) {
    return value > 0.0 ? QLatin1Char('+') + numberText(value) : numberText(value);
}

QString countText(qint64 value) {
    return withTrueMinus(QLocale().toString(value));
}

QString shortCountText(qint64 value, qint64 plain) {
    if (std::abs(value) <= plain)
        return countText(value);
    struct Unit {
        double size;
        const char* text;
    };
    static constexpr std::array units{
        Unit{1e3, QT_TRANSLATE_NOOP("numbers", "%1 k")},
        Unit{1e6, QT_TRANSLATE_NOOP("numbers", "%1 M")},
        Unit{1e9, QT_TRANSLATE_NOOP("numbers", "%1 G")},
    };
    const Unit* unit = units.begin();
    while (unit + 1 != units.end() && std::abs(static_cast<double>(value)) >= 0.9995 * (unit + 1)->size)
        ++unit;
    const double scaled = static_cast<double>(value) / unit->size;
    const int decimals = std::abs(scaled) < 9.995 ? 2 : std::abs(scaled) < 99.95 ? 1 : 0; // zeros stay: nothing jumps
    return QCoreApplication::translate("numbers", unit->text)
        .arg(withTrueMinus(QLocale().toString(scaled, 'f', decimals)));
}

QString percentText(double share) {
    const auto percent = [](const QString& number) {
        return QCoreApplication::translate("numbers", "%1 %", "a share in percent").arg(number);
    };
    if (!std::isfinite(share))
        return numberText(share);
    if (share > 0.0 && share < 0.01)
        return percent(QCoreApplication::translate("numbers", "< %1", "less than").arg(countText(1)));
    if (share > 0.99 && share < 1.0)
        return percent(QCoreApplication::translate("numbers", "> %1", "more than").arg(countText(99)));
    return percent(countText(std::llround(share * 100.0)));
}

QString coreText(const char* text) {
    return QCoreApplication::translate("core", text);
}

QString coreText(const Message& message) {
    const QString translated = coreText(message.text.c_str());
    return QString::fromStdString(Message{translated.toStdString(), message.arguments}.english());
}

} // namespace flatline
