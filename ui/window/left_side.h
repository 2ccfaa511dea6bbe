#pragma once

#include "ui/controls/data_section.h"

#include <QWidget>

#include <optional>
#include <set>
#include <string>

class QBoxLayout;
class QFrame;

namespace flatline {

class ControlPanel;

/// The left of the window: the controls, which fold away in a narrow window, while runs are compared and beside a
/// lesson; and the lesson's pane, with only those controls below it that its page names.
class LeftSide : public QWidget {
    Q_OBJECT
public:
    explicit LeftSide(DataSection::Columns columns, QWidget* parent = nullptr);

    static constexpr int narrowWidth = 1200; ///< of the window; below that the controls are a drawer

    [[nodiscard]] ControlPanel& controls() const { return *m_controls; }
    /// Stands at the very left where it is shown; becomes the child of this.
    void setLesson(QWidget* pane);
    /// While a lesson is taken: the controls that stay; nothing: all of them, folded away.
    void beginLesson(const std::optional<std::set<std::string>>& controls);
    void endLesson();

    /// For a window of that width, with or without the comparison of runs.
    void fit(int windowWidth, bool comparing);
    /// Whether the controls can be folded away and out now.
    [[nodiscard]] bool isDrawer() const;
    [[nodiscard]] bool isOpen() const;
    void setOpen(bool open);
    void restore();
    void save() const;

signals:
    void changed(); ///< what is shown, but not by fit()

private:
    void layOut();

    ControlPanel* m_controls;
    QWidget* m_lesson = nullptr;
    QFrame* m_edge; ///< between the lesson and the controls below it
    QBoxLayout* m_line;
    std::optional<std::set<std::string>> m_named; ///< by the page; nothing: all
    bool m_teaching = false;
    bool m_narrow = false;
    bool m_comparing = false;
    bool m_open = false; ///< in a narrow window
    bool m_openComparing = true;
    bool m_openTeaching = false;
};

} // namespace flatline
