#pragma once

#include "ui/fields/frame.h"

#include <QString>
#include <QWidget>

#include <span>

namespace flatline {

/// A view of the run: draws frames, knows neither the trainer nor another view. UI thread only.
/// It has no title of its own: the card around it draws that.
class View : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;
    /// Takes a frame over and updates what changed since the one before. Cheap; painting comes later.
    virtual void showFrame(const Frame& frame) = 0;
    /// What a screen reader says, and what the view's tooltip ends with: the view's content in one or two sentences.
    [[nodiscard]] virtual QString summary() const = 0;
    /// The card's second title, e.g. "random plane with biases, step 900". May be empty.
    [[nodiscard]] virtual QString subtitle() const { return {}; }
    /// Controls that belong into the card's head (may be null); the card becomes their parent.
    [[nodiscard]] virtual QWidget* headControls() { return nullptr; }
    /// Takes over how the user left it (QSettings). Not called for pictures, which must not depend on that.
    virtual void restore() {}

signals:
    void neuronClicked(flatline::NeuronId neuron);
    void neuronOpened(flatline::NeuronId neuron);              ///< after that: its card is wanted, or no longer
    void neuronInspected(flatline::NeuronId neuron);           ///< after that: the inspector is wanted
    void landscapeWished(const flatline::LandscapeView& wish); ///< the landscape view's controls
    void travelWished(qint64 step); ///< a moment of the run, pointed at in a chart over the steps
    void subtitleChanged();
};

/// One kind of view: a row in view_table.cpp. The grid, the View menu and the screenshot list iterate the table.
struct ViewRow {
    const char* id;    ///< "landscape"
    const char* title; ///< translatable, context "views"
    const char* help;  ///< translatable: what it shows and its formula
    int tick;          ///< drawn on every n-th tick of 16 ms
    View* (*make)(QWidget* parent);
};
[[nodiscard]] std::span<const ViewRow> viewTable();

} // namespace flatline
