#pragma once

#include <QAbstractButton>

namespace flatline {

/// A run's sign as a button that chooses it: what the controls and the views of a single run are about.
class RunButton : public QAbstractButton {
    Q_OBJECT
public:
    RunButton(std::size_t index, QWidget* parent);

    /// Its name under the sign, where there is room for one; also for screen readers.
    void setName(const QString& name, bool shown);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::size_t m_index;
    QString m_name;
    bool m_nameShown = false;
};

} // namespace flatline
