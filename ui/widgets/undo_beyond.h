#pragma once

class QLineEdit;
class QWidget;

namespace flatline {

/// Undo and redo in a text field are the text's while something is being typed. Once it is taken over, so that the text
/// is unmodified, they are the window's: Ctrl+Z takes the setting back, not only its letters. `focused` is the widget
/// that has the keyboard: the line itself, or the box around it.
void letUndoPass(QWidget* focused, QLineEdit* line);

} // namespace flatline
