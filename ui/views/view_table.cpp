#include "ui/views/activation_view.h"
#include "ui/views/anatomy_view.h"
#include "ui/views/dead_count_view.h"
#include "ui/views/gradient_view.h"
#include "ui/views/landscape_view.h"
#include "ui/views/loss_view.h"
#include "ui/views/output_view.h"
#include "ui/views/stability_view.h"

#include <array>

namespace flatline {

namespace {

template <class Kind>
View* make(QWidget* parent) {
    return new Kind(parent);
}

constexpr auto landscapeHelp = QT_TRANSLATE_NOOP(
    "views", "The training loss over a flat slice through the space of all parameters; the ball is where the network "
             "is now, the line the way it came.\n"
             "L(a, b) = loss(θ + a·u + b·v), with θ the parameters now and u, v two directions. A flat stretch means "
             "no gradient: the ball does not roll. Hatched: where the selected neuron is dead on all training samples. "
             "Sharpness is the largest eigenvalue of the loss's Hessian.");
constexpr auto activationHelp = QT_TRANSLATE_NOOP(
    "views", "What goes into the activation function and what comes out of it, over all training samples and all "
             "neurons of a layer.\n"
             "z = w·x + b, output f(z). Outlined bars pass no gradient, f′(z) = 0; filled ones do. The bar at the "
             "left is the share of outputs that are exactly 0. Where neurons learn their own slopes, all of them "
             "are drawn. A click where a neuron's largest z is opens that neuron.");
constexpr auto deadHelp = QT_TRANSLATE_NOOP(
    "views", "How many neurons of each layer are dead, over the steps, with kicks and changed settings marked.\n"
             "Dead: f′(z) = 0 on every training sample, so that no gradient reaches the neuron's weights and bias. "
             "For ReLU: z ≤ 0 everywhere. Where biases are warmed, the curve above shows what is added to them. "
             "A click on a death or revival opens that neuron, Ctrl+click goes to that step.");
constexpr auto lossHelp = QT_TRANSLATE_NOOP(
    "views", "The mean loss over the whole training set and the whole test set, without the decay term. The pale "
             "band is what came between two points of the curve.\n"
             "Classes: −ln p of the right class, and ln C is pure guessing among C classes. Values: the mean squared "
             "error. Ctrl+click goes to that step.");

constexpr auto gradientHelp = QT_TRANSLATE_NOOP(
    "views",
    "How much of the loss's gradient reaches each hidden layer's weights, now or over the steps.\n"
    "‖∂L/∂W_k‖, the L2 norm over the weights of layer k, of the loss on the whole training set. On the way back "
    "each layer multiplies by its weights and by f′(z): slopes of at most ¼ leave a whisper. Hatched: exactly "
    "0, no gradient.");
constexpr auto stabilityHelp = QT_TRANSLATE_NOOP(
    "views",
    "Above: the sharpness, the largest eigenvalue of the loss's Hessian, at moments of the run, and 2 / learning "
    "rate. Where the sharpness is larger, a step of plain gradient descent along that direction overshoots by "
    "more than it came; with momentum μ the limit is 2 (1 + μ) / lr.\n"
    "Below: the next update beside the parameters, ‖Δθ‖ / ‖θ‖. Hatched: the loss curves upwards nowhere.");
constexpr auto anatomyHelp = QT_TRANSLATE_NOOP(
    "views",
    "The activation function taken apart, for the selected neuron's layer, or for all.\n"
    "Shape: f and f′ beside ReLU's, over the distribution of z; hollow bars pass no gradient, f′(z) = 0. The dot "
    "is the slope at 0. Parts: leaky(x) = x + (α − 1)·min(0, x); GELU is the mean of gates x·1[n < x], n standard "
    "normal; the others are ReLU and a rest.");
constexpr auto outputHelp = QT_TRANSLATE_NOOP(
    "views", "One training sample at the output: its logits z, and what two outputs make of them, with loss and "
             "gradient.\n"
             "Softmax: p = e^z / Σ e^z, ∂L/∂z = p − 1[own]. ReLU over sum: p = max(0, z) / Σ max(0, z); where the own "
             "share is 0 the loss −ln p is infinite and no gradient comes back.");

constexpr std::array rows{
    ViewRow{"landscape", QT_TRANSLATE_NOOP("views", "Loss landscape"), landscapeHelp, 2, &make<LandscapeViewWidget>},
    ViewRow{"activations", QT_TRANSLATE_NOOP("views", "Activations"), activationHelp, 4, &make<ActivationView>},
    ViewRow{"dead", QT_TRANSLATE_NOOP("views", "Dead neurons"), deadHelp, 4, &make<DeadCountView>},
    ViewRow{"loss", QT_TRANSLATE_NOOP("views", "Loss"), lossHelp, 4, &make<LossView>},
    ViewRow{"gradient", QT_TRANSLATE_NOOP("views", "Gradient flow"), gradientHelp, 4, &make<GradientView>},
    ViewRow{"stability", QT_TRANSLATE_NOOP("views", "Stability"), stabilityHelp, 8, &make<StabilityView>},
    ViewRow{"anatomy", QT_TRANSLATE_NOOP("views", "Activation anatomy"), anatomyHelp, 6, &make<AnatomyView>},
    ViewRow{"outputs", QT_TRANSLATE_NOOP("views", "Output anatomy"), outputHelp, 4, &make<OutputView>},
};

} // namespace

std::span<const ViewRow> viewTable() {
    return rows;
}

} // namespace flatline
