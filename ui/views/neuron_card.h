#pragma once

#include "ui/fields/neuron_report.h"

#include <QFrame>

#include <optional>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QScrollArea;
class QToolButton;

namespace flatline {

class CertificatePanel;
class FactList;
class FactRow;
class HeadSwitch;
class NeuronSign;

/// All that is known of one neuron, in a card: its state, the certificate of its latest death or revival, how it is now
/// and what may become of it. Draws frames, as a view does; scrolls where it is given too little height.
class NeuronCard : public QFrame {
    Q_OBJECT
public:
    explicit NeuronCard(QWidget* parent = nullptr);

    /// Shows the frame's selected neuron. Another one than before comes with its latest certificate.
    void showFrame(const Frame& frame);
    [[nodiscard]] NeuronId neuron() const { return m_neuron; }
    /// The card in words, for a screen reader.
    [[nodiscard]] QString summary() const;
    /// The height at which nothing has to scroll, at that width.
    [[nodiscard]] int wantedHeight(int width) const;

signals:
    void inspectWished();
    void closeWished();

protected:
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] QHBoxLayout* makeHead();
    [[nodiscard]] QWidget* makeBody();
    QLabel* heading(const QString& text);
    void showHead(const Snapshot& snapshot);
    void showCertificate(const Snapshot& snapshot);

    Frame m_frame;
    NeuronId m_neuron;
    std::optional<bool> m_revival; ///< which certificate the user has chosen; nothing: the latest
    NeuronSign* m_sign;
    QLabel* m_title;
    QLabel* m_subtitle;
    HeadSwitch* m_switch;
    QPushButton* m_inspect;
    QToolButton* m_close;
    QScrollArea* m_area;
    CertificatePanel* m_certificate = nullptr;
    QLabel* m_none = nullptr;
    FactRow* m_condition = nullptr;
    FactList* m_outlook = nullptr;
    QLabel* m_waiting = nullptr;
};

} // namespace flatline
