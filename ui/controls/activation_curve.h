#pragma once

#include "core/network/activation.h"

#include <QWidget>

#include <optional>

namespace flatline {

/// A small drawing of an activation function, z from -3 to 3.
class ActivationCurve : public QWidget {
    Q_OBJECT
public:
    explicit ActivationCurve(QWidget* parent = nullptr);
    void showActivation(const ActivationRow* row, ActivationParameters parameters);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const ActivationRow* m_row = nullptr;
    ActivationParameters m_parameters;
};

} // namespace flatline
