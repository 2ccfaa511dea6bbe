#pragma once

class QWidget;

namespace flatline {

/// Lets the Tab key go through everything inside a widget as one reads: in the order of its layouts, a grid's row by
/// row, whatever was made first. What is hidden now has its place, too; what stands in no layout comes last, in the
/// order in which it was made. To be called when everything is in its layouts; UI thread.
void orderTabsAsRead(QWidget* whole);

} // namespace flatline
