#include "ui/views/anatomy_view.h"

#include "ui/charts/plot.h"
#include "ui/theme/theme.h"
#include "ui/views/anatomy_content.h"
#include "ui/widgets/head_switch.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QStyle>
#include <QToolButton>

#include <algorithm>

namespace flatline {

namespace {
constexpr int captionHeight = 18;
constexpr int gateTime = 80; ///< ms between draws: slow enough to see the mean settle
constexpr int firstGates = 4;
} // namespace

AnatomyView::AnatomyView(QWidget* parent)
    : View(parent)
    , m_head(new QWidget(this))
    , m_switch(
          new HeadSwitch(tr("Anatomy"),
                         {{tr("Shape"), tr("f and f′ over the distribution of what goes in, beside ReLU's")},
                          {tr("Parts"), tr("What the function is made of: curves that add up to it; for GELU gates "
                                           "that open by chance")}},
                         m_head))
    , m_again(new QToolButton(m_head))
    , m_left(new Plot(this))
    , m_right(new Plot(this)) {
    m_again->setIcon(flatline::icon(QStringLiteral("dice")));
    m_again->setIconSize({16, 16});
    m_again->setToolTip(tr("Draw other gates"));
    m_again->setAccessibleName(tr("Draw other gates"));
    m_again->setFocusPolicy(Qt::TabFocus);
    m_again->hide();
    auto* row = new QHBoxLayout(m_head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(m_again);
    row->addWidget(m_switch);
    m_head->hide();
    m_timer.setInterval(gateTime);
    connect(&m_timer, &QTimer::timeout, this, &AnatomyView::drawGates);
    connect(m_again, &QToolButton::clicked, this, &AnatomyView::startGates);
    connect(m_switch, &HeadSwitch::chosenByUser, this, [this] {
        refresh();
        emit subtitleChanged();
    });
}

bool AnatomyView::ready() const {
    return m_frame.snapshot && m_frame.snapshot->spec && m_frame.snapshot->spec->activation != nullptr &&
           m_frame.snapshot->diagnosis && !m_frame.snapshot->diagnosis->layers.empty();
}

bool AnatomyView::parts() const {
    return m_switch->chosen() == 1;
}

bool AnatomyView::gating() const {
    return ready() && parts() && partsOf(*m_frame.snapshot->spec->activation) == AnatomyParts::Gates;
}

AnatomySubject AnatomyView::subject() const {
    return anatomySubject(*m_frame.snapshot, m_frame.selected.layer);
}

void AnatomyView::showFrame(const Frame& frame) {
    if (m_frame.snapshot && m_frame.snapshot->diagnosis == frame.snapshot->diagnosis &&
        m_frame.snapshot->spec == frame.snapshot->spec && m_frame.selected == frame.selected)
        return;
    const QString before = subtitle();
    const bool still = parts() && m_frame.snapshot && m_frame.snapshot->spec == frame.snapshot->spec &&
                       m_frame.selected == frame.selected && !m_frame.snapshot->spec->activation->learntSlope;
    m_frame = frame;
    if (!still) // the parts hang on the function alone
        refresh();
    if (before != subtitle())
        emit subtitleChanged();
}

void AnatomyView::refresh() {
    m_left->setVisible(ready());
    m_right->setVisible(ready() && !parts());
    m_again->setVisible(gating());
    arrange();
    update();
    if (gating() && !m_gates)
        startGates();
    runTimer();
    if (!ready())
        return;
    const AnatomySubject now = subject();
    if (parts()) {
        m_left->setContent(partsContent(now, m_gates.value_or(RandomGates(0))));
    } else {
        m_left->setContent(shapeContent(now, false));
        m_right->setContent(shapeContent(now, true));
    }
}

void AnatomyView::startGates() {
    const auto run = m_frame.snapshot ? static_cast<std::uint64_t>(m_frame.snapshot->settings.seed) : 0;
    m_gates.emplace(run + m_seed++);
    // Where motion is reduced, all at once.
    const bool still = style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) <= 0;
    m_gates->draw(still ? mostGates : firstGates);
    refresh();
}

void AnatomyView::drawGates() {
    m_gates->draw(std::min(mostGates - m_gates->count(), std::max(1, m_gates->count() / 12)));
    refresh();
}

void AnatomyView::runTimer() {
    const bool more = gating() && m_gates && m_gates->count() < mostGates && isVisible();
    if (more && !m_timer.isActive())
        m_timer.start();
    else if (!more)
        m_timer.stop();
}

void AnatomyView::showEvent(QShowEvent* event) {
    View::showEvent(event);
    runTimer();
}

void AnatomyView::hideEvent(QHideEvent* event) {
    View::hideEvent(event);
    m_timer.stop();
}

QString AnatomyView::caption(const AnatomySubject& now) const {
    if (parts())
        return partsFormula(now);
    const QString whose = now.layer > 0 ? tr("z of layer %1").arg(now.layer) : tr("z of all layers");
    if (now.inactiveShare == 0.0)
        return tr("bars: %1; f′(z) is 0 on none of them").arg(whose);
    return tr("bars: %1; f′(z) = 0 on %2 of it (hollow)").arg(whose, percentText(now.inactiveShare));
}

QString AnatomyView::subtitle() const {
    if (!ready())
        return {};
    const ActivationRow& row = *m_frame.snapshot->spec->activation;
    const QString name = coreText(row.label);
    if (!row.hasAlpha)
        return name;
    const QString alpha = numberText(subject().parameters.alpha);
    return row.learntSlope ? tr("%1, middle slope %2").arg(name, alpha) : tr("%1, α %2").arg(name, alpha);
}

QString AnatomyView::summary() const {
    if (!ready())
        return tr("No hidden layer with an activation function.");
    const AnatomySubject now = subject();
    QString text = tr("%1: %2. ").arg(coreText(now.row->label), QString::fromUtf8(now.row->formula)) + caption(now);
    if (now.row->hasSlopeAtZero)
        text += QStringLiteral(". ") + tr("f′(0) is set to %1").arg(numberText(now.parameters.slopeAtZero));
    if (gating() && m_gates)
        text += QStringLiteral(". ") + tr("%1 gates drawn").arg(countText(m_gates->count()));
    return text + QLatin1Char('.');
}

QWidget* AnatomyView::headControls() {
    return m_head;
}

void AnatomyView::arrange() {
    const int tall = height() - captionHeight;
    if (parts()) {
        m_left->setGeometry(0, 0, width(), tall);
        return;
    }
    m_left->setGeometry(0, 0, width() / 2, tall);
    m_right->setGeometry(width() / 2, 0, width() - width() / 2, tall);
}

void AnatomyView::resizeEvent(QResizeEvent* /*event*/) {
    arrange();
}

void AnatomyView::paintEvent(QPaintEvent* /*event*/) {
    if (!m_frame.snapshot || m_frame.snapshot->state == RunState::Loading)
        return;
    QPainter painter(this);
    painter.setPen(themeOf(this).muted);
    if (!ready()) {
        painter.drawText(rect(), Qt::AlignCenter, summary());
        return;
    }
    painter.setFont(fontFor(TextRole::Axis));
    painter.drawText(QRect(2, height() - captionHeight, width() - 4, captionHeight), Qt::AlignCenter,
                     painter.fontMetrics().elidedText(caption(subject()), Qt::ElideRight, width() - 4));
}

} // namespace flatline
