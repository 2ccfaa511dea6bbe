#pragma once

#include <QPointer>
#include <QWidget>

#include <functional>

namespace flatline {

/// A ring of 2 px of accent around the thing that a lesson speaks of. It lies above a window's content, follows what it
/// is around, and lets every click through.
class PointerRing : public QWidget {
    Q_OBJECT
public:
    explicit PointerRing(QWidget* content);

    /// Around a part of `target`, by default all of it: `place` is asked for anew whenever something moves, in
    /// the target's coordinates; empty: nothing to frame. The target is somewhere in the content, or null.
    void point(QWidget* target, std::function<QRect()> place = {});
    /// Looks where it is now: what is painted inside a widget moves without its knowledge.
    void follow();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    QPointer<QWidget> m_target;
    std::function<QRect()> m_place;
    std::vector<QPointer<QObject>> m_watched; ///< the target and what it stands in
};

} // namespace flatline
