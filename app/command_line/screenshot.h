#pragma once

#include "core/landscape/surface.h"
#include "core/training/snapshot.h"

#include <QByteArray>

#include <memory>

namespace flatline {

/// The main window as it shows that run, as a PNG of 1280 x 800. Needs a QApplication.
[[nodiscard]] QByteArray windowPicture(const Snapshot& snapshot, std::shared_ptr<const Surface> surface);

} // namespace flatline
