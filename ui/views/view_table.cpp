#include "ui/views/activation_view.h"
#include "ui/views/dead_count_view.h"
#include "ui/views/landscape_view.h"
#include "ui/views/loss_view.h"

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
             "no gradient: the ball does not roll. Sharpness is the largest eigenvalue of the loss's Hessian.");
constexpr auto activationHelp = QT_TRANSLATE_NOOP(
    "views", "What goes into the activation function and what comes out of it, over all training samples and all "
             "neurons of a layer.\n"
             "z = w·x + b, output f(z). Outlined bars pass no gradient, f′(z) = 0; filled ones do. The bar at the "
             "left is the share of outputs that are exactly 0. Where neurons learn their own slopes, all of them "
             "are drawn.");
constexpr auto deadHelp = QT_TRANSLATE_NOOP(
    "views", "How many neurons of each layer are dead, over the steps, with kicks and changed settings marked.\n"
             "Dead: f′(z) = 0 on every training sample, so that no gradient reaches the neuron's weights and bias. "
             "For ReLU: z ≤ 0 everywhere. Where biases are warmed, the curve above shows what is added to them. "
             "Ctrl+click goes to that step.");
constexpr auto lossHelp = QT_TRANSLATE_NOOP(
    "views", "The mean loss over the whole training set and the whole test set, without the decay term. The pale "
             "band is what came between two points of the curve.\n"
             "Classes: −ln p of the right class, and ln C is pure guessing among C classes. Values: the mean squared "
             "error. Ctrl+click goes to that step.");

constexpr std::array rows{
    ViewRow{"landscape", QT_TRANSLATE_NOOP("views", "Loss landscape"), landscapeHelp, 2, &make<LandscapeViewWidget>},
    ViewRow{"activations", QT_TRANSLATE_NOOP("views", "Activations"), activationHelp, 4, &make<ActivationView>},
    ViewRow{"dead", QT_TRANSLATE_NOOP("views", "Dead neurons"), deadHelp, 4, &make<DeadCountView>},
    ViewRow{"loss", QT_TRANSLATE_NOOP("views", "Loss"), lossHelp, 4, &make<LossView>},
};

} // namespace

std::span<const ViewRow> viewTable() {
    return rows;
}

} // namespace flatline
