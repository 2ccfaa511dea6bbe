#pragma once

#include "core/analysis/analysis_worker.h"
#include "core/inspection/inspection.h"
#include "core/landscape/landscape_worker.h"
#include "core/training/snapshot.h"

#include <QString>
#include <QWidget>

#include <memory>
#include <span>

namespace flatline {

/// A hidden neuron, from 1. layer 0: none.
struct NeuronId {
    int layer = 0;
    int neuron = 0;
    bool operator==(const NeuronId&) const = default;
};

/// All that a view draws. It cannot tell whether it is live or past.
struct Frame {
    std::shared_ptr<const Snapshot> snapshot; ///< never null
    std::shared_ptr<const Surface> surface;   ///< null before the first one is done
    NeuronId selected;
    std::shared_ptr<const Analysis> analysis = nullptr; ///< null before the first one is done; may be some steps behind
    /// Of the selected neuron, or the one before; null as long as nobody inspects, and before the first one is done.
    std::shared_ptr<const Inspection> inspection = nullptr;
    /// All runs of a comparison, A first; empty where there is only one. `snapshot` is the chosen one.
    std::vector<std::shared_ptr<const Snapshot>> twins = {};
    std::size_t chosen = 0;
    bool predictionsHidden = false; ///< the class is to guess first: whatever foretells keeps it to itself
};

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
