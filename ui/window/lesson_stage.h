#pragma once

#include "core/lessons/lesson.h"
#include "ui/views/view.h"

#include <QMap>
#include <QObject>

#include <optional>

namespace flatline {

class Lab;
class LeftSide;
class PointerRing;
class TransportBar;
class ViewGrid;

/// What a lesson's page shows of the window: which views and controls, the selected neuron, the landscape's plane, the
/// speed, and what is pointed at. What the user had is brought back at its end. UI thread.
class LessonStage : public QObject {
    Q_OBJECT
public:
    /// The parts of the window that it works with.
    struct Parts {
        LeftSide& left;
        ViewGrid& views;
        TransportBar& transport;
        QWidget& vitals;
        QWidget& timeline;
        QWidget& content; ///< all of them stand somewhere in it
    };
    LessonStage(Lab& lab, const Parts& parts, QObject* parent);

    void begin(); ///< remembers what the user has
    void show(const PageStage& page);
    /// The run is what the page needs: its neurons can be selected.
    void showRun(const PageStage& page);
    void end();
    /// What is chosen in the views' heads, or was before begin().
    [[nodiscard]] QMap<QString, QString> ownChoices() const;
    /// What is pointed at may be elsewhere.
    void follow();

private:
    struct Own { ///< what the user had
        QMap<QString, QString> choices;
        NeuronId selected;
        double speed = 0.0;
    };
    void select(NeuronId neuron);
    void pointAt(const std::optional<Pointer>& pointer);
    void pointAtControl(const std::string& name);
    void pointAtNeuron(NeuronId neuron);

    Lab& m_lab;
    Parts m_parts;
    PointerRing* m_ring;
    std::optional<Own> m_own;
};

} // namespace flatline
