#include "app/command_line/screenshot.h"

#include "app/services.h"
#include "ui/theme/theme.h"
#include "ui/window/main_window.h"

#include <QApplication>
#include <QBuffer>

namespace flatline {

QByteArray windowPicture(const Snapshot& snapshot, std::shared_ptr<const Surface> surface) {
    applyTheme(*qApp, Appearance::Light);
    MainWindow window(makeServices(), nullptr);
    window.resize(1280, 800);
    window.show();
    constexpr quint64 lateTick = 1000; // views take turns; this late, every one is due
    auto analysis = std::make_shared<const Analysis>(analyse(snapshot, ThermalKick{}));
    window.showFrame({std::make_shared<const Snapshot>(snapshot), std::move(surface), {}, std::move(analysis)},
                     lateTick);
    QCoreApplication::processEvents(); // layouts and polishing that were put off
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    window.grab().save(&buffer, "PNG");
    return png;
}

} // namespace flatline
