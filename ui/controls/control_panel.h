#pragma once

#include "ui/controls/data_section.h"
#include "ui/controls/section.h"

#include <QScrollArea>

namespace flatline {

class KickSection;

/// The panel on the left: the sections in the order of the experiment file. Scrolls where it is too low.
class ControlPanel : public QScrollArea {
    Q_OBJECT
public:
    explicit ControlPanel(DataSection::Columns columns, QWidget* parent = nullptr);

    void showFrame(const Frame& frame);
    /// Sends off what the sections still hold back.
    void flush();
    [[nodiscard]] ThermalKick kick() const;

signals:
    void wished(const flatline::SettingWish& wish);
    void kickWished();
    void csvWished();

private:
    std::vector<Section*> m_sections;
    KickSection* m_kick;
};

} // namespace flatline
