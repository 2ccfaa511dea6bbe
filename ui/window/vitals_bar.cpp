#include "ui/window/vitals_bar.h"

#include "ui/theme/tabular.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace flatline {

namespace {
constexpr int padding = 7;
constexpr int sign = 16;
const QString none = QStringLiteral("–");
constexpr qint64 longestEpoch = 9999; ///< in full; beyond it "12.3 k"

/// Three digits, but never wider than 0.0000: beyond that with a power of ten, "1.2e−5".
QString lossText(double loss) {
    if (std::isnan(loss))
        return QStringLiteral("NaN");
    if (!std::isfinite(loss) || loss == 0.0)
        return numberText(loss);
    if (loss < 0.001 || loss >= 9999.5) {
        const int decimals =
            loss < 1e-9 || loss >= 9.5e9 ? 0 : 1; // two digits of exponent leave room for one before it
        const QByteArray text = QByteArray::number(loss, 'e', decimals);
        const qsizetype e = text.indexOf('e');
        return QLocale().toString(text.left(e).toDouble(), 'f', decimals) + QLatin1Char('e') +
               countText(text.mid(e + 1).toInt());
    }
    return QLocale().toString(loss, 'f', loss < 0.1 ? 4 : loss < 9.995 ? 3 : loss < 99.95 ? 2 : loss < 999.5 ? 1 : 0);
}

/// An infinite loss says of how many samples it is.
void showLoss(VitalCell& cell, double loss, std::int64_t infinite) {
    if (infinite == 0)
        cell.showFigure(lossText(loss));
    else
        cell.showFigure(lossText(loss), VitalsBar::tr("(%1 samples)").arg(shortCountText(infinite, longestEpoch)),
                        VitalsBar::tr("On %1 samples the right class has a probability of exactly 0: their loss is "
                                      "infinite, and no gradient comes from them.")
                            .arg(countText(infinite)));
}
} // namespace

VitalCell::VitalCell(const QString& name, const QString& widest, const QString& help, QWidget* parent)
    : QWidget(parent)
    , m_name(name)
    , m_widest(widest)
    , m_help(help) {
    setToolTip(m_help);
    setFixedHeight(44);
    measure();
}

void VitalCell::showFigure(const QString& figure, const QString& rest, const QString& exact) {
    const QString help = exact.isEmpty() || exact == figure ? m_help : exact + QLatin1Char('\n') + m_help;
    if (help != toolTip())
        setToolTip(help);
    if (figure == m_figure && rest == m_rest)
        return;
    m_figure = figure;
    m_rest = rest;
    setAccessibleName(m_name + QStringLiteral(": ") + figure + QLatin1Char(' ') + rest);
    measure();
    update();
}

void VitalCell::setGrave(bool grave) {
    m_hasSign = true;
    if (m_grave != grave)
        update();
    m_grave = grave;
}

void VitalCell::measure() {
    const QFontMetricsF metrics(fontFor(TextRole::Vitals));
    const int figure =
        static_cast<int>(std::ceil(std::max(tabularWidth(metrics, m_widest), tabularWidth(metrics, m_figure))));
    const int rest = m_rest.isEmpty() ? 0 : QFontMetrics(fontFor(TextRole::Body)).horizontalAdvance(m_rest) + 4;
    const int caption = QFontMetrics(fontFor(TextRole::Body)).horizontalAdvance(m_name);
    const int wanted = std::max(caption, figure + rest + (m_hasSign ? sign + 4 : 0)) + 2 * padding;
    if (wanted > minimumWidth()) // only ever wider: a width that comes and goes would be a jump
        setFixedWidth(wanted);
}

void VitalCell::shrink() {
    setMinimumWidth(0);
    measure();
}

void VitalCell::changeEvent(QEvent* event) {
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        shrink();
    QWidget::changeEvent(event);
}

void VitalCell::paintEvent(QPaintEvent*) {
    const Theme& theme = themeOf(this);
    QPainter painter(this);
    painter.setPen(theme.border);
    const int edge = layoutDirection() == Qt::RightToLeft ? width() - 1 : 0;
    painter.drawLine(edge, 2, edge, height() - 3);
    const int right = width() - padding;
    painter.setFont(fontFor(TextRole::Body));
    painter.setPen(theme.muted);
    painter.drawText(QRect(0, 2, right, 18), Qt::AlignRight | Qt::AlignVCenter, m_name);
    int x = right;
    if (!m_rest.isEmpty()) {
        x -= painter.fontMetrics().horizontalAdvance(m_rest);
        painter.drawText(QPoint(x, 37), m_rest);
        x -= 4;
    }
    const QFont figures = fontFor(TextRole::Vitals);
    painter.setFont(figures);
    painter.setPen(m_grave ? theme.dead : theme.text);
    x -= static_cast<int>(std::ceil(tabularWidth(QFontMetricsF(figures), m_figure)));
    drawTabular(painter, QPointF(x, 37), m_figure);
    if (m_grave)
        painter.drawPixmap(QPoint(x - sign - 4, 23),
                           icon(QStringLiteral("dead"), theme.dead).pixmap(QSize(sign, sign), devicePixelRatioF()));
}

VitalsBar::VitalsBar(QWidget* parent)
    : QWidget(parent) {
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(0);
    m_step = add(tr("Step"), countText(999999), tr("Updates so far: one a batch."));
    m_epoch = add(tr("Epoch"), shortCountText(99'900'000, longestEpoch),
                  tr("Passes over the training set that are complete."));
    m_trainLoss = add(tr("Train loss"), QStringLiteral("0.0000"),
                      tr("The mean loss over the whole training set, without the decay term."));
    m_testLoss = add(tr("Test loss"), QStringLiteral("0.0000"), tr("The mean loss over the test set."));
    m_accuracy = add(tr("Test accuracy"), QStringLiteral("99.9"),
                     tr("The share of the test set whose class is predicted right."));
    m_dead =
        add(tr("Dead neurons"), QStringLiteral("99"),
            tr("Hidden neurons whose slope f′(z) is exactly 0 on every training sample: no gradient reaches them."));
    m_dead->setGrave(false);
}

VitalCell* VitalsBar::add(const QString& name, const QString& widest, const QString& help) {
    auto* cell = new VitalCell(name, widest, help, this);
    layout()->addWidget(cell);
    return cell;
}

std::vector<VitalCell*> VitalsBar::cells() const {
    return {m_step, m_epoch, m_trainLoss, m_testLoss, m_accuracy, m_dead};
}

void VitalsBar::fitInto(int width) {
    m_room = width;
    int wanted = 0;
    for (const VitalCell* cell : cells())
        wanted += cell->minimumWidth();
    for (VitalCell* cell : {m_epoch, m_testLoss}) {
        const bool tooWide = wanted > width;
        if (cell->isHidden() != tooWide)
            cell->setHidden(tooWide);
        wanted -= tooWide ? cell->minimumWidth() : 0;
    }
}

void VitalsBar::showSnapshot(const Snapshot& snapshot) {
    if (!snapshot.dataset) {
        for (VitalCell* cell : cells())
            cell->showFigure(none);
        m_dead->setGrave(false);
        return;
    }
    const Observation& now = snapshot.now;
    m_step->showFigure(shortCountText(now.step), {}, countText(now.step));
    m_epoch->showFigure(shortCountText(now.epoch, longestEpoch), {}, countText(now.epoch));
    showLoss(*m_trainLoss, now.trainLoss, now.infiniteLossSamples);
    if (now.testLoss)
        showLoss(*m_testLoss, *now.testLoss, now.testInfiniteLossSamples);
    else
        m_testLoss->showFigure(none);
    if (now.testAccuracy)
        m_accuracy->showFigure(locale().toString(100.0 * *now.testAccuracy, 'f', *now.testAccuracy < 1.0 ? 1 : 0),
                               QStringLiteral("%"));
    else
        m_accuracy->showFigure(none);
    m_dead->showFigure(countText(now.dead()), tr("of %1").arg(countText(now.neurons())));
    m_dead->setGrave(now.dead() > 0);
    if (std::exchange(m_run, snapshot.run) != snapshot.run)
        for (VitalCell* cell : cells())
            cell->shrink();
    if (m_room > 0)
        fitInto(m_room); // a figure may have asked for more
}

} // namespace flatline
