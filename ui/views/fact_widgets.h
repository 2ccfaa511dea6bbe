#pragma once

#include "ui/fields/neuron_report.h"

#include <QWidget>

#include <vector>

class QGridLayout;
class QLabel;

namespace flatline {

/// A few figures side by side, each under its name.
class FactRow : public QWidget {
    Q_OBJECT
public:
    explicit FactRow(QWidget* parent = nullptr);
    void showFacts(const std::vector<Fact>& facts);

private:
    std::vector<Fact> m_facts;
    std::vector<QLabel*> m_names;
    std::vector<QLabel*> m_values;
    QGridLayout* m_grid;
};

/// Figures one below another: the name at the left, the value in its ink beside it. Each line has its own tooltip.
class FactList : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;
    void showFacts(const std::vector<Fact>& facts);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    std::vector<Fact> m_facts;
};

} // namespace flatline
