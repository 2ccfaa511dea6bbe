#pragma once

class QWidget;

namespace flatline {

void showShortcuts(QWidget* parent);
void showAbout(QWidget* parent);

} // namespace flatline
