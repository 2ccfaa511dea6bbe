#include "ui/inspector/plane_card.h"

#include "ui/fields/strip_text.h"
#include "ui/inspector/legend_entry.h"
#include "ui/inspector/parameter_editor.h"
#include "ui/inspector/vital_signs.h"
#include "ui/inspector/weight_image.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace flatline {
namespace {

NeuronPlace placeOf(NeuronId id) {
    return {static_cast<std::size_t>(id.layer - 1), static_cast<std::size_t>(id.neuron - 1)};
}

/// What the weights belong to.
QStringList inputNames(const Snapshot& snapshot, NeuronId id) {
    QStringList names;
    if (id.layer == 1) {
        for (const std::string& name : snapshot.dataset->featureNames)
            names << QString::fromStdString(name);
        return names;
    }
    for (int j = 1; j <= snapshot.spec->hidden[static_cast<std::size_t>(id.layer - 2)]; ++j)
        names << neuronName({id.layer - 1, j});
    return names;
}

/// z is what batch norm makes of w·x + b.
bool normalized(const Snapshot& snapshot) {
    return snapshot.spec->batchNorm == BatchNorm::BeforeActivation;
}

double betaOf(const Snapshot& snapshot, NeuronId id) {
    const Layout layout = layoutOf(*snapshot.spec);
    return static_cast<double>((*snapshot.parameters)[layout.block(id.layer, BlockKind::Beta).at(id.neuron - 1, 0)]);
}

std::int64_t above(const std::vector<float>& values) {
    return std::ranges::count_if(values, [](float z) { return z > 0.0F; });
}

} // namespace

PlaneCard::PlaneCard(QWidget* parent)
    : InspectorCard(parent)
    , m_picture(new PlanePicture(this))
    , m_editor(new ParameterEditor(this)) {
    auto* words = new QVBoxLayout;
    words->setSpacing(8);
    for (int i = 0; i < 3; ++i) {
        m_entries.push_back(new LegendEntry(this));
        words->addWidget(m_entries.back());
    }
    words->addStretch();
    auto* line = new QHBoxLayout;
    line->setSpacing(16);
    line->addWidget(m_picture);
    line->addLayout(words, 1);
    body()->addLayout(line, 1);
    body()->addWidget(m_editor);
    connect(m_picture, &PlanePicture::previewChanged, this, [this] {
        showWords();
        emit previewChanged();
    });
    connect(m_picture, &PlanePicture::editWished, this, &PlaneCard::wishEdge);
    connect(m_editor, &ParameterEditor::biasWished, this, [this](double bias) {
        emit editWished({m_id.layer, m_id.neuron, bias, {}});
    });
    connect(m_editor, &ParameterEditor::betaWished, this, [this](double beta) {
        emit editWished({m_id.layer, m_id.neuron, {}, {}, beta});
    });
    connect(m_editor, &ParameterEditor::weightWished, this, &PlaneCard::wishWeight);
}

void PlaneCard::resizeEvent(QResizeEvent* event) {
    m_picture->updateGeometry(); // it leaves room for the words
    InspectorCard::resizeEvent(event);
}

PlaneScene PlaneCard::sceneOf(const Frame& frame, const Inspection* inspection) const {
    const Snapshot& snapshot = *frame.snapshot;
    PlaneScene scene;
    scene.dataset = snapshot.dataset;
    scene.place = placeOf(m_id);
    const Network<float> network(*snapshot.spec);
    scene.own = evaluatedWeights(network, *snapshot.parameters, scene.place);
    scene.dead = diagnosisOf(snapshot, m_id).state == NeuronState::Dead;
    scene.edge = m_id.layer == 1 && snapshot.dataset->features() <= 2;
    scene.editable = scene.edge && snapshot.state != RunState::Diverged && snapshot.state != RunState::Failed;
    // A shift of z is beta's alone. Other weights have another mean and variance, and the next batches' figures would
    // move the edge again.
    scene.turnable = !normalized(snapshot);
    if (inspection == nullptr)
        return scene;
    scene.map = inspection->map;
    scene.nearest = inspection->nearest;
    if (inspection->before)
        scene.before = inspection->before->own;
    return scene;
}

void PlaneCard::showFrame(const Frame& frame, NeuronId id) {
    m_frame = frame;
    m_id = id;
    const Inspection* inspection = inspectionOf(frame, id);
    m_scene = sceneOf(frame, inspection);
    const bool picture = m_scene.map != nullptr;
    m_picture->setVisible(picture);
    body()->setStretch(0, picture ? 1 : 0);
    body()->setStretch(1, picture ? 0 : 1);
    m_picture->showScene(m_scene);
    const Snapshot& snapshot = *frame.snapshot;
    const double warmth = snapshot.spec->biasShift.of(m_scene.place.layer, m_scene.place.neuron);
    const NeuronWeights own = neuronWeights(Network<float>(*snapshot.spec), *snapshot.parameters, m_scene.place);
    m_pixels = id.layer == 1 ? pixelGrid(snapshot.dataset->featureNames) : std::nullopt;
    m_editor->showParameters(own, own.bias - static_cast<float>(warmth), inputNames(snapshot, id), m_pixels);
    m_editor->showBeta(normalized(snapshot) ? std::optional(betaOf(snapshot, id)) : std::nullopt);
    showWords();
}

std::vector<float> PlaneCard::previewedValues() const {
    if (!m_picture->editing() || m_frame.snapshot == nullptr || m_scene.dataset == nullptr)
        return {};
    return firstLayerValues(m_picture->shown(), m_scene.dataset->train);
}

void PlaneCard::showNow(LegendEntry* entry, std::int64_t fires, std::int64_t samples) {
    const QString counts = tr("%1 of %2 samples").arg(countText(fires), countText(samples));
    const bool dead = m_scene.dead && !m_picture->editing();
    const QString heading = m_picture->editing() ? tr("With the edge there") : tr("Now");
    QString text;
    if (dead && m_scene.edge)
        text = m_picture->edgeInSight() ? tr("hatched: it would fire where no sample is")
                                        : tr("its edge lies beyond the picture: it fires on no sample");
    else if (dead)
        text = tr("it fires on no sample");
    else if (m_scene.edge)
        text = tr("tinted: it fires on %1").arg(counts);
    else if (m_scene.map != nullptr)
        text = tr("it fires on %1; the stronger, the deeper the colour").arg(counts);
    else
        text = tr("it fires on %1").arg(counts);
    entry->showEntry(dead ? Glyph::FlatLine : Glyph::Pulse, dead ? &Theme::dead : &Theme::alive, heading, text);
}

void PlaneCard::showWayBack(LegendEntry* entry) {
    const Split& train = m_scene.dataset->train;
    QString text = tr("its largest z must rise above 0");
    if (m_scene.edge && m_scene.nearest < static_cast<std::size_t>(train.samples())) {
        const auto row = static_cast<Eigen::Index>(m_scene.nearest);
        const bool plane = train.features.cols() > 1;
        const QPointF at(static_cast<double>(train.features(row, 0)),
                         plane ? static_cast<double>(train.features(row, 1)) : 0.0);
        const QString distance = numberText(distanceTo(m_scene.own, at));
        text = plane ? tr("shift its edge by %1 and the ringed sample fires").arg(distance)
                     : tr("shift its edge by %1 and sample %2 fires").arg(distance, countText(row + 1));
    }
    entry->showEntry(Glyph::ArrowUp, &Theme::revived, tr("The way back"), text);
}

void PlaneCard::showWords() {
    if (m_frame.snapshot == nullptr || m_scene.dataset == nullptr)
        return;
    const Inspection* inspection = inspectionOf(m_frame, m_id);
    const int features = m_scene.dataset->features();
    setTitle(m_scene.edge && features == 2 ? tr("Its half-plane on the data")
             : m_scene.map != nullptr      ? (features == 2 ? tr("Where it fires") : tr("Its output over x"))
             : m_pixels                    ? tr("Its weights on the pixels")
                                           : tr("Its inputs"));
    QString note;
    if (m_scene.editable)
        note = tr("drag its edge to move or turn it");
    if (m_scene.editable && features == 1)
        note = tr("drag its edge to move it");
    if (m_scene.editable && !m_scene.turnable)
        note = tr("drag its edge to move it: batch norm's β");
    if (m_pixels)
        note = tr("filled: positive, hollow: negative");
    else if (m_scene.map == nullptr && features > 2)
        note = m_id.layer == 1 ? tr("%1 features: there is no plane to draw").arg(countText(features)) : QString();
    setNote(note);
    const std::vector<float> previewed = previewedValues();
    std::size_t used = 0;
    if (inspection != nullptr && inspection->before && m_scene.edge)
        m_entries[used++]->showEntry(
            Glyph::Pulse, &Theme::alive, tr("At step %1").arg(countText(inspection->before->step)),
            tr("dashed line: it fired on %1 of %2 samples")
                .arg(countText(inspection->before->fired), countText(m_scene.dataset->train.samples())));
    if (inspection != nullptr)
        showNow(m_entries[used++], above(previewed.empty() ? inspection->z : previewed),
                static_cast<std::int64_t>(inspection->z.size()));
    if (inspection != nullptr && m_scene.dead && !m_picture->editing())
        showWayBack(m_entries[used++]);
    for (std::size_t i = 0; i < m_entries.size(); ++i)
        m_entries[i]->setVisible(i < used);
}

QString PlaneCard::summary() const {
    QStringList parts;
    for (const LegendEntry* entry : m_entries)
        if (!entry->isHidden())
            parts << entry->summary() + QLatin1Char('.');
    return parts.join(QLatin1Char(' '));
}

void PlaneCard::wishEdge(const NeuronWeights& wanted) {
    if (!m_scene.turnable) {
        const double moved = static_cast<double>(wanted.bias) - static_cast<double>(m_scene.own.bias);
        emit editWished({m_id.layer, m_id.neuron, {}, {}, betaOf(*m_frame.snapshot, m_id) + moved});
        return;
    }
    const double warmth = m_frame.snapshot->spec->biasShift.of(m_scene.place.layer, m_scene.place.neuron);
    EditParameters edit{m_id.layer, m_id.neuron, static_cast<double>(wanted.bias) - warmth, {}};
    if (wanted.weights != m_scene.own.weights) // turned
        for (const float weight : wanted.weights)
            edit.weights.emplace_back(static_cast<double>(weight));
    emit editWished(edit);
}

void PlaneCard::wishWeight(int index, double weight) {
    EditParameters edit{m_id.layer, m_id.neuron, {}, {}};
    edit.weights.resize(m_scene.own.weights.size());
    edit.weights[static_cast<std::size_t>(index)] = weight;
    emit editWished(edit);
}

} // namespace flatline
