#include "ui/views/network_view.h"
#include "ui/views/neuron_card.h"
#include "ui/views/output_view.h"
#include "ui/views/view_card.h"
#include "ui/window/view_grid.h"

#include <algorithm>

// What a click on the network opens: a neuron's card above the views, or a sample in the output view.
namespace flatline {

namespace {

constexpr QLatin1String outputId("outputs");
constexpr int leastCardWidth = 440;

} // namespace

void ViewGrid::toggleCard(NeuronId neuron) {
    if (m_card->isVisible() && m_card->neuron() == neuron) {
        m_card->hide();
        return;
    }
    openCard(neuron);
}

void ViewGrid::openCard(NeuronId neuron) {
    m_frame.selected = neuron; // the next frame will know it, too
    m_card->show();
    showCard();
}

void ViewGrid::showCard() {
    if (m_frame.selected.layer == 0) {
        m_card->hide(); // the network has lost its neuron
        return;
    }
    m_card->showFrame(m_frame);
    placeCard();
}

/// In the right half, above the strip: the landscape at the left stays in sight.
void ViewGrid::placeCard() {
    const QWidget* cells = m_places[strip()].card;
    const bool above = cells->isVisibleTo(this) && cells->y() > height() / 2;
    const int bottom = (above ? cells->y() : height()) - margin;
    const int wide = std::min(std::max(leastCardWidth, (width() - 3 * margin) / 2), width() - 2 * margin);
    const int tall = std::min(m_card->wantedHeight(wide), bottom - margin);
    m_card->setGeometry(width() - margin - wide, bottom - tall, wide, tall);
    m_card->raise();
}

void ViewGrid::stepBack() {
    if (m_card->isVisible()) {
        m_card->hide();
        m_strip->setFocus();
    } else {
        expand(-1);
    }
}

/// What the output view makes of that sample: in its place where it has one, else alone.
void ViewGrid::showSample(int sample) {
    m_card->hide();
    const auto found =
        std::ranges::find_if(m_places, [](const Place& place) { return QLatin1String(place.row->id) == outputId; });
    const auto number = static_cast<std::size_t>(found - m_places.begin());
    const bool inSight = m_expanded < 0 && m_arrangement.placeOf(number).has_value() && shows(found->row->id);
    if (!inSight)
        expand(static_cast<int>(number));
    qobject_cast<OutputView*>(found->view)->chooseSample(sample);
}

} // namespace flatline
