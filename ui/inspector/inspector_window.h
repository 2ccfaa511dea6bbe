#pragma once

#include "core/training/worker.h"
#include "ui/fields/frame.h"

#include <QElapsedTimer>
#include <QWidget>

#include <optional>

class QFrame;
class QLabel;
class QVBoxLayout;

namespace flatline {

class ActionButton;
class CertificatePanel;
class CurePanel;
class FactList;
class FactRow;
class HeadSwitch;
class InspectorCard;
class MarginHistogram;
class NeuronSign;
class PlaneCard;
class RateChart;
class VitalStrip;

/// The inspector: a window of its own on the selected neuron. Its pulse, its death or revival as a report, where it
/// stands over the data, its margin, which learning rates kill it, what could bring it back; its bias and weights can
/// be changed by hand. Draws frames, as a view does; says what it wants by signals. Left and Right go to the dead
/// neuron before and after, D to the step of its death and back.
class InspectorWindow : public QWidget {
    Q_OBJECT
public:
    explicit InspectorWindow(QWidget* parent = nullptr);

    /// Shows the frame's selected neuron; without one, what was there stays.
    void showFrame(const Frame& frame);
    [[nodiscard]] NeuronId neuron() const { return m_id; }
    [[nodiscard]] BeatsOf beatsOf() const { return m_beatsOf; }
    /// All of it in words, for a screen reader.
    [[nodiscard]] QString summary() const;

    /// The dead neuron after (1) or before (-1) that one, round and round; nothing where no other is dead.
    [[nodiscard]] static std::optional<NeuronId> nextDead(const Snapshot& snapshot, NeuronId from, int direction);

signals:
    void selectWished(flatline::NeuronId neuron);
    void beatsWished(flatline::BeatsOf which);
    void commandWished(const flatline::Command& command);
    void runToggled();
    void pictureWished(const QString& name);
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void build();
    [[nodiscard]] QFrame* makeHead();
    [[nodiscard]] QFrame* makeFoot();
    [[nodiscard]] QWidget* makeBody();
    [[nodiscard]] QFrame* makeReport(QWidget* parent);
    void addKeys();
    void showHead();
    void showReport();
    void showSigns();
    void showMargins();
    void showRates();
    void showFoot();
    void describe();
    void goToDead(int direction);
    void goToDeath();
    [[nodiscard]] bool atDeath() const; ///< a moment of the past at which it dies, or has not died yet

    Frame m_frame;
    NeuronId m_id;
    BeatsOf m_beatsOf = BeatsOf::Death;
    std::optional<bool> m_revival; ///< which certificate the user has chosen; nothing: the latest
    NeuronSign* m_sign = nullptr;
    QLabel* m_title = nullptr;
    QLabel* m_subtitle = nullptr;
    ActionButton* m_previous = nullptr;
    ActionButton* m_next = nullptr;
    ActionButton* m_death = nullptr;
    InspectorCard* m_signsCard = nullptr;
    VitalStrip* m_strip = nullptr;
    HeadSwitch* m_when = nullptr;
    FactList* m_figures = nullptr;
    HeadSwitch* m_which = nullptr;
    CertificatePanel* m_certificate = nullptr;
    QLabel* m_none = nullptr;
    FactRow* m_condition = nullptr;
    FactList* m_outlook = nullptr;
    InspectorCard* m_curesCard = nullptr;
    CurePanel* m_cures = nullptr;
    PlaneCard* m_plane = nullptr;
    QVBoxLayout* m_left = nullptr;
    QVBoxLayout* m_right = nullptr;
    InspectorCard* m_marginCard = nullptr; ///< at the right, or at the left where there is no report
    MarginHistogram* m_histogram = nullptr;
    InspectorCard* m_ratesCard = nullptr;
    RateChart* m_rates = nullptr;
    QLabel* m_state = nullptr;
    QLabel* m_news = nullptr;
    QElapsedTimer m_described;
};

/// The learning rate that was set before the last change of it up to that step; nothing where it did not change within
/// the hundred steps before.
[[nodiscard]] std::optional<double> rateBefore(const Snapshot& snapshot, std::int64_t step);

} // namespace flatline
