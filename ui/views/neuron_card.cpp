#include "ui/views/neuron_card.h"

#include "ui/fields/strip_text.h"
#include "ui/views/certificate_panel.h"
#include "ui/views/fact_widgets.h"
#include "ui/views/neuron_sign.h"
#include "ui/widgets/cached_picture.h"
#include "ui/widgets/head_switch.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

namespace flatline {

namespace {
constexpr int signSide = 36;
constexpr int edge = 12;

QFrame* rule(QWidget* parent) {
    auto* line = new QFrame(parent);
    line->setProperty("role", "rule");
    return line;
}
} // namespace

NeuronCard::NeuronCard(QWidget* parent)
    : QFrame(parent)
    , m_sign(new NeuronSign(signSide, this))
    , m_title(new QLabel(this))
    , m_subtitle(new QLabel(this))
    , m_switch(new HeadSwitch(tr("Certificate"),
                              {{tr("Death"), tr("The certificate of its latest death")},
                               {tr("Revival"), tr("The certificate of its latest revival")}},
                              this))
    , m_inspect(new QPushButton(tr("Inspect (I)"), this))
    , m_close(new QToolButton(this))
    , m_area(new QScrollArea(this)) {
    setProperty("role", "popover");
    setAccessibleName(tr("Neuron"));
    m_area->setWidgetResizable(true);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setFocusPolicy(Qt::NoFocus);
    m_area->setWidget(makeBody());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 8, 1, 8);
    column->setSpacing(6);
    column->addLayout(makeHead());
    column->addWidget(rule(this));
    column->addWidget(m_area, 1);
    m_inspect->setProperty("role", "primary");
    m_inspect->setAutoDefault(false);
    m_inspect->setFocusPolicy(Qt::TabFocus);
    m_inspect->setToolTip(tr("All that is known of it: its pulse, its line over the data, what would kill or wake it; "
                             "and its parameters, to be changed by hand (I, or a double click on its cell)"));
    connect(m_inspect, &QPushButton::clicked, this, &NeuronCard::inspectWished);
    connect(m_close, &QToolButton::clicked, this, &NeuronCard::closeWished);
    connect(m_switch, &HeadSwitch::chosenByUser, this, [this](int index) {
        m_revival = index == 1;
        showCertificate(*m_frame.snapshot);
    });
}

QHBoxLayout* NeuronCard::makeHead() {
    m_title->setFont(fontFor(TextRole::ViewTitle));
    m_title->setTextFormat(Qt::RichText);
    m_subtitle->setProperty("role", "muted");
    m_close->setIcon(icon(QStringLiteral("close")));
    m_close->setAccessibleName(tr("Close"));
    m_close->setToolTip(tr("Close (Esc)"));
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_title);
    words->addWidget(m_subtitle);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(edge - 1, 0, edge - 5, 0);
    head->setSpacing(10);
    head->addWidget(m_sign);
    head->addLayout(words, 1);
    head->addWidget(m_switch);
    head->addWidget(m_inspect);
    head->addWidget(m_close);
    return head;
}

QLabel* NeuronCard::heading(const QString& text) {
    auto* label = new QLabel(text, this);
    label->setProperty("role", "heading");
    return label;
}

QWidget* NeuronCard::makeBody() {
    auto* body = new QFrame(this);
    body->setProperty("role", "plain");
    m_certificate = new CertificatePanel(body);
    m_none = new QLabel(body);
    m_none->setProperty("role", "muted");
    m_condition = new FactRow(body);
    m_outlook = new FactList(body);
    m_waiting = new QLabel(tr("being computed…"), body);
    m_waiting->setProperty("role", "muted");
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(edge - 1, 2, edge - 1, 0);
    column->setSpacing(6);
    column->addWidget(m_certificate);
    column->addWidget(m_none);
    column->addWidget(rule(body));
    column->addWidget(heading(tr("Now")));
    column->addWidget(m_condition);
    column->addWidget(rule(body));
    column->addWidget(heading(tr("What may become of it")));
    column->addWidget(m_outlook);
    column->addWidget(m_waiting);
    column->addStretch();
    return body;
}

void NeuronCard::showFrame(const Frame& frame) {
    m_frame = frame;
    if (frame.selected != m_neuron) {
        m_neuron = frame.selected;
        m_revival.reset();
        m_outlook->showFacts({});
    }
    const Snapshot& snapshot = *frame.snapshot;
    if (!hasNeuron(snapshot, m_neuron))
        return;
    showHead(snapshot);
    showCertificate(snapshot);
    m_condition->showFacts(conditionFacts(snapshot, m_neuron));
    const std::vector<Fact> outlook = outlookFacts(frame, m_neuron);
    m_outlook->showFacts(outlook);
    const bool known = frame.analysis != nullptr && frame.analysis->version == snapshot.version;
    m_waiting->setText(known ? tr("Its slope below 0 is not 0: it can learn.") : tr("being computed…"));
    m_waiting->setVisible(outlook.empty());
}

void NeuronCard::showHead(const Snapshot& snapshot) {
    const CellLook look = lookOf(snapshot, m_neuron);
    m_sign->showLook(look);
    m_title->setText(QStringLiteral("%1 <span style='color:%2'>%3</span>")
                         .arg(neuronName(m_neuron), (themeOf(this).*cellStyle(look).color).name(),
                              stateText(snapshot, m_neuron).toHtmlEscaped()));
    const LayerDiagnosis& layer = snapshot.diagnosis->layers[static_cast<std::size_t>(m_neuron.layer - 1)];
    QString place = tr("Layer %1, neuron %2 of %3").arg(m_neuron.layer).arg(m_neuron.neuron).arg(layer.neurons.size());
    const NeuronLife& life = lifeOf(snapshot, m_neuron);
    if (life.deaths > 1) // there is no room for all; the name above says the layer, too
        place = tr("Neuron %1 of %2 · died %3 times")
                    .arg(m_neuron.neuron)
                    .arg(layer.neurons.size())
                    .arg(countText(life.deaths));
    else if (snapshot.spec && snapshot.spec->activation != nullptr)
        place += QStringLiteral(" · ") + coreText(snapshot.spec->activation->label);
    m_subtitle->setText(place);
}

void NeuronCard::showCertificate(const Snapshot& snapshot) {
    const NeuronLife& life = lifeOf(snapshot, m_neuron);
    const bool choice = life.death && life.revival;
    m_switch->setVisible(choice);
    ShownCertificate shown = latestCertificate(snapshot, m_neuron);
    if (choice && m_revival)
        shown = *m_revival ? ShownCertificate{life.revival, true} : ShownCertificate{life.death, false};
    m_switch->choose(shown.revival ? 1 : 0);
    m_certificate->setVisible(shown.certificate != nullptr);
    m_certificate->showCertificate(shown, hasMargin(snapshot));
    m_none->setVisible(shown.certificate == nullptr);
    m_none->setText(life.deaths > 0 || life.bornDead ? tr("No certificate has been written for it.")
                                                     : tr("It has never died: there is no certificate."));
    setAccessibleDescription(summary());
}

void NeuronCard::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (changesLook(*event) && m_frame.snapshot && hasNeuron(*m_frame.snapshot, m_neuron))
        showHead(*m_frame.snapshot); // its colours are in the text
}

QString NeuronCard::summary() const {
    if (!m_frame.snapshot || !hasNeuron(*m_frame.snapshot, m_neuron))
        return {};
    QString text = neuronName(m_neuron) + QStringLiteral(": ") + stateText(*m_frame.snapshot, m_neuron) +
                   QStringLiteral(". ") + (m_none->isHidden() ? m_certificate->summary() : m_none->text());
    for (const Fact& fact : outlookFacts(m_frame, m_neuron))
        text += QLatin1Char(' ') + factText(fact) + QLatin1Char('.');
    return text;
}

int NeuronCard::wantedHeight(int width) const {
    const int inner = m_area->widget()->layout()->totalHeightForWidth(width - 2);
    const int body = inner > 0 ? inner : m_area->widget()->sizeHint().height();
    return layout()->itemAt(0)->sizeHint().height() + body + 8 + 8 + 2 * 6 + 1 + 4;
}

} // namespace flatline
