#include "ui/theme/theme.h"

#include "ui/theme/focus_ring.h"
#include "ui/theme/style_sheet.h"

#include <QApplication>
#include <QFontDatabase>
#include <QStyle>
#include <QStyleFactory>
#include <QWidget>

#include <array>
#include <cmath>

namespace flatline {

namespace {

const Theme lightTheme{
    .dark = false,
    .background = 0xECEEF1,
    .panel = 0xF6F7F9,
    .surface = 0xFFFFFF,
    .sunken = 0xE4E8ED,
    .border = 0xD2D8DF,
    .grid = 0xE6E9ED,
    .line = 0x76818F,
    .text = 0x17202B,
    .muted = 0x505B69,
    .test = 0x5A6675,
    .accent = 0x2F52C4,
    .onAccent = 0xFFFFFF,
    .onKick = 0xFFFFFF,
    .selectedFill = 0xE3E9FB,
    .alive = 0x007061,
    .atRisk = 0x965600,
    .comatose = 0x6A4DBE,
    .dead = 0xA80F38,
    .revived = 0x0A6BA8,
    .kick = 0xBC3800,
    .runB = 0x9A2E84,
    .runC = 0x566400,
    .runD = 0x0B6A7A,
    .class0 = 0x2A6FB5,
    .class1 = 0xB9540F,
};

const Theme darkTheme{
    .dark = true,
    .background = 0x0E1318,
    .panel = 0x141A21,
    .surface = 0x181F27,
    .sunken = 0x0A0E12,
    .border = 0x2B3541,
    .grid = 0x252E38,
    .line = 0x6E7C8C,
    .text = 0xE9EDF2,
    .muted = 0xA4B0BE,
    .test = 0x9BA8B7,
    .accent = 0x8FA8FF,
    .onAccent = 0x0E1318,
    .onKick = 0x0E1318,
    .selectedFill = 0x222C4A,
    .alive = 0x35C9B2,
    .atRisk = 0xF0B03A,
    .comatose = 0xD0BCFF,
    .dead = 0xFF6685,
    .revived = 0x3FA6EC,
    .kick = 0xFF9560,
    .runB = 0xF08FDB,
    .runC = 0xC3D94E,
    .runD = 0x5CD3E6,
    .class0 = 0x6FB1F0,
    .class1 = 0xF39A55,
};

constexpr auto scaleKey = "flatlineTypeScale";

QColor faded(const QColor& color, const QColor& ground) {
    const auto mix = [](int a, int b) { return (a * 9 + b * 11) / 20; };
    return {mix(color.red(), ground.red()), mix(color.green(), ground.green()), mix(color.blue(), ground.blue())};
}

/// What the system wished when the program started. Later the application's palette is our own, so the answer
/// is kept with the application.
bool systemIsDark(QApplication& application) {
    constexpr auto key = "systemIsDark";
    if (!application.property(key).isValid())
        application.setProperty(key, QApplication::palette().color(QPalette::Window).lightness() < 128);
    return application.property(key).toBool();
}

/// Fonts and lengths at the scale of the moment.
void restyle(QApplication& application, const Theme& theme) {
    QApplication::setFont(fontFor(TextRole::Body));
    application.setStyleSheet(styleSheetFor(theme, typeScale()));
}

} // namespace

QPalette paletteFor(const Theme& theme) {
    QPalette palette;
    const std::array<std::pair<QPalette::ColorRole, QColor>, 20> roles{{
        {QPalette::Window, theme.background},
        {QPalette::WindowText, theme.text},
        {QPalette::Base, theme.surface},
        {QPalette::AlternateBase, theme.panel},
        {QPalette::Text, theme.text},
        {QPalette::PlaceholderText, theme.muted},
        {QPalette::Button, theme.surface},
        {QPalette::ButtonText, theme.text},
        {QPalette::BrightText, theme.dead},
        {QPalette::ToolTipBase, theme.surface},
        {QPalette::ToolTipText, theme.text},
        {QPalette::Highlight, theme.accent},
        {QPalette::HighlightedText, theme.onAccent},
        {QPalette::Link, theme.accent},
        {QPalette::LinkVisited, theme.accent},
        {QPalette::Light, theme.surface},
        {QPalette::Midlight, theme.grid},
        {QPalette::Mid, theme.border},
        {QPalette::Dark, theme.line},
        {QPalette::Shadow, theme.border},
    }};
    for (const auto& [role, color] : roles)
        palette.setColor(role, color);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, faded(theme.text, theme.surface));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, theme.border);
    return palette;
}

QColor Theme::classColor(int number) const {
    const std::array<QColor, 8> colors{class0,   class1,   0x009E73, 0xCC79A7, dark ? 0xF0E442 : 0xB5A800,
                                       0x56B4E9, 0xE69F00, text};
    const int turn = number / static_cast<int>(colors.size());
    const QColor color = colors[static_cast<std::size_t>(number) % colors.size()];
    return turn == 0 ? color : color.darker(100 + 50 * turn);
}

const Theme& themeFor(bool dark) {
    return dark ? darkTheme : lightTheme;
}

const Theme& themeOf(const QWidget* widget) {
    const QPalette palette = widget != nullptr ? widget->palette() : QApplication::palette();
    // Of the enabled state: what is disabled is pale in the light appearance, too.
    return themeFor(palette.color(QPalette::Active, QPalette::WindowText).lightness() > 128);
}

double typeScale() {
    const QVariant scale = qApp != nullptr ? qApp->property(scaleKey) : QVariant();
    return scale.isValid() ? scale.toDouble() : 1.0;
}

int scaled(int pixels) {
    return static_cast<int>(std::lround(pixels * typeScale()));
}

void setTypeScale(QApplication& application, double scale) {
    if (scale == typeScale())
        return;
    application.setProperty(scaleKey, scale);
    restyle(application, themeOf(nullptr));
}

QFont fontFor(TextRole role) {
    struct Row {
        double points;
        QFont::Weight weight;
    };
    static constexpr std::array<Row, 5> rows{{{8.25, QFont::Normal},
                                              {9, QFont::Normal},
                                              {10, QFont::DemiBold},
                                              {14, QFont::DemiBold},
                                              {20, QFont::DemiBold}}};
    const Row& row = rows[static_cast<std::size_t>(role)];
    QFont font(QStringList{QStringLiteral("Inter"), QStringLiteral("Noto Sans"), QStringLiteral("DejaVu Sans")});
    font.setPointSizeF(row.points * typeScale());
    font.setWeight(row.weight);
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    font.setFeature("tnum", 1);
#endif
    return font;
}

void applyTheme(QApplication& application, Appearance appearance) {
    const bool systemDark = systemIsDark(application);
    const bool dark = appearance == Appearance::System ? systemDark : appearance == Appearance::Dark;
    const Theme& theme = themeFor(dark);
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setPalette(paletteFor(theme));
    // Qt tells only windows that exist already; those not yet shown would keep the palette they were made with.
    for (QWidget* widget : QApplication::topLevelWidgets()) {
        if (widget->windowHandle() == nullptr)
            widget->setPalette(QPalette());
    }
    restyle(application, theme);
    FocusRing::install(application);
}

} // namespace flatline
