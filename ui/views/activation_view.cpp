#include "ui/views/activation_view.h"

#include "ui/fields/neuron_parameters.h"
#include "ui/theme/theme.h"
#include "ui/views/activation_row.h"
#include "ui/widgets/head_switch.h"

#include <QPainter>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>

namespace flatline {

namespace {
constexpr int captionHeight = 16;
constexpr int plotLeft = 96;
} // namespace

ActivationView::ActivationView(QWidget* parent)
    : View(parent)
    , m_scroll(new QScrollBar(Qt::Vertical, this))
    , m_switch(new HeadSwitch(tr("Histogram of"),
                              {{QStringLiteral("z"), tr("The pre-activations z: what goes into the function")},
                               {QStringLiteral("f(z)"), tr("The activations f(z): what comes out of it")}},
                              this)) {
    m_switch->hide();
    m_scroll->hide();
    m_scroll->setAccessibleName(tr("First layer shown"));
    connect(m_scroll, &QScrollBar::valueChanged, this, [this] { refresh(); });
    connect(m_switch, &HeadSwitch::chosenByUser, this, [this] {
        refresh();
        emit subtitleChanged();
    });
}

int ActivationView::layers() const {
    return m_snapshot && m_snapshot->diagnosis && m_snapshot->spec
               ? static_cast<int>(m_snapshot->diagnosis->layers.size())
               : 0;
}

int ActivationView::rowsThatFit() const {
    return std::clamp((height() - scaled(captionHeight)) / leastRowHeight, 1, std::max(1, layers()));
}

void ActivationView::showFrame(const Frame& frame) {
    if (m_snapshot && m_snapshot->diagnosis == frame.snapshot->diagnosis && m_snapshot->spec == frame.snapshot->spec)
        return;
    const int before = layers();
    m_snapshot = frame.snapshot;
    if (before != layers())
        arrange();
    refresh();
}

void ActivationView::arrange() {
    const int fit = rowsThatFit();
    const bool paged = fit < layers();
    m_scroll->setVisible(paged);
    m_scroll->setRange(0, std::max(0, layers() - fit));
    m_scroll->setPageStep(fit);
    m_scroll->setGeometry(width() - m_scroll->sizeHint().width(), 0, m_scroll->sizeHint().width(), height());
    while (static_cast<int>(m_rows.size()) < std::min(fit, layers())) {
        m_rows.push_back(new ActivationRowWidget(this));
        connect(m_rows.back(), &ActivationRowWidget::neuronClicked, this, [this](int layer, int neuron) {
            emit neuronClicked({layer, neuron});
            emit neuronOpened({layer, neuron});
        });
    }
    const int wide = width() - (paged ? m_scroll->width() : 0);
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const int row = static_cast<int>(i);
        const int top = (height() - scaled(captionHeight)) * row / fit;
        const int bottom = (height() - scaled(captionHeight)) * (row + 1) / fit;
        m_rows[i]->setGeometry(0, top, wide, bottom - top);
        m_rows[i]->setVisible(row < std::min(fit, layers()));
    }
}

void ActivationView::refresh() {
    const int shown = std::min(rowsThatFit(), layers());
    const auto side = m_switch->chosen() == 1 ? ActivationSide::After : ActivationSide::Before;
    for (int row = 0; row < std::min(shown, static_cast<int>(m_rows.size())); ++row) {
        const int layer = m_scroll->value() + row;
        m_rows[static_cast<std::size_t>(row)]->showLayer(layer + 1,
                                                         m_snapshot->diagnosis->layers[static_cast<std::size_t>(layer)],
                                                         *m_snapshot->spec, learntSlopes(*m_snapshot, layer + 1), side);
    }
    update();
}

QString ActivationView::subtitle() const {
    return m_switch->chosen() == 1 ? tr("what comes out") : tr("what goes in, what comes out");
}

QWidget* ActivationView::headControls() {
    return m_switch;
}

QString ActivationView::summary() const {
    if (layers() == 0)
        return tr("No hidden layers.");
    QString text = tr("%1.").arg(coreText(m_snapshot->spec->activation->label));
    const int last = std::min(m_scroll->value() + rowsThatFit(), layers());
    for (int layer = m_scroll->value(); layer < last; ++layer) {
        const LayerDiagnosis& diagnosis = m_snapshot->diagnosis->layers[static_cast<std::size_t>(layer)];
        const Histogram& out = diagnosis.activations;
        const double zero = out.count > 0 ? static_cast<double>(out.zeros) / static_cast<double>(out.count) : 0.0;
        text += QLatin1Char(' ') + tr("Layer %1: %2 of the outputs are exactly 0, %3 of the slopes.")
                                       .arg(layer + 1)
                                       .arg(percentText(zero), percentText(diagnosis.inactiveShare));
        if (const std::span<const float> slopes = learntSlopes(*m_snapshot, layer + 1); !slopes.empty()) {
            const auto [low, high] = std::ranges::minmax(slopes);
            text += QLatin1Char(' ') +
                    tr("Learnt slopes from %1 to %2.")
                        .arg(numberText(static_cast<double>(low)), numberText(static_cast<double>(high)));
        }
    }
    return text;
}

void ActivationView::resizeEvent(QResizeEvent*) {
    arrange();
    refresh();
}

void ActivationView::paintEvent(QPaintEvent*) {
    if (!m_snapshot || m_snapshot->state == RunState::Loading)
        return;
    QPainter painter(this);
    if (layers() == 0) {
        painter.setPen(themeOf(this).muted);
        painter.drawText(rect(), Qt::AlignCenter, summary());
        return;
    }
    painter.setFont(fontFor(TextRole::Axis));
    painter.setPen(themeOf(this).muted);
    const QFontMetrics metrics(painter.font());
    const int baseline = height() - 4;
    const LayerDiagnosis& first = m_snapshot->diagnosis->layers[static_cast<std::size_t>(m_scroll->value())];
    const auto neurons = static_cast<qint64>(first.neurons.size());
    const qint64 samples = neurons > 0 ? first.preActivations.count / neurons : 0;
    const bool after = m_switch->chosen() == 1;
    const double warming = m_snapshot->now.warming;
    const QString axis = after            ? tr("activation f(z)")
                         : warming != 0.0 ? tr("pre-activation z, warmed by %1").arg(signedText(warming))
                                          : tr("pre-activation z");
    const QString bins = neurons == 1
                             ? tr("share of %1 samples a bin").arg(countText(samples))
                             : tr("share of %1 samples × %2 neurons a bin").arg(countText(samples), countText(neurons));
    const int room = width() - scaled(plotLeft);
    QString words = axis + QStringLiteral(", ") + bins;
    if (metrics.horizontalAdvance(words) > room)
        words = axis;
    painter.drawText(2, baseline, tr("output"));
    const int middle = scaled(plotLeft) + (width() - scaled(plotLeft) - 22 - metrics.horizontalAdvance(words)) / 2;
    painter.drawText(std::max(scaled(plotLeft), middle), baseline, words);
}

void ActivationView::wheelEvent(QWheelEvent* event) {
    if (m_scroll->isVisible())
        m_scroll->event(event);
    else
        event->ignore();
}

} // namespace flatline
