#pragma once

#include "core/training/snapshot.h"

#include <QWidget>

#include <memory>

namespace flatline {

/// The figures that a whole room can read: step, train loss, test accuracy, deaths. UI thread.
class PresenterVitals : public QWidget {
    Q_OBJECT
public:
    explicit PresenterVitals(QWidget* parent = nullptr);

    void showSnapshot(const Snapshot& snapshot);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Figure {
        QString name;
        QString text;
        QString rest; ///< behind it, smaller
        bool grave = false;
        bool operator==(const Figure&) const = default;
    };
    std::vector<Figure> m_figures;
};

} // namespace flatline
