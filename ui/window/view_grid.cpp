#include "ui/window/view_grid.h"

#include "ui/theme/theme.h"
#include "ui/views/network_view.h"
#include "ui/views/neuron_card.h"
#include "ui/views/view_card.h"

#include <QAction>
#include <QApplication>
#include <QFrame>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QSettings>

#include <algorithm>

namespace flatline {

namespace {

constexpr int catchUpTime = 60;  ///< ms
constexpr int turnTime = 6;      ///< ms: painting a view and a little room for the mouse
constexpr int stripHeight = 128; ///< heading, cells of 46 px, shares, counts
constexpr int lowStripHeight = 92;
constexpr auto countKey = "view/count";
constexpr auto orderKey = "view/order";

QStringList viewIds() {
    QStringList ids;
    for (const ViewRow& row : viewTable())
        ids << QString::fromLatin1(row.id);
    return ids;
}

/// What the Tab key reaches inside, in the order in which it does.
std::vector<QWidget*> tabStops(QWidget* card) {
    std::vector<QWidget*> stops;
    QWidget* widget = card;
    do {
        if ((widget == card || card->isAncestorOf(widget)) && (widget->focusPolicy() & Qt::TabFocus) != 0)
            stops.push_back(widget);
        widget = widget->nextInFocusChain();
    } while (widget != card);
    return stops;
}

} // namespace

ViewGrid::ViewGrid(QWidget* parent)
    : QWidget(parent)
    , m_arrangement(viewIds()) {
    for (const ViewRow* row : rows())
        m_places.push_back({row});
    for (const std::size_t number : inSight())
        make(number);
    m_card = new NeuronCard(this); // after the views: above them, and behind them for the Tab key
    m_card->hide();
    connect(m_card, &NeuronCard::closeWished, this, &ViewGrid::stepBack);
    connect(m_card, &NeuronCard::inspectWished, this, &ViewGrid::inspectWished);
    layOut();
    m_turn.setSingleShot(true);
    m_turn.setTimerType(Qt::PreciseTimer);
    m_turn.setInterval(turnTime);
    connect(&m_turn, &QTimer::timeout, this, &ViewGrid::takeTurn);
    m_catchUp.setSingleShot(true);
    m_catchUp.setInterval(catchUpTime);
    connect(&m_catchUp, &QTimer::timeout, this, &ViewGrid::catchUp);
    m_described.start();
}

std::vector<const ViewRow*> ViewGrid::rows() {
    static const ViewRow strip{
        "network", QT_TRANSLATE_NOOP("views", "Network"),
        QT_TRANSLATE_NOOP("views", "Every hidden neuron over the plane of the data: where it fires, and its state.\n"
                                   "z = w·x + b; coloured where f(z) is not 0. At the right, what the network makes of "
                                   "the plane. Click a neuron for its certificate, twice for the inspector."),
        8, [](QWidget* parent) -> View* { return new NetworkView(parent); }};
    std::vector<const ViewRow*> all;
    for (const ViewRow& row : viewTable())
        all.push_back(&row);
    all.push_back(&strip);
    return all;
}

int ViewGrid::rowOf(const QString& id) {
    const auto all = rows();
    const auto found =
        std::find_if(all.begin(), all.end(), [&id](const ViewRow* row) { return id == QLatin1String(row->id); });
    return found == all.end() ? -1 : static_cast<int>(found - all.begin());
}

QStringList ViewGrid::shownIds() const {
    QStringList ids = m_arrangement.order().mid(0, m_arrangement.count());
    if (m_stripShown)
        ids << QLatin1String(m_places[strip()].row->id);
    return ids;
}

std::vector<std::size_t> ViewGrid::inSight() const {
    if (m_expanded >= 0)
        return {static_cast<std::size_t>(m_expanded)};
    const auto shown = m_arrangement.shown();
    std::vector<std::size_t> numbers(shown.begin(), shown.end());
    if (m_stripShown)
        numbers.push_back(strip());
    return numbers;
}

void ViewGrid::borrow(const QStringList& ids) {
    if (!m_own)
        m_own = Own{m_arrangement, m_expanded};
    QStringList views = ids;
    const bool withStrip = views.removeAll(QLatin1String(m_places[strip()].row->id)) > 0;
    m_stripShown = withStrip || views.isEmpty();
    m_expanded = views.isEmpty() ? static_cast<int>(strip()) : -1;
    if (!views.isEmpty()) {
        m_arrangement.setOrder(views);
        m_arrangement.setCount(static_cast<int>(views.size()));
    }
    rearrange();
    emit expandedChanged(m_expanded);
}

void ViewGrid::returnOwn() {
    if (!m_own)
        return;
    m_arrangement = m_own->arrangement;
    m_expanded = m_own->expanded;
    m_stripShown = true;
    m_own.reset();
    rearrange();
    emit expandedChanged(m_expanded);
}

QWidget* ViewGrid::cardOf(const QString& id) const {
    for (const std::size_t number : inSight())
        if (id == QLatin1String(m_places[number].row->id))
            return m_places[number].card;
    return nullptr;
}

bool ViewGrid::shows(const char* id) const {
    const auto numbers = inSight();
    return std::any_of(numbers.begin(), numbers.end(), [&](std::size_t number) {
        return QLatin1String(m_places[number].row->id) == QLatin1String(id);
    });
}

void ViewGrid::make(std::size_t number) {
    Place& place = m_places[number];
    if (place.card != nullptr)
        return;
    place.card = number == strip() ? makeStrip(number) : makeCard(number);
    place.view = place.card->findChild<View*>();
    place.view->setAccessibleName(QCoreApplication::translate("views", place.row->title));
    connect(place.view, &View::neuronClicked, this, &ViewGrid::neuronClicked);
    connect(place.view, &View::neuronOpened, this, &ViewGrid::toggleCard);
    connect(place.view, &View::neuronInspected, this, [this] {
        m_card->hide();
        emit inspectWished();
    });
    connect(place.view, &View::landscapeWished, this, &ViewGrid::landscapeWished);
    connect(place.view, &View::travelWished, this, &ViewGrid::travelWished);
    place.stale = true;
    if (m_remembers)
        place.view->restore();
    if (m_reduceMotion)
        setReduceMotion(true);
}

ViewCard* ViewGrid::makeCard(std::size_t number) {
    const ViewRow& row = *m_places[number].row;
    auto* card = new ViewCard(row, this);
    connect(card, &ViewCard::expandToggled, this, [this, number] { toggle(number); });
    connect(card, &ViewCard::viewChosen, this,
            [this, number](int wanted) { replace(static_cast<int>(number), wanted); });
    connect(card, &ViewCard::savePictureRequested, this, [this, card] { emit pictureWished(card->view()); });
    connect(card, &ViewCard::copyPictureRequested, this, [this, card] { emit copyWished(card->view()); });
    return card;
}

QFrame* ViewGrid::makeStrip(std::size_t number) {
    const ViewRow& row = *m_places[number].row;
    auto* card = new QFrame(this);
    card->setProperty("role", "card");
    auto* line = new QHBoxLayout(card);
    line->setContentsMargins(10, 4, 8, 4);
    View* view = row.make(card);
    line->addWidget(view);
    m_strip = qobject_cast<NetworkView*>(view);
    connect(m_strip, &NetworkView::sampleChosen, this, &ViewGrid::showSample);
    card->setToolTip(QCoreApplication::translate("views", row.help));
    // It has no head with buttons: they are in its context menu, and in the View menu.
    auto* fill = new QAction(tr("Fill the grid, or return"), card);
    auto* picture = new QAction(tr("Save picture of this view…"), card);
    auto* copy = new QAction(tr("Copy a picture of this view"), card);
    card->addActions({fill, copy, picture});
    card->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(fill, &QAction::triggered, this, [this, number] { toggle(number); });
    connect(picture, &QAction::triggered, this, [this] { emit pictureWished(m_strip); });
    connect(copy, &QAction::triggered, this, [this] { emit copyWished(m_strip); });
    return card;
}

void ViewGrid::toggle(std::size_t number) {
    const int row = static_cast<int>(number);
    expand(m_expanded == row ? -1 : row);
}

/// Other views are in sight, or in other places.
void ViewGrid::rearrange() {
    const auto numbers = inSight();
    for (const std::size_t number : numbers)
        make(number);
    for (std::size_t i = 0; i < m_places.size(); ++i) {
        if (m_places[i].card == nullptr)
            continue;
        m_places[i].card->setVisible(std::find(numbers.begin(), numbers.end(), i) != numbers.end());
        if (auto* card = qobject_cast<ViewCard*>(m_places[i].card))
            card->setExpanded(m_expanded == static_cast<int>(i));
    }
    layOut();
    orderTabs(numbers);
    showStale();
    emit shownChanged();
}

void ViewGrid::layOut() {
    const bool stripAlone = m_expanded == static_cast<int>(strip());
    m_strip->setCompact(m_low && !stripAlone);
    QRect area = rect().adjusted(margin, margin, -margin, -margin);
    if (m_expanded >= 0) {
        m_places[static_cast<std::size_t>(m_expanded)].card->setGeometry(area);
    } else {
        const int tall = scaled(m_low ? lowStripHeight : stripHeight);
        if (m_stripShown) {
            m_places[strip()].card->setGeometry(area.left(), area.bottom() + 1 - tall, area.width(), tall);
            area.setHeight(area.height() - tall - margin);
        }
        const auto places = viewPlaces(m_arrangement.count(), area, margin);
        for (std::size_t i = 0; i < places.size(); ++i)
            m_places[m_arrangement.shown()[i]].card->setGeometry(places[i]);
    }
    if (m_card->isVisible())
        placeCard();
}

/// The Tab key goes through the views as the eye does, whichever was made first.
void ViewGrid::orderTabs(const std::vector<std::size_t>& numbers) {
    QWidget* before = nullptr;
    for (const std::size_t number : numbers)
        for (QWidget* stop : tabStops(m_places[number].card)) {
            if (before != nullptr)
                setTabOrder(before, stop);
            before = stop;
        }
}

QSize ViewGrid::minimumSizeHint() const {
    constexpr QSize least(200, 100); // of a card
    return {3 * least.width() + 4 * margin, 2 * least.height() + lowStripHeight + 4 * margin};
}

void ViewGrid::restore() {
    const QSettings settings;
    m_arrangement.setOrder(settings.value(QLatin1String(orderKey)).toStringList());
    const int count = settings.value(QLatin1String(countKey)).toInt();
    m_arrangement.setCount(count > 0 ? count : ViewArrangement::usual);
    rearrange();
    m_remembers = true;
    for (const Place& place : m_places)
        if (place.view != nullptr)
            place.view->restore();
}

void ViewGrid::setCount(int count) {
    m_arrangement.setCount(count);
    if (remembers())
        QSettings().setValue(QLatin1String(countKey), m_arrangement.count());
    if (m_expanded >= 0)
        expand(-1); // who asks how many wants to see them
    else
        rearrange();
}

void ViewGrid::replace(int row, int wanted) {
    if (row == wanted)
        return;
    if (const auto place = m_arrangement.placeOf(static_cast<std::size_t>(row)))
        m_arrangement.choose(*place, static_cast<std::size_t>(wanted));
    if (remembers())
        QSettings().setValue(QLatin1String(orderKey), m_arrangement.order());
    if (m_expanded == row)
        expand(wanted);
    else
        rearrange();
    m_places[static_cast<std::size_t>(wanted)].card->setFocus();
}

void ViewGrid::expand(int row) {
    if (row == m_expanded)
        return;
    m_expanded = row;
    rearrange();
    emit expandedChanged(row);
}

void ViewGrid::moveFocus(int by) {
    std::vector<std::size_t> ring(m_arrangement.shown().begin(), m_arrangement.shown().end());
    if (m_stripShown)
        ring.push_back(strip());
    const auto count = static_cast<int>(ring.size());
    const QWidget* focus = QApplication::focusWidget();
    int from = by > 0 ? -1 : count;
    for (int i = 0; i < count; ++i) {
        const std::size_t number = ring[static_cast<std::size_t>(i)];
        const QFrame* card = m_places[number].card;
        const bool here = m_expanded >= 0 ? static_cast<int>(number) == m_expanded
                                          : focus != nullptr && (focus == card || card->isAncestorOf(focus));
        from = here ? i : from;
    }
    const std::size_t next = ring[static_cast<std::size_t>((from + by + count) % count)];
    if (m_expanded >= 0)
        expand(static_cast<int>(next));
    const Place& place = m_places[next];
    (next == strip() ? static_cast<QWidget*>(place.view) : place.card)->setFocus(Qt::TabFocusReason);
}

void ViewGrid::setLow(bool low) {
    if (low == m_low)
        return;
    m_low = low;
    layOut();
}

void ViewGrid::setReduceMotion(bool reduce) {
    m_reduceMotion = reduce;
    const QString style = reduce ? QStringLiteral("* { widget-animation-duration: 0; }") : QString();
    for (const Place& place : m_places)
        if (place.view != nullptr && place.view->styleSheet() != style)
            place.view->setStyleSheet(style);
}

void ViewGrid::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    layOut();
}

void ViewGrid::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && m_card->isVisible())
        stepBack();
    else
        QWidget::keyPressEvent(event);
}

} // namespace flatline
