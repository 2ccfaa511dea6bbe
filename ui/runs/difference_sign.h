#pragma once

#include <QWidget>

namespace flatline {

/// The small shape of a run beside a control whose setting is another one in A.
class DifferenceSign : public QWidget {
    Q_OBJECT
public:
    explicit DifferenceSign(QWidget* parent);

    /// `inA`: A's value of the setting, in words.
    void show(std::size_t run, const QString& inA, const QRect& label);

    static constexpr int side = 9;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::size_t m_run = 1;
};

} // namespace flatline
