#include "ui/widgets/undo_beyond.h"

#include <QKeyEvent>
#include <QLineEdit>

namespace flatline {

namespace {

class UndoBeyond : public QObject {
public:
    UndoBeyond(QWidget* focused, QLineEdit* line)
        : QObject(focused)
        , m_line(line) {}

    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() != QEvent::ShortcutOverride || m_line->isModified())
            return QObject::eventFilter(watched, event);
        const auto* key = static_cast<QKeyEvent*>(event);
        if (!key->matches(QKeySequence::Undo) && !key->matches(QKeySequence::Redo))
            return QObject::eventFilter(watched, event);
        event->ignore(); // Qt's line would claim the key even with nothing to undo
        return true;
    }

private:
    QLineEdit* m_line;
};

} // namespace

void letUndoPass(QWidget* focused, QLineEdit* line) {
    focused->installEventFilter(new UndoBeyond(focused, line));
}

} // namespace flatline
