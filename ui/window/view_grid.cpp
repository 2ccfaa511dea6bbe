#include "ui/window/view_grid.h"

#include "ui/views/network_view.h"
#include "ui/views/neuron_card.h"
#include "ui/views/view_card.h"

#include <QAction>
#include <QCoreApplication>
#include <QFrame>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>

#include <algorithm>

namespace flatline {

namespace {
constexpr int catchUpTime = 60;    ///< ms
constexpr int describeTime = 1000; ///< ms: as often as a screen reader could say it
constexpr int columns = 2;
constexpr int stripHeight = 128; ///< heading, cells of 46 px, shares, counts
constexpr int lowStripHeight = 92;
constexpr int margin = 8;
constexpr int leastCardWidth = 440;
constexpr quint64 cardTick = 6;
} // namespace

ViewGrid::ViewGrid(QWidget* parent)
    : QWidget(parent)
    , m_layout(new QGridLayout(this)) {
    m_layout->setContentsMargins(margin, margin, margin, margin);
    m_layout->setSpacing(margin);
    addViews();
    m_card = new NeuronCard(this); // after the views: above them, and behind them for the Tab key
    m_card->hide();
    connect(m_card, &NeuronCard::closeWished, this, &ViewGrid::stepBack);
    arrange();
    m_catchUp.setSingleShot(true);
    m_catchUp.setInterval(catchUpTime);
    connect(&m_catchUp, &QTimer::timeout, this, &ViewGrid::showStale);
    m_described.start();
}

std::vector<const ViewRow*> ViewGrid::rows() {
    static const ViewRow strip{
        "network", QT_TRANSLATE_NOOP("views", "Network"),
        QT_TRANSLATE_NOOP("views", "Every hidden neuron over the plane of the data: where it fires, and its state.\n"
                                   "z = w·x + b; coloured where f(z) is not 0. At the right, what the network makes of "
                                   "the plane. Click a neuron for its certificate."),
        8, [](QWidget* parent) -> View* { return new NetworkView(parent); }};
    std::vector<const ViewRow*> all;
    for (const ViewRow& row : viewTable())
        all.push_back(&row);
    all.push_back(&strip);
    return all;
}

void ViewGrid::addViews() {
    for (const ViewRow* row : rows()) {
        const int number = static_cast<int>(m_places.size());
        const bool strip = row == rows().back();
        QFrame* card = strip ? makeStrip(*row) : makeCard(*row, number);
        View* view = card->findChild<View*>();
        view->setAccessibleName(QCoreApplication::translate("views", row->title));
        connect(view, &View::neuronClicked, this, &ViewGrid::neuronClicked);
        connect(view, &View::landscapeWished, this, &ViewGrid::landscapeWished);
        m_places.push_back({row, view, card});
    }
}

QFrame* ViewGrid::makeCard(const ViewRow& row, int number) {
    auto* card = new ViewCard(row, this);
    connect(card, &ViewCard::expandToggled, this, [this, number] { toggle(number); });
    connect(card, &ViewCard::savePictureRequested, this,
            [this, card, id = QString::fromLatin1(row.id)] { emit pictureWished(card, id); });
    connect(this, &ViewGrid::expandedChanged, card,
            [card, number](int expanded) { card->setExpanded(expanded == number); });
    return card;
}

QFrame* ViewGrid::makeStrip(const ViewRow& row) {
    auto* card = new QFrame(this);
    card->setProperty("role", "card");
    auto* line = new QHBoxLayout(card);
    line->setContentsMargins(10, 4, 8, 4);
    View* view = row.make(card);
    line->addWidget(view);
    m_strip = qobject_cast<NetworkView*>(view);
    connect(m_strip, &NetworkView::neuronOpened, this, &ViewGrid::toggleCard);
    card->setToolTip(QCoreApplication::translate("views", row.help));
    // It has no head with buttons: they are in its context menu, and in the View menu.
    auto* fill = new QAction(tr("Fill the grid, or return"), card);
    auto* picture = new QAction(tr("Save picture of this view…"), card);
    card->addActions({fill, picture});
    card->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(fill, &QAction::triggered, this, [this] { toggle(static_cast<int>(m_places.size()) - 1); });
    connect(picture, &QAction::triggered, this, [this, card] { emit pictureWished(card, QStringLiteral("network")); });
    return card;
}

void ViewGrid::toggle(int row) {
    expand(m_expanded == row ? -1 : row);
}

void ViewGrid::arrange() {
    int cell = 0;
    for (std::size_t i = 0; i < m_places.size(); ++i) {
        const Place& place = m_places[i];
        const bool alone = m_expanded == static_cast<int>(i);
        m_layout->removeWidget(place.card);
        if (alone)
            m_layout->addWidget(place.card, 0, 0, 3, columns);
        else if (place.view == m_strip)
            m_layout->addWidget(place.card, 2, 0, 1, columns);
        else
            m_layout->addWidget(place.card, cell / columns, cell % columns);
        cell += place.view == m_strip ? 0 : 1;
        place.card->setVisible(alone || m_expanded < 0);
    }
    const bool stripAlone = m_expanded == static_cast<int>(m_places.size()) - 1;
    QWidget* strip = m_places.back().card;
    m_strip->setCompact(m_low && !stripAlone);
    strip->setMinimumHeight(stripAlone ? 0 : m_low ? lowStripHeight : stripHeight);
    strip->setMaximumHeight(stripAlone ? QWIDGETSIZE_MAX : strip->minimumHeight());
    for (const int line : {0, 1}) {
        m_layout->setRowStretch(line, 1);
        m_layout->setColumnStretch(line, 1);
    }
}

void ViewGrid::expand(int row) {
    if (row == m_expanded)
        return;
    m_expanded = row;
    arrange();
    showStale();
    emit expandedChanged(row);
    if (m_card->isVisible())
        placeCard();
}

void ViewGrid::setLow(bool low) {
    if (low == m_low)
        return;
    m_low = low;
    arrange();
}

void ViewGrid::setReduceMotion(bool reduce) {
    const QString style = reduce ? QStringLiteral("* { widget-animation-duration: 0; }") : QString();
    for (const Place& place : m_places)
        place.view->setStyleSheet(style);
}

void ViewGrid::showFrame(const Frame& frame, quint64 tick) {
    m_frame = frame;
    m_tick = tick;
    bool late = false;
    quint64 turn = 0;
    for (Place& place : m_places) {
        place.stale = true;
        // Views take different ticks, so that none has to do it all: with paces of 4 and 8, the charts each their own.
        const auto pace = static_cast<quint64>(place.row->tick);
        if ((tick + turn++) % pace == 0 || tick >= place.shownAt + 2 * pace)
            show(place, tick);
        late = late || place.stale;
    }
    if (late)
        m_catchUp.start();
    if (m_card->isVisible() && (frame.snapshot->state != RunState::Running || tick % cardTick == 0))
        showCard();
    if (m_described.hasExpired(describeTime))
        describe();
}

void ViewGrid::toggleCard(NeuronId neuron) {
    if (m_card->isVisible() && m_card->neuron() == neuron) {
        m_card->hide();
        return;
    }
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
    const QWidget* strip = m_places.back().card;
    const bool above = strip->isVisibleTo(this) && strip->y() > height() / 2;
    const int bottom = (above ? strip->y() : height()) - margin;
    const int wide = std::min(std::max(leastCardWidth, (width() - 3 * margin) / 2), width() - 2 * margin);
    const int tall = std::min(m_card->wantedHeight(wide), bottom - margin);
    m_card->setGeometry(width() - margin - wide, bottom - tall, wide, tall);
    m_card->raise();
}

void ViewGrid::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (m_card->isVisible())
        placeCard();
}

void ViewGrid::stepBack() {
    if (m_card->isVisible()) {
        m_card->hide();
        m_strip->setFocus();
    } else {
        expand(-1);
    }
}

void ViewGrid::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && m_card->isVisible())
        stepBack();
    else
        QWidget::keyPressEvent(event);
}

void ViewGrid::show(Place& place, quint64 tick) {
    if (!place.card->isVisibleTo(this))
        return;
    place.view->showFrame(m_frame);
    place.shownAt = tick;
    place.stale = false;
}

void ViewGrid::showStale() {
    if (!m_frame.snapshot)
        return;
    for (Place& place : m_places)
        if (place.stale)
            show(place, m_tick);
    describe();
}

void ViewGrid::describe() {
    m_described.start();
    for (const Place& place : m_places) {
        const QString summary = place.view->summary();
        if (place.view->accessibleDescription() != summary)
            place.view->setAccessibleDescription(summary);
    }
}

} // namespace flatline
