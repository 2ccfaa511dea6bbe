#pragma once

#include "ui/fields/neuron_report.h"

#include <QWidget>

class QLabel;

namespace flatline {

class FactRow;

/// A certificate as a report: the verdict and its sentence, the sum that leads from before to after as a waterfall,
/// and when, by which batch and at what rate it happened.
class CertificatePanel : public QWidget {
    Q_OBJECT
public:
    explicit CertificatePanel(QWidget* parent = nullptr);

    /// Cheap where it is the one that is shown. `hasMargin`: see sumRows.
    void showCertificate(const ShownCertificate& shown, bool hasMargin);
    /// The whole report in words, for a screen reader.
    [[nodiscard]] QString summary() const;

private:
    class Picture;

    ShownCertificate m_shown;
    bool m_hasMargin = false;
    QLabel* m_title;
    QLabel* m_sample;
    QLabel* m_verdict;
    Picture* m_picture;
    FactRow* m_facts;
};

} // namespace flatline
