#pragma once

#include <QWidget>

class QLabel;

namespace flatline {

/// A line under the transport that says what stopped the run. Hidden while nothing did.
class Banner : public QWidget {
    Q_OBJECT
public:
    explicit Banner(QWidget* parent = nullptr);
    void showAlarm(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QLabel* m_text;
};

} // namespace flatline
