#pragma once

#include "ui/palette/palette_entries.h"

#include <QFrame>

class QLabel;
class QLineEdit;
class QListWidget;
class QListWidgetItem;

namespace flatline {

/// A searchable list of all that can be done. Typing narrows it, the arrows move in it, Enter does what is chosen,
/// Escape or a click elsewhere closes it. Deletes itself.
class CommandPalette : public QFrame {
    Q_OBJECT
public:
    /// Over the upper part of the window.
    CommandPalette(std::vector<PaletteEntry> entries, QWidget* window);

    void open();
    [[nodiscard]] QLineEdit* field() const { return m_field; }
    [[nodiscard]] QListWidget* list() const { return m_list; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void narrow(const QString& typed);
    void step(int by);
    void run(const QListWidgetItem* item);
    void showHelp(const QListWidgetItem* item);

    std::vector<PaletteEntry> m_entries;
    QLineEdit* m_field;
    QListWidget* m_list;
    QLabel* m_help; ///< of the chosen entry, or that nothing fits
};

} // namespace flatline
