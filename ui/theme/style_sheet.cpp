#include "ui/theme/style_sheet.h"

#include "ui/theme/theme.h"

#include <QList>
#include <QPair>

namespace flatline {

namespace {

// Names in @ stand for colours of the theme; @mode is "light" or "dark", for pictures.
constexpr auto buttons = R"(
QPushButton, QToolButton[role="framed"] {
  background: @surface; color: @text; border: 1px solid @line; border-radius: 5px;
  padding: 0 10px; min-height: 22px; font-weight: 500; }
QPushButton:hover, QToolButton[role="framed"]:hover { background: @selectedFill; }
QPushButton:pressed, QToolButton[role="framed"]:pressed { background: @sunken; }
QPushButton:disabled, QToolButton[role="framed"]:disabled {
  color: @faint; border-color: @border; background: @panel; }
QPushButton[role="primary"] { background: @accent; color: @onAccent; border-color: @accent; font-weight: 600; }
QPushButton[role="primary"]:hover { border-color: @text; }
QPushButton[role="kick"] { background: @kick; color: @onKick; border-color: @kick; font-weight: 600; }
QPushButton[role="kick"]:hover { border-color: @text; }
QPushButton[role="primary"]:disabled, QPushButton[role="kick"]:disabled {
  background: @sunken; color: @faint; border-color: @border; }
QPushButton[role="state"]:checked { background: @selectedFill; border-color: @accent; }
QPushButton[role="segment"] { padding: 0 8px; border-radius: 4px; }
QPushButton[role="segment"][place="first"] { border-top-right-radius: 0; border-bottom-right-radius: 0; }
QPushButton[role="segment"][place="middle"] { border-radius: 0; border-left: none; }
QPushButton[role="segment"][place="last"] {
  border-top-left-radius: 0; border-bottom-left-radius: 0; border-left: none; }
QPushButton[role="segment"]:checked { background: @accent; color: @onAccent; border-color: @accent; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 5px; padding: 3px;
  color: @text; }
QToolButton:hover { background: @selectedFill; }
QToolButton:pressed, QToolButton:checked { background: @selectedFill; border-color: @accent; }
QToolButton[role="link"] { color: @accent; padding: 0 4px; }
QToolButton::menu-indicator { image: none; }
QToolButton[role="quiet"] { color: @muted; font-size: 8.25pt; }
)";

constexpr auto fields = R"(
QLineEdit, QAbstractSpinBox, QComboBox, QPlainTextEdit, QTextEdit {
  background: @surface; color: @text; border: 1px solid @line; border-radius: 5px;
  padding: 0 6px; min-height: 22px;
  selection-background-color: @accent; selection-color: @onAccent; }
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {
  color: @faint; border-color: @border; background: @panel; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit { border: none; padding: 0; min-height: 0; background: transparent; }
QTextEdit[role="text"] { background: transparent; border: none; border-radius: 0; padding: 0; min-height: 0; }
QComboBox { padding-right: 0; }
QComboBox::drop-down { border: none; width: 20px; subcontrol-position: center right; }
QComboBox::down-arrow { image: url(:/icons/parts/down-@mode.svg); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: @surface; color: @text; border: 1px solid @line;
  selection-background-color: @selectedFill; selection-color: @text; outline: none; padding: 2px; }
QComboBox QAbstractItemView::item { min-height: 24px; padding: 0 4px; }
QAbstractSpinBox { padding: 0 0 0 4px; }
QAbstractSpinBox::up-button { subcontrol-origin: border; subcontrol-position: top right; width: 16px;
  height: 11px; border: none; margin: 1px 2px 0 0; background: transparent; }
QAbstractSpinBox::down-button { subcontrol-origin: border; subcontrol-position: bottom right; width: 16px;
  height: 11px; border: none; margin: 0 2px 1px 0; background: transparent; }
QAbstractSpinBox::up-arrow { image: url(:/icons/parts/up-@mode.svg); width: 9px; height: 9px; }
QAbstractSpinBox::down-arrow { image: url(:/icons/parts/down-@mode.svg); width: 9px; height: 9px; }
QSlider { min-height: 24px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: @border; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: @accent; }
QSlider::handle:horizontal { width: 12px; height: 12px; margin: -6px 0; border: 2px solid @accent;
  border-radius: 8px; background: @surface; }
QSlider::handle:horizontal:hover { background: @selectedFill; }
QSlider:disabled { color: @faint; }
QSlider::sub-page:horizontal:disabled { background: @line; }
QSlider::handle:horizontal:disabled { border-color: @line; }
QCheckBox { spacing: 8px; min-height: 24px; }
QCheckBox::indicator { width: 16px; height: 16px; }
QCheckBox::indicator:unchecked { image: url(:/icons/parts/check-off-@mode.svg); }
QCheckBox::indicator:checked { image: url(:/icons/parts/check-on-@mode.svg); }
QCheckBox[role="switch"]::indicator { width: 34px; height: 20px; }
QCheckBox[role="switch"]::indicator:unchecked { image: url(:/icons/parts/switch-off-@mode.svg); }
QCheckBox[role="switch"]::indicator:checked { image: url(:/icons/parts/switch-on-@mode.svg); }
)";

constexpr auto surfaces = R"(
QFrame[role="card"] { background: @surface; border: 1px solid @border; border-radius: 6px; }
QFrame[role="popover"] { background: @surface; border: 1px solid @line; border-radius: 6px; }
QFrame[role="plain"] { background: @surface; border: none; }
QFrame[role="panel"] { background: @panel; border: none; }
QFrame[role="rule"] { background: @border; border: none; max-height: 1px; min-height: 1px; }
QLabel[role="heading"] { font-weight: 600; }
QLabel[role="muted"] { color: @muted; }
QLabel[role="caption"] { color: @muted; font-size: 8.25pt; }
QLabel[role="dead"] { color: @dead; font-weight: 600; }
QLabel[role="key"] { border: 1px solid @line; border-radius: 4px; padding: 0 4px; background: @surface;
  font-size: 8.25pt; font-weight: 500; }
QMenuBar { background: @panel; border-bottom: 1px solid @border; padding: 2px 8px; }
QMenuBar::item { padding: 3px 9px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: @selectedFill; }
QMenu { background: @surface; border: 1px solid @line; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: @selectedFill; color: @text; }
QMenu::item:disabled { color: @faint; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: @border; margin: 4px 8px; }
QStatusBar { background: @panel; border-top: 1px solid @border; }
QStatusBar::item { border: none; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QToolTip { background: @surface; color: @text; border: 1px solid @line; padding: 4px 6px; }
QTableView { background: @surface; color: @text; border: none; outline: none;
  selection-background-color: @selectedFill; selection-color: @text; }
QTableView::item { padding: 0 16px 0 10px; border-bottom: 1px solid @border; }
QHeaderView { background: @surface; }
QHeaderView::section { background: @surface; color: @muted; border: none; border-bottom: 1px solid @line;
  padding: 0 10px 0 13px; font-weight: 600; }
QHeaderView::up-arrow { image: url(:/icons/parts/up-@mode.svg); width: 9px; subcontrol-position: center right; }
QHeaderView::down-arrow { image: url(:/icons/parts/down-@mode.svg); width: 9px; subcontrol-position: center right; }
QHeaderView::section:hover { background: @selectedFill; }
QProgressBar { background: @sunken; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; }
QProgressBar::chunk { background: @accent; border-radius: 2px; }
QScrollArea { border: none; }
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: @line; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 24px; }
QScrollBar::handle:horizontal { min-width: 24px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
)";

} // namespace

QString styleSheetFor(const Theme& theme) {
    QString sheet = QLatin1String(buttons) + QLatin1String(fields) + QLatin1String(surfaces);
    const QList<QPair<QLatin1String, QColor>> colors{
        {QLatin1String("@surface"), theme.surface}, {QLatin1String("@panel"), theme.panel},
        {QLatin1String("@sunken"), theme.sunken},   {QLatin1String("@border"), theme.border},
        {QLatin1String("@line"), theme.line},       {QLatin1String("@text"), theme.text},
        {QLatin1String("@muted"), theme.muted},     {QLatin1String("@faint"), theme.line},
        {QLatin1String("@accent"), theme.accent},   {QLatin1String("@onAccent"), theme.onAccent},
        {QLatin1String("@kick"), theme.kick},       {QLatin1String("@onKick"), theme.onKick},
        {QLatin1String("@dead"), theme.dead},       {QLatin1String("@selectedFill"), theme.selectedFill},
    };
    for (const auto& [name, color] : colors)
        sheet.replace(name, color.name());
    return sheet.replace(QLatin1String("@mode"), QLatin1String(theme.dark ? "dark" : "light"));
}

} // namespace flatline
