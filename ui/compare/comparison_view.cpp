#include "ui/compare/comparison_view.h"

#include "ui/charts/plot.h"
#include "ui/charts/plot_points.h"
#include "ui/compare/comparison_charts.h"
#include "ui/compare/comparison_panel.h"
#include "ui/compare/verdict.h"
#include "ui/runs/run_button.h"
#include "ui/theme/tab_order.h"
#include "ui/views/network_view.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <cmath>

namespace flatline {
namespace {

constexpr int margin = 8;
constexpr int stripHeight = 102;
constexpr int lowStripHeight = 78; ///< cells alone
constexpr std::size_t roomyRuns = 2;
constexpr quint64 pace = 2;           ///< ticks from one part to the next
constexpr std::size_t chartParts = 3; ///< losses, deaths, the table
constexpr int catchUpTime = 60;       ///< ms
constexpr int turnTime = 6;           ///< ms from one part to the next when catching up
constexpr int describeTime = 1000;    ///< ms: as often as a screen reader could say it

} // namespace

ComparisonView::ComparisonView(QWidget* parent)
    : QWidget(parent)
    , m_panel(new ComparisonPanel(this)) {
    setAccessibleName(tr("Comparison of the runs"));
    auto* left = new QVBoxLayout;
    left->setSpacing(margin);
    for (std::size_t i = 0; i < mostRuns; ++i) {
        m_strips[i] = makeStrip(i);
        left->addWidget(m_strips[i].card);
    }
    left->addWidget(makeChart(tr("Training loss"),
                              tr("The mean loss over the training set, all runs on one axis. The "
                                 "pale band is what came between two points."),
                              m_loss),
                    5);
    left->addWidget(makeChart(tr("Dead neurons"),
                              tr("The dead of all layers together: f′(z) = 0 on every training "
                                 "sample."),
                              m_deaths),
                    4);
    const auto readout = [this](double x, bool loss) {
        QStringList words;
        for (std::size_t i = 0; i < m_frame.twins.size(); ++i) {
            const Curve deaths = loss ? Curve() : deathsOf(*m_frame.twins[i]);
            const CurvePoint* point = pointAt(loss ? m_frame.twins[i]->curves->trainLoss : deaths, x);
            if (point != nullptr)
                words << runLetter(i) + QLatin1Char(' ') + numberText(point->value);
        }
        if (!words.isEmpty())
            words.prepend(tr("step %1").arg(countText(std::llround(x))));
        return words;
    };
    m_loss->setReadout([readout](double x) { return readout(x, true); });
    m_deaths->setReadout([readout](double x) { return readout(x, false); });
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(margin, margin, margin, margin);
    line->setSpacing(margin);
    line->addLayout(left, 1);
    line->addWidget(m_panel);
    orderTabsAsRead(this);
    m_catchUp.setSingleShot(true);
    connect(&m_catchUp, &QTimer::timeout, this, &ComparisonView::catchUp);
    m_described.start();
}

ComparisonView::Strip ComparisonView::makeStrip(std::size_t index) {
    Strip strip;
    auto* card = new QFrame(this);
    card->setProperty("role", QStringLiteral("card"));
    strip.card = card;
    strip.button = new RunButton(index, card);
    strip.button->setAutoExclusive(false); // each stands alone in its card
    strip.view = new NetworkView(card);
    strip.view->setLegendShown(false);
    strip.view->setAccessibleName(tr("Neurons of run %1").arg(runLetter(index)));
    auto* line = new QHBoxLayout(card);
    line->setContentsMargins(4, 3, 8, 3);
    line->setSpacing(6);
    line->addWidget(strip.button);
    line->addWidget(strip.view, 1);
    const auto choose = [this, index] { emit runChosen(static_cast<int>(index)); };
    connect(strip.button, &RunButton::clicked, this, choose);
    connect(strip.view, &NetworkView::neuronClicked, this, [this, choose](NeuronId id) {
        choose();
        emit neuronClicked(id);
    });
    return strip;
}

QWidget* ComparisonView::makeChart(const QString& title, const QString& help, Plot*& plot) {
    auto* card = new QFrame(this);
    card->setProperty("role", QStringLiteral("card"));
    card->setToolTip(help);
    auto* head = new QLabel(title, card);
    head->setFont(fontFor(TextRole::ViewTitle));
    plot = new Plot(card);
    plot->setAccessibleName(title);
    plot->setMinimumHeight(70);
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(12, 6, 4, 2);
    column->setSpacing(0);
    column->addWidget(head);
    column->addWidget(plot, 1);
    return card;
}

void ComparisonView::setLow(bool low) {
    m_low = low;
    arrange();
}

void ComparisonView::setReduceMotion(bool reduce) {
    for (Strip& strip : m_strips)
        strip.view->setStyleSheet(reduce ? QStringLiteral("* { widget-animation-duration: 0; }") : QString());
}

void ComparisonView::arrange() {
    const bool compact = m_low || m_count > roomyRuns;
    for (std::size_t i = 0; i < mostRuns; ++i) {
        m_strips[i].card->setVisible(i < m_count);
        m_strips[i].card->setFixedHeight(compact ? lowStripHeight : stripHeight);
        m_strips[i].view->setCompact(compact);
    }
}

void ComparisonView::showFrame(const Frame& frame, quint64 tick) {
    m_frame = frame;
    if (!isVisible() || frame.twins.size() < 2)
        return;
    if (frame.twins.front()->state != RunState::Running || frame.twins.size() != m_count) {
        refresh();
    } else if (tick >= m_shownAt + pace) { // one part at a time: painting all at once would take too long
        m_shownAt = tick;
        showPart(m_turn++ % (m_count + chartParts));
        m_stale = m_count + chartParts - 1;
        m_catchUp.start(catchUpTime);
    }
}

/// One part at a time here, too, as long as it trains: the next frame is only late.
void ComparisonView::catchUp() {
    if (m_frame.twins.size() != m_count || m_frame.twins.front()->state != RunState::Running)
        return refresh();
    showPart(m_turn++ % (m_count + chartParts));
    if (--m_stale > 0)
        m_catchUp.start(turnTime);
}

void ComparisonView::refresh() {
    m_catchUp.stop();
    m_stale = 0;
    if (!isVisible() || m_frame.twins.size() < 2)
        return;
    if (std::exchange(m_count, m_frame.twins.size()) != m_frame.twins.size())
        arrange();
    for (std::size_t part = 0; part < m_count + chartParts; ++part)
        showPart(part);
}

void ComparisonView::showPart(std::size_t part) {
    if (part < m_count)
        return showStrip(part);
    m_steps = stickyRange(m_steps, 0.0, lastStep(m_frame.twins));
    if (part == m_count)
        m_loss->setContent(comparedLoss(m_frame.twins, m_steps));
    else if (part == m_count + 1)
        m_deaths->setContent(comparedDeaths(m_frame.twins, m_steps));
    else
        m_panel->showRuns(m_frame.twins, m_frame.chosen);
    if (m_described.hasExpired(describeTime)) {
        m_described.start();
        setAccessibleDescription(summary());
    }
}

void ComparisonView::showStrip(std::size_t index) {
    Frame frame = m_frame;
    frame.snapshot = m_frame.twins[index];
    frame.surface.reset();
    if (index != m_frame.chosen) {
        frame.selected = {};
        frame.analysis.reset();
    }
    const Strip& strip = m_strips[index];
    strip.view->showFrame(frame);
    strip.button->setName(runNames(m_frame.twins)[static_cast<qsizetype>(index)], true);
    strip.button->setChecked(index == m_frame.chosen);
}

QString ComparisonView::summary() const {
    if (m_frame.twins.size() < 2)
        return tr("There is only one run.");
    return lockstepText(m_frame.twins) + QStringLiteral(": ") + commonText(m_frame.twins) + QStringLiteral(". ") +
           m_panel->text();
}

void ComparisonView::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
}

} // namespace flatline
