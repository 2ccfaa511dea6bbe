#pragma once

#include "core/training/worker.h"
#include "ui/theme/enlarged.h"
#include "ui/views/view.h"

#include <QObject>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

class QBoxLayout;
class QShortcut;

namespace flatline {

class Actions;
class Lab;
class LeftSide;
class LessonPane;
class LessonPlayer;
class PresenterFoot;
class PresenterHead;
class PresenterVitals;
class ViewGrid;
struct LessonPage;

/// The window for a room full of people: type and controls half as large again, the open lesson as slides beside the
/// views, and everything that is not needed away. Page Up and Page Down, which a remote sends, turn the page; Escape
/// ends it. UI thread.
class Presenter : public QObject {
    Q_OBJECT
public:
    /// The parts of the window that it works with.
    struct Parts {
        const Actions& actions;
        LessonPlayer& player;
        LeftSide& left;
        ViewGrid& views;
        QWidget& content; ///< the window's; what its bars are made of stands directly in it
        QWidget& timeline;
        QBoxLayout& time; ///< in which the timeline stands
    };
    /// lab may be null: then there is nothing to present.
    Presenter(Lab* lab, const Parts& parts, QWidget* window);
    ~Presenter() override;

    [[nodiscard]] bool presenting() const { return m_larger != nullptr; }
    void present(bool on);
    static constexpr double scale = 1.5;

    /// Of the page's views those that a room can read beside the text: the one that is pointed at or named first, and
    /// the neurons where the page has them.
    [[nodiscard]] static QStringList viewsFor(const std::vector<LessonPage>& pages, std::size_t page);

signals:
    void commandWished(const flatline::Command& command);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void makeBars();
    void begin();
    void end();
    void showPage();
    void showFrame(const Frame& frame);
    void layOut();
    void leaveOrStepBack();
    void takeKeyboard();

    Lab* m_lab;
    Parts m_parts;
    QWidget* m_window;
    PresenterHead* m_head = nullptr;
    PresenterFoot* m_foot = nullptr;
    PresenterVitals* m_vitals = nullptr;
    struct Views { ///< as they were before, where no lesson has its own
        QStringList ids;
        bool borrowed = false;
    };
    void showFew();

    std::optional<Views> m_before;
    std::vector<QWidget*> m_away;                 ///< hidden while presenting
    std::vector<QShortcut*> m_keys;               ///< only while presenting
    std::unique_ptr<Enlarged> m_larger = nullptr; ///< while presenting
};

} // namespace flatline
