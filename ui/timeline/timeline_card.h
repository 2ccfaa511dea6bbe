#pragma once

#include "core/training/snapshot.h"
#include "ui/fields/frame.h"

#include <QFrame>

class QBoxLayout;
class QMenu;
class QPushButton;
class QToolButton;

namespace flatline {

class Timeline;

/// The timeline with what belongs to it: the way back to the run's last step, the fork, and what the history takes.
/// UI thread only.
class TimelineCard : public QFrame {
    Q_OBJECT
public:
    explicit TimelineCard(QWidget* parent = nullptr);

    void showFrame(const Frame& frame);
    [[nodiscard]] Timeline* timeline() const { return m_timeline; }
    /// Low windows: a thinner form, with the buttons side by side.
    void setThin(bool thin);

    /// The cap that the user has chosen, in bytes; nothing where it was never chosen.
    [[nodiscard]] static std::optional<qint64> rememberedCap();

signals:
    void resumeWished();
    void historyCapWished(qint64 bytes); ///< already remembered

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void makeMenu();
    void askForCap();
    void chooseCap(qint64 bytes);
    void showButtons();

    Timeline* m_timeline;
    QWidget* m_side;
    QBoxLayout* m_sideLayout;
    QPushButton* m_live;
    QPushButton* m_resume;
    QToolButton* m_memory; ///< in the fork's place where there is nothing to fork
    QMenu* m_menu;
    QAction* m_whole = nullptr;
    QAction* m_used = nullptr;
    std::vector<QAction*> m_caps;
    HistoryUse m_use;
};

} // namespace flatline
