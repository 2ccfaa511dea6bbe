#include "ui/inspector/parameter_editor.h"

#include "ui/inspector/weight_bars.h"
#include "ui/inspector/weight_image.h"
#include "ui/theme/tab_order.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_box.h"

#include <QHBoxLayout>
#include <QLabel>

#include <cmath>

namespace flatline {
namespace {

constexpr std::size_t mostBoxes = 3;
constexpr double widest = 1e6; // beyond, a network is not far from overflow
constexpr int boxWidth = 86;

/// As it can be read and typed: four significant digits.
double tidy(float value) {
    if (value == 0.0F || !std::isfinite(value))
        return 0.0;
    const double wide = static_cast<double>(value);
    const double scale = std::pow(10.0, 3.0 - std::floor(std::log10(std::abs(wide))));
    return std::round(wide * scale) / scale;
}

} // namespace

ParameterEditor::ParameterEditor(QWidget* parent)
    : QWidget(parent)
    , m_line(new QHBoxLayout(this)) {
    m_line->setContentsMargins(0, 0, 0, 0);
    m_line->setSpacing(6);
}

NumberBox* ParameterEditor::box(const QString& name, const QString& help) {
    auto* made = new NumberBox({-widest, widest, NumberBox::Steps::Linear, 0.1}, this);
    made->setFixedWidth(boxWidth);
    made->setAccessibleName(name);
    made->setToolTip(help);
    return made;
}

void ParameterEditor::build(std::size_t weights, std::optional<QSize> pixels) {
    if (m_built == weights && m_builtPixels == pixels)
        return;
    m_built = weights;
    m_builtPixels = pixels;
    while (QLayoutItem* item = m_line->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_boxes.clear();
    m_picker = nullptr;
    const QString help =
        tr("Type another value and press Enter: it is set at once, as an event of the run that is saved "
           "with the experiment and can be undone.");
    const auto label = [this](const QString& text) {
        auto* words = new QLabel(text, this);
        words->setProperty("role", QStringLiteral("muted"));
        m_line->addWidget(words);
        return words;
    };
    const bool many = weights > mostBoxes;
    if (many) {
        if (pixels)
            m_picker = new WeightImage(*pixels, this);
        else
            m_picker = new WeightBars(this);
        m_line->addWidget(m_picker, pixels ? 0 : 1);
        connect(m_picker, &WeightPicker::chosenByUser, this, &ParameterEditor::showChosen);
        m_chosen = label({});
    }
    for (std::size_t i = 0; i < (many ? 1 : weights); ++i) {
        if (!many)
            label(QStringLiteral("w%1").arg(i + 1));
        NumberBox* weight = box(many ? tr("Chosen weight") : tr("Weight %1").arg(i + 1), help);
        m_line->addWidget(weight);
        m_boxes.push_back(weight);
        connect(weight, &NumberBox::numberWished, this, [this, i](std::optional<double> value) {
            if (value)
                emit weightWished(m_picker != nullptr ? m_picker->chosen() : static_cast<int>(i), *value);
        });
    }
    label(QStringLiteral("b"));
    m_bias = box(tr("Bias"), help);
    m_line->addWidget(m_bias);
    connect(m_bias, &NumberBox::numberWished, this, [this](std::optional<double> value) {
        if (value)
            emit biasWished(*value);
    });
    m_betaName = label(QStringLiteral("β"));
    m_beta = box(tr("Beta"), tr("Batch norm's shift of z. It moves the edge; b does not for long, since in training "
                                "the batch's mean takes it away again.") +
                                 QLatin1Char('\n') + help);
    m_line->addWidget(m_beta);
    connect(m_beta, &NumberBox::numberWished, this, [this](std::optional<double> value) {
        if (value)
            emit betaWished(*value);
    });
    if (!many || pixels)
        m_line->addStretch();
    orderTabsAsRead(window()); // what is made anew would be reached last
}

void ParameterEditor::showChosen() {
    if (m_picker == nullptr)
        return;
    const int index = m_picker->chosen();
    m_chosen->setText(QStringLiteral("w%1").arg(index + 1));
    const QString input = index < m_inputs.size() ? m_inputs[index] : QString();
    m_chosen->setToolTip(input);
    m_boxes.front()->setAccessibleName(tr("Weight %1, of %2").arg(index + 1).arg(input));
    m_boxes.front()->showNumber(tidy(m_weights[static_cast<std::size_t>(index)]));
}

void ParameterEditor::showBeta(std::optional<double> beta) {
    if (m_beta == nullptr)
        return;
    for (QWidget* part : {static_cast<QWidget*>(m_betaName), static_cast<QWidget*>(m_beta)})
        part->setVisible(beta.has_value());
    if (beta)
        m_beta->showNumber(tidy(static_cast<float>(*beta)));
}

void ParameterEditor::showParameters(const NeuronWeights& own, float bias, const QStringList& inputs,
                                     std::optional<QSize> pixels) {
    build(own.weights.size(), pixels);
    m_weights = own.weights;
    m_inputs = inputs;
    m_bias->showNumber(tidy(bias));
    if (m_picker != nullptr) {
        m_picker->showWeights(own.weights);
        showChosen();
        return;
    }
    for (std::size_t i = 0; i < m_boxes.size(); ++i) {
        m_boxes[i]->showNumber(tidy(own.weights[i]));
        if (static_cast<qsizetype>(i) < inputs.size())
            m_boxes[i]->setAccessibleName(tr("Weight %1, of %2").arg(i + 1).arg(inputs[static_cast<qsizetype>(i)]));
    }
}

} // namespace flatline
