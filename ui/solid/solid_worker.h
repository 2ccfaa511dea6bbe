#pragma once

#include "ui/solid/solid_scene.h"

#include <QObject>

#include <memory>

namespace flatline {

/// Draws solids on a thread of its own: the newest scene in, the newest finished picture out.
class SolidWorker : public QObject {
    Q_OBJECT
public:
    explicit SolidWorker(QObject* parent = nullptr);
    ~SolidWorker() override; ///< waits for the band under way

    /// UI thread; does not block. `hurried`: the user waits for it; else the thread rests after it, for the training's
    /// sake.
    void show(SolidScene scene, bool hurried);
    /// Null before the first one is finished.
    [[nodiscard]] std::shared_ptr<const SolidPicture> latest() const;

signals:
    void ready(); ///< there is a newer picture; at most one a picture

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace flatline
