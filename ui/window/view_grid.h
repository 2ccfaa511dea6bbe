#pragma once

#include "ui/views/view.h"
#include "ui/window/view_arrangement.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <optional>
#include <vector>

class QFrame;

namespace flatline {

class NetworkView;
class NeuronCard;
class ViewCard;

/// The views in their cards, one to six as the user arranged them, and the network in a strip below. One of them can
/// fill the grid. Each view gets frames at its own pace; none misses the last one. A view that is not shown is not made
/// before it is wanted, and gets no frames. Feeding: view_grid_frames.cpp; what a click on the network opens:
/// view_grid_card.cpp.
class ViewGrid : public QWidget {
    Q_OBJECT
public:
    explicit ViewGrid(QWidget* parent = nullptr);

    void showFrame(const Frame& frame, quint64 tick);
    /// The views in their order: those of viewTable(), then the strip.
    [[nodiscard]] static std::vector<const ViewRow*> rows();
    /// Its number in rows(); -1: there is no view of that name.
    [[nodiscard]] static int rowOf(const QString& id);
    /// Those beside each other, in their order, and the strip where it stands below them; whether or not one fills the
    /// grid.
    [[nodiscard]] QStringList shownIds() const;
    /// The arrangement as the user left it (QSettings); from now on each change of it is remembered.
    void restore();
    [[nodiscard]] const ViewArrangement& arrangement() const { return m_arrangement; }
    /// How many views there are beside the strip: 1 to 6.
    void setCount(int count);
    /// Shows another view (a number in viewTable()) in the place of this one.
    void replace(int row, int wanted);
    /// One view (its number in rows()) fills the grid, whether or not it is among those shown; -1: all of them.
    void expand(int row);
    [[nodiscard]] int expanded() const { return m_expanded; }
    [[nodiscard]] int ownExpanded() const { return m_own ? m_own->expanded : m_expanded; } ///< borrowed or not
    /// For a while these views (ViewRow::id), in this order, and the strip only where it is named; alone it fills the
    /// grid. Nothing of it is remembered; returnOwn brings back what the user had.
    void borrow(const QStringList& ids);
    void returnOwn();
    [[nodiscard]] bool borrowed() const { return m_own.has_value(); }
    /// Its card; null where it is not in sight.
    [[nodiscard]] QWidget* cardOf(const QString& id) const;
    /// Whether the view of that name (ViewRow::id) is in sight.
    [[nodiscard]] bool shows(const char* id) const;
    /// Gives the keyboard to the next view (by: 1), or to the one before (-1). While one fills the grid, that one does.
    void moveFocus(int by);
    /// Closes the neuron's card where it is open, else returns to all views.
    void stepBack();
    /// Opens the neuron's card, or closes it where it is this one's.
    void toggleCard(NeuronId neuron);
    void openCard(NeuronId neuron);
    /// Shows a training sample (from 0) in the output view: in its place where it is in sight, else alone.
    void showSample(int sample);
    /// Low windows: the strip shows only cells.
    void setLow(bool low);
    void setReduceMotion(bool reduce);
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void neuronClicked(flatline::NeuronId neuron);
    void inspectWished(); ///< of the selected neuron
    void landscapeWished(const flatline::LandscapeView& wish);
    void travelWished(qint64 step);
    void pictureWished(flatline::View* view);
    void copyWished(flatline::View* view);
    void expandedChanged(int row);
    void shownChanged(); ///< other views are in sight, or in other places

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    static constexpr int margin = 8;
    struct Place {
        const ViewRow* row = nullptr;
        View* view = nullptr; ///< null before it was first shown
        QFrame* card = nullptr;
        quint64 shownAt = 0;
        bool stale = false; ///< there is a newer frame than the one it shows
        bool due = false;   ///< and it is time to show it
    };

    [[nodiscard]] std::size_t strip() const { return m_places.size() - 1; }
    struct Own { ///< what the user had before it was borrowed
        ViewArrangement arrangement;
        int expanded = -1;
    };

    [[nodiscard]] bool remembers() const { return m_remembers && !m_own; }
    [[nodiscard]] std::vector<std::size_t> inSight() const; ///< as the eye goes: places, then the strip
    [[nodiscard]] bool inSight(const Place& place) const;
    void make(std::size_t number);
    ViewCard* makeCard(std::size_t number);
    QFrame* makeStrip(std::size_t number);
    void toggle(std::size_t number);
    void rearrange();
    void layOut();
    void orderTabs(const std::vector<std::size_t>& numbers);
    void feed(Place& place);
    void showDue();
    void takeTurn();
    void catchUp();
    void showStale();
    void describe();
    void showCard();
    void placeCard();

    std::vector<Place> m_places; ///< one a row of rows()
    ViewArrangement m_arrangement;
    NetworkView* m_strip = nullptr;
    NeuronCard* m_card; ///< above the views; hidden until a neuron is opened
    Frame m_frame;
    quint64 m_tick = 0;
    quint64 m_cardDue = 0; ///< the tick from which the card follows the next frame
    QTimer m_turn;         ///< until the next of the views that are due is shown its frame
    QTimer m_catchUp;      ///< shows the last frame to views whose turn did not come
    QElapsedTimer m_described;
    int m_expanded = -1;
    bool m_low = false;
    bool m_remembers = false;
    std::optional<Own> m_own; ///< while it is borrowed
    bool m_stripShown = true;
    bool m_reduceMotion = false;
};

} // namespace flatline
