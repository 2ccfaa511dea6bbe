#pragma once

#include "core/training/snapshot.h"

#include <QWidget>

#include <vector>

namespace flatline {

/// One figure with its name over it. Its width is that of the widest figure it can show, so that nothing jumps.
class VitalCell : public QWidget {
    Q_OBJECT
public:
    VitalCell(const QString& name, const QString& widest, const QString& help, QWidget* parent);

    /// `rest` stands behind the figure, smaller: a unit, or "of 16". `exact`: where the figure is shortened, the
    /// tooltip says it in full.
    void showFigure(const QString& figure, const QString& rest = {}, const QString& exact = {});
    [[nodiscard]] QString figure() const { return m_figure; }
    [[nodiscard]] QString rest() const { return m_rest; }
    /// Gives back the room that an earlier, longer figure took.
    void shrink();
    /// Deaths: in the colour of the dead, with their sign, where there are any.
    void setGrave(bool grave);

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void measure();

    QString m_name;
    QString m_widest;
    QString m_help;
    QString m_figure;
    QString m_rest;
    bool m_grave = false;
    bool m_hasSign = false;
};

/// The run's figures: the largest digits in the window, deaths last.
class VitalsBar : public QWidget {
    Q_OBJECT
public:
    explicit VitalsBar(QWidget* parent = nullptr);
    void showSnapshot(const Snapshot& snapshot);
    /// Where there is no room for all, the epoch and the test loss give way: the views show them, too.
    void fitInto(int width);

private:
    VitalCell* add(const QString& name, const QString& widest, const QString& help);

    VitalCell* m_step;
    VitalCell* m_epoch;
    VitalCell* m_trainLoss;
    VitalCell* m_testLoss;
    VitalCell* m_accuracy;
    VitalCell* m_dead;
    [[nodiscard]] std::vector<VitalCell*> cells() const;

    int m_room = 0; ///< of fitInto
    std::uint64_t m_run = 0;
};

} // namespace flatline
