#pragma once

#include "ui/fields/landscape_picture.h"
#include "ui/fields/landscape_state.h"
#include "ui/solid/solid_scene.h"
#include "ui/views/view.h"

#include <QPointer>

#include <string>

namespace flatline {

class LandscapeHead;
class LandscapeLine;
class LandscapeMap;
class LandscapePanel;
class SolidCanvas;

/// The training loss over a two-dimensional slice through the parameters: as a map, as a solid, or as a cut along one
/// direction, all from the same surface. Where it is wide enough a panel with all its controls stands beside it.
class LandscapeViewWidget : public View {
    Q_OBJECT
public:
    explicit LandscapeViewWidget(QWidget* parent = nullptr);

    void showFrame(const Frame& frame) override;
    [[nodiscard]] QString summary() const override;
    /// What is drawn and of which step; "(computing…)" while that is not what the controls say.
    [[nodiscard]] QString subtitle() const override;
    [[nodiscard]] QWidget* headControls() override;
    void restore() override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

    [[nodiscard]] const LandscapeView& wish() const { return m_state.wish; }
    [[nodiscard]] const LossScale& scale() const { return m_state.scale; }
    [[nodiscard]] const LandscapeShow& shown() const { return m_state.show; }
    [[nodiscard]] LandscapeLayout pictureLayout() const; ///< of the map
    [[nodiscard]] SolidCanvas* solid() const { return m_solid; }
    [[nodiscard]] LandscapeLine* line() const { return m_line; }
    /// Takes it over and remembers it.
    void setShown(const LandscapeShow& show);

    /// Wide enough for the panel, and high enough.
    static constexpr QSize panelFrom{900, 300};

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void takeSurface(const std::shared_ptr<const Surface>& before);
    void roll(const Surface& before);
    void wishFor(const LandscapeView& wish);
    void choosePlane(const std::string& id);
    void chooseExtent(double extent);
    void chooseSide(int side);
    void followSelection();
    void announce();
    void arrange();
    void showState();
    void showSolid();
    void makePanel();

    LandscapeState m_state;
    LandscapeView m_announced; ///< the wish that was told last
    HeightScale m_heights;
    BallTurn m_ball = unturned;
    QString m_subtitle;
    LandscapeMap* m_map;
    SolidCanvas* m_solid;
    LandscapeLine* m_line;
    LandscapePanel* m_panel = nullptr; ///< made when there is room
    QPointer<LandscapeHead> m_head;    ///< made when a card asks for it
};

} // namespace flatline
