#pragma once

#include <QPointer>
#include <QSize>
#include <QWidget>

#include <vector>

namespace flatline {

/// Widths and heights that widgets have fixed themselves, times a factor, for as long as this lives: what a larger type
/// asks for. Texts that fit themselves stay out of it. UI thread.
class Enlarged {
public:
    /// `root` itself keeps its size; all below it, as it is now, grows.
    Enlarged(const QWidget& root, double factor);
    ~Enlarged();
    Enlarged(const Enlarged&) = delete;
    Enlarged& operator=(const Enlarged&) = delete;

private:
    struct Size {
        QPointer<QWidget> widget;
        QSize own;
        QSize larger; ///< 0: not fixed in that direction
    };
    std::vector<Size> m_sizes;
};

} // namespace flatline
