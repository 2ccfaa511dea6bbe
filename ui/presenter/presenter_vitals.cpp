#include "ui/presenter/presenter_vitals.h"

#include "ui/theme/tabular.h"
#include "ui/theme/theme.h"

#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>

#include <cmath>
#include <utility>

namespace flatline {

namespace {

constexpr double figurePoints = 27.0;
constexpr int sign = 30;
constexpr int above = 10;
constexpr int gap = 2;
constexpr double asGoodAsChance = 0.005; ///< so near to it the loss of a coin is

QFont figureFont() {
    QFont font = fontFor(TextRole::Vitals);
    font.setPointSizeF(figurePoints);
    return font;
}

/// A loss of ln 2 says nothing to most; that two classes are guessed as by a coin does.
QString chanceText(const Snapshot& snapshot) {
    const bool two = snapshot.spec && snapshot.dataset && snapshot.dataset->task == Task::Classification &&
                     snapshot.dataset->classNames.size() == 2;
    return two && std::abs(snapshot.now.trainLoss - std::log(2.0)) < asGoodAsChance
               ? PresenterVitals::tr("≈ ln 2, a coin toss")
               : QString();
}

/// Three digits behind the point, so that a 0.7 does not come and go.
QString lossText(double loss) {
    constexpr double least = 0.001;
    constexpr double most = 100.0;
    return loss >= least && loss < most ? QLocale().toString(loss, 'f', 3) : numberText(loss);
}

} // namespace

PresenterVitals::PresenterVitals(QWidget* parent)
    : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("The run's figures"));
}

void PresenterVitals::showSnapshot(const Snapshot& snapshot) {
    std::vector<Figure> figures;
    if (snapshot.dataset) {
        const Observation& now = snapshot.now;
        figures.push_back({tr("Step"), countText(now.step), {}});
        figures.push_back({tr("Train loss"), lossText(now.trainLoss), chanceText(snapshot)});
        if (now.testAccuracy)
            figures.push_back({tr("Test accuracy"), numberText(100.0 * *now.testAccuracy), QStringLiteral("%")});
        figures.push_back(
            {tr("Dead neurons"), countText(now.dead()), tr("of %1").arg(countText(now.neurons())), now.dead() > 0});
    }
    if (std::exchange(m_figures, figures) == figures)
        return;
    QStringList words;
    for (const Figure& figure : m_figures)
        words << figure.name + QStringLiteral(": ") + figure.text + QLatin1Char(' ') + figure.rest;
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    update();
}

QSize PresenterVitals::sizeHint() const {
    const double names = QFontMetricsF(fontFor(TextRole::Body)).height();
    return {400, static_cast<int>(std::ceil(names + QFontMetricsF(figureFont()).height())) + 2 * above + gap};
}

/// The columns are as wide as each other, so that nothing jumps.
void PresenterVitals::paintEvent(QPaintEvent*) {
    const Theme& theme = themeOf(this);
    QPainter painter(this);
    const QFont small = fontFor(TextRole::Body);
    const QFont large = figureFont();
    const QFontMetricsF names(small);
    const QFontMetricsF figures(large);
    const double wide = static_cast<double>(width()) / static_cast<double>(std::max<std::size_t>(m_figures.size(), 1));
    const double baseline = above + names.height() + gap + figures.ascent();
    for (std::size_t i = 0; i < m_figures.size(); ++i) {
        const Figure& figure = m_figures[i];
        double x = wide * static_cast<double>(i) + 6.0;
        const double right = wide * static_cast<double>(i + 1) - 6.0;
        painter.setFont(small);
        painter.setPen(theme.muted);
        painter.drawText(QPointF(x, above + names.ascent()), figure.name);
        if (figure.grave) {
            painter.drawPixmap(QPointF(x, baseline - figures.capHeight() / 2.0 - sign / 2.0),
                               icon(QStringLiteral("dead"), theme.dead).pixmap(QSize(sign, sign), devicePixelRatioF()));
            x += sign + 6.0;
        }
        painter.setFont(large);
        painter.setPen(figure.grave ? theme.dead : theme.text);
        drawTabular(painter, {x, baseline}, figure.text);
        x += tabularWidth(figures, figure.text) + 6.0;
        painter.setFont(small);
        if (!figure.grave)
            painter.setPen(theme.muted);
        painter.drawText(QPointF(x, baseline), names.elidedText(figure.rest, Qt::ElideRight, right - x));
    }
}

} // namespace flatline
