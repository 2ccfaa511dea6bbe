#include "ui/views/landscape_panel.h"

#include "ui/fields/dead_shape.h"
#include "ui/fields/dead_text.h"
#include "ui/fields/landscape_facts.h"
#include "ui/fields/landscape_head.h"
#include "ui/fields/landscape_text.h"
#include "ui/fields/loss_bar.h"
#include "ui/fields/strip_text.h"
#include "ui/views/fact_widgets.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QFontMetricsF>
#include <QFrame>
#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace flatline {

namespace {

constexpr int sides[] = {25, 51, 101};
constexpr int mostNeurons = 300; ///< beyond it only those of the chosen one's layer: nobody scrolls through more

QLabel* heading(const QString& text, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setProperty("role", "heading");
    return label;
}

QFrame* rule(QWidget* parent) {
    auto* line = new QFrame(parent);
    line->setProperty("role", "rule");
    return line;
}

/// Neurons as the combo's data.
QVariant asData(NeuronId id) {
    return QPoint(id.layer, id.neuron);
}

} // namespace

/// The colours' scale, lying, with the hatch and the edge of life below it.
class LossLegend : public QWidget {
public:
    using QWidget::QWidget;
    void showState(const LandscapeState& state) {
        m_state = state;
        const bool hatched = !hatch().isEmpty();
        setFixedHeight(hatched ? 62 : 36);
        update();
    }

protected:
    void paintEvent(QPaintEvent* /*event*/) override {
        if (!m_state.canShow())
            return;
        const Theme& theme = themeOf(this);
        const Surface& surface = *m_state.frame.surface;
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setFont(fontFor(TextRole::Axis));
        if (anyFinite(surface))
            paintLossBar(painter, {2.0, 2.0, width() - 4.0, lossBarWidth}, Qt::Horizontal, m_state.scale,
                         chanceClasses(*m_state.frame.snapshot), theme);
        const QString words = hatch();
        if (words.isEmpty())
            return;
        const QRectF swatch(2.0, 42.0, 26.0, 14.0);
        const DeadInk ink = deadInk(theme);
        painter.fillRect(swatch, ink.ground);
        painter.fillRect(swatch, hatchBrush(ink.line, devicePixelRatioF()));
        painter.setPen(theme.text);
        const QFontMetricsF metrics(painter.font());
        painter.drawText(QRectF(swatch.right() + 8.0, 39.0, 120.0, 20.0), Qt::AlignLeft | Qt::AlignVCenter, words);
        if (!surface.dead->neuron || surface.dead->share >= 1.0)
            return;
        const double left = swatch.right() + 8.0 + metrics.horizontalAdvance(words) + 20.0;
        for (const QPen& pen : {QPen(theme.line, 4.0), QPen(Qt::white, 2.0)}) {
            painter.setPen(pen);
            painter.drawLine(QPointF(left, 49.0), QPointF(left + 26.0, 49.0));
        }
        painter.setPen(theme.text);
        painter.drawText(QRectF(left + 34.0, 39.0, 120.0, 20.0), Qt::AlignLeft | Qt::AlignVCenter,
                         LandscapePanel::tr("edge of life"));
    }

private:
    [[nodiscard]] QString hatch() const {
        return m_state.canShow() && m_state.show.deadRegion ? hatchText(*m_state.frame.surface) : QString();
    }

    LandscapeState m_state;
};

LandscapePanel::LandscapePanel(QWidget* parent)
    : QScrollArea(parent)
    , m_planes(newPlaneCombo(this))
    , m_neurons(new QComboBox(this))
    , m_extents(newExtentCombo(this))
    , m_sides(new QComboBox(this))
    , m_legend(new LossLegend(this))
    , m_facts(new FactList(this))
    , m_explanation(new QLabel(this)) {
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidgetResizable(true);
    auto* body = new QFrame(this);
    body->setProperty("role", "plain");
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(8, 4, 12, 4);
    column->setSpacing(6);
    auto* choices = new QGridLayout;
    addChoices(*choices);
    auto* switches = new QGridLayout;
    addSwitches(*switches);
    m_explanation->setWordWrap(true);
    m_explanation->setProperty("role", "muted");
    m_facts->setAccessibleName(tr("Here"));
    column->addWidget(heading(tr("What is drawn"), body));
    column->addLayout(choices);
    column->addWidget(rule(body));
    column->addWidget(heading(tr("Show"), body));
    column->addLayout(switches);
    column->addWidget(rule(body));
    column->addWidget(heading(tr("Loss"), body));
    column->addWidget(m_legend);
    column->addWidget(rule(body));
    column->addWidget(heading(tr("Here"), body));
    column->addWidget(m_facts);
    column->addWidget(rule(body));
    column->addWidget(m_explanation);
    column->addStretch(1);
    setWidget(body);
}

void LandscapePanel::addChoices(QGridLayout& grid) {
    grid.setHorizontalSpacing(8);
    grid.setVerticalSpacing(4);
    m_neurons->setObjectName(QStringLiteral("neuron"));
    m_neurons->setAccessibleName(tr("Neuron"));
    m_neurons->setToolTip(tr("Whose dead region is hatched, and whose own plane it is"));
    m_sides->setObjectName(QStringLiteral("side"));
    m_sides->setAccessibleName(tr("Resolution"));
    m_sides->setToolTip(tr("So many points are computed when the run is at rest; fewer while it trains"));
    for (const int side : sides)
        m_sides->addItem(tr("%1 × %1", "points of the surface").arg(countText(side)), side);
    int row = 0;
    for (const auto& [name, combo] : {std::pair{tr("Directions"), m_planes}, std::pair{tr("Neuron"), m_neurons},
                                      std::pair{tr("Extent"), m_extents}, std::pair{tr("Resolution"), m_sides}}) {
        auto* label = new QLabel(name, this);
        label->setProperty("role", "muted");
        combo->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        combo->setMinimumContentsLength(8);
        grid.addWidget(label, row, 0);
        grid.addWidget(combo, row++, 1);
    }
    grid.setColumnStretch(1, 1);
    connect(m_planes, &QComboBox::currentIndexChanged, this,
            [this](int index) { emit planeChosen(m_planes->itemData(index).toString()); });
    connect(m_extents, &QComboBox::currentIndexChanged, this,
            [this](int index) { emit extentChosen(m_extents->itemData(index).toDouble()); });
    connect(m_sides, &QComboBox::currentIndexChanged, this,
            [this](int index) { emit sideChosen(m_sides->itemData(index).toInt()); });
    connect(m_neurons, &QComboBox::activated, this, [this](int index) {
        const QPoint id = m_neurons->itemData(index).toPoint();
        emit neuronChosen({id.x(), id.y()});
    });
}

void LandscapePanel::addSwitches(QGridLayout& grid) {
    grid.setHorizontalSpacing(8);
    grid.setVerticalSpacing(4);
    int place = 0;
    for (const LandscapeShowRow& row : landscapeShowRows()) {
        auto* box = new QCheckBox(QCoreApplication::translate("landscape", row.label), this);
        box->setProperty("role", "switch");
        box->setToolTip(QCoreApplication::translate("landscape", row.help));
        box->setObjectName(QLatin1String(row.id));
        grid.addWidget(box, place / 2, place % 2);
        ++place;
        m_switches.push_back(box);
        connect(box, &QCheckBox::toggled, this, [this, member = row.member](bool on) {
            LandscapeShow show = m_state.show;
            show.*member = on;
            emit showChosen(show);
        });
    }
}

void LandscapePanel::showState(const LandscapeState& state) {
    m_state = state;
    chooseQuietly(m_planes, QString::fromStdString(state.wish.choice.id));
    chooseQuietly(m_extents, state.wish.extent);
    chooseQuietly(m_sides, state.wish.side);
    for (std::size_t i = 0; i < m_switches.size(); ++i) {
        const QSignalBlocker quiet(m_switches[i]);
        m_switches[i]->setChecked(state.show.*landscapeShowRows()[i].member);
    }
    m_legend->showState(state);
    m_facts->showFacts(hereFacts(state));
    if (const QString words = landscapeExplanation(state); words != m_explanation->text())
        m_explanation->setText(words);
    if (!m_neurons->view()->isVisible()) // not under the user's hand
        listNeurons();
}

void LandscapePanel::listNeurons() {
    if (m_state.frame.snapshot == nullptr || !m_state.frame.snapshot->spec)
        return;
    const Snapshot& snapshot = *m_state.frame.snapshot;
    const NeuronId selected = m_state.frame.selected;
    int all = 0;
    for (const int width : snapshot.spec->hidden)
        all += width;
    QStringList names{tr("none")};
    QList<QVariant> ids{asData({})};
    for (int layer = 1; layer <= static_cast<int>(snapshot.spec->hidden.size()); ++layer) {
        if (all > mostNeurons && layer != std::max(1, selected.layer))
            continue;
        for (int neuron = 1; neuron <= snapshot.spec->hidden[static_cast<std::size_t>(layer - 1)]; ++neuron) {
            const NeuronId id{layer, neuron};
            const bool dead = hasNeuron(snapshot, id) && diagnosisOf(snapshot, id).state == NeuronState::Dead;
            names << (dead ? tr("%1 (dead)").arg(neuronName(id)) : neuronName(id));
            ids << asData(id);
        }
    }
    const QSignalBlocker quiet(m_neurons);
    if (names != m_names) {
        m_names = names;
        m_neurons->clear();
        for (qsizetype i = 0; i < names.size(); ++i)
            m_neurons->addItem(names[i], ids[i]);
    }
    m_neurons->setCurrentIndex(std::max(0, m_neurons->findData(asData(selected))));
}

} // namespace flatline
