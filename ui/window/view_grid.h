#pragma once

#include "ui/views/view.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <vector>

class QFrame;
class QGridLayout;

namespace flatline {

class NetworkView;
class NeuronCard;

/// The views in their cards: four equal ones, and the network in a strip below. One of them can fill the grid. Each
/// view gets frames at its own pace; none misses the last one.
class ViewGrid : public QWidget {
    Q_OBJECT
public:
    explicit ViewGrid(QWidget* parent = nullptr);

    void showFrame(const Frame& frame, quint64 tick);
    /// The views in their order: those of viewTable(), then the strip.
    [[nodiscard]] static std::vector<const ViewRow*> rows();
    /// One view (its number in rows()) fills the grid; -1: all of them.
    void expand(int row);
    [[nodiscard]] int expanded() const { return m_expanded; }
    /// Closes the neuron's card where it is open, else returns to all views.
    void stepBack();
    /// Opens the neuron's card, or closes it where it is this one's.
    void toggleCard(NeuronId neuron);
    /// Low windows: the strip shows only cells.
    void setLow(bool low);
    void setReduceMotion(bool reduce);

signals:
    void neuronClicked(flatline::NeuronId neuron);
    void landscapeWished(const flatline::LandscapeView& wish);
    void pictureWished(QWidget* view, const QString& name);
    void expandedChanged(int row);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Place {
        const ViewRow* row = nullptr;
        View* view = nullptr;
        QFrame* card = nullptr;
        quint64 shownAt = 0;
        bool stale = false; ///< there is a newer frame than the one it shows
    };

    void addViews();
    QFrame* makeCard(const ViewRow& row, int number);
    QFrame* makeStrip(const ViewRow& row);
    void toggle(int row);
    void arrange();
    void show(Place& place, quint64 tick);
    void showStale();
    void describe();
    void showCard();
    void placeCard();

    std::vector<Place> m_places;
    NetworkView* m_strip = nullptr;
    NeuronCard* m_card; ///< above the views; hidden until a neuron is opened
    QGridLayout* m_layout;
    Frame m_frame;
    quint64 m_tick = 0;
    QTimer m_catchUp; ///< shows the last frame to views whose turn did not come
    QElapsedTimer m_described;
    int m_expanded = -1;
    bool m_low = false;
};

} // namespace flatline
