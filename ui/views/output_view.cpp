#include "ui/views/output_view.h"

#include "core/analysis/output_reading.h"
#include "ui/charts/plot.h"
#include "ui/views/share_losses.h"

#include <QHBoxLayout>
#include <QMouseEvent>
#include <QPainter>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace flatline {

namespace {

constexpr int noteHeight = 16;
constexpr int leastWidthForMap = 430;
constexpr int wideView = 760; ///< it fills the grid
constexpr int leastChart = 150;
constexpr int aboveChart = 10;
constexpr int leastMap = 80;
constexpr std::size_t searchWork = 2'000'000; ///< multiplications at a time: some 2 ms

} // namespace

OutputView::OutputView(QWidget* parent)
    : View(parent)
    , m_losses(new Plot(this))
    , m_head(new QWidget(this))
    , m_number(new QSpinBox(m_head))
    , m_next(new QToolButton(m_head)) {
    m_number->setAccessibleName(tr("Training sample"));
    m_number->setToolTip(tr("Which training sample is looked at, by its number"));
    m_number->setRange(1, 1);
    m_number->setKeyboardTracking(false);
    m_number->setFixedWidth(84);
    m_next->setProperty("role", QStringLiteral("framed"));
    m_next->setText(tr("Next miss"));
    m_next->setFocusPolicy(Qt::TabFocus);
    m_next->setAccessibleName(tr("Next miss"));
    auto* row = new QHBoxLayout(m_head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(m_number);
    row->addWidget(m_next);
    m_head->hide();
    m_losses->hide();
    m_losses->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_losses->setAccessibleName(tr("What a share costs"));
    m_search.setInterval(0);
    connect(m_number, &QSpinBox::valueChanged, this, [this](int number) { chooseSample(number - 1); });
    connect(m_next, &QToolButton::clicked, this, &OutputView::seekMissed);
    connect(&m_search, &QTimer::timeout, this, &OutputView::seekOn);
}

bool OutputView::ready() const {
    return m_snapshot && m_snapshot->dataset && m_snapshot->spec && m_snapshot->parameters && samples() > 0 &&
           layoutOf(*m_snapshot->spec).size() == m_snapshot->parameters->size();
}

int OutputView::samples() const {
    return m_snapshot && m_snapshot->dataset ? m_snapshot->dataset->train.samples() : 0;
}

void OutputView::showFrame(const Frame& frame) {
    if (m_snapshot && m_snapshot->parameters == frame.snapshot->parameters &&
        m_snapshot->fields == frame.snapshot->fields && m_snapshot->spec == frame.snapshot->spec)
        return;
    if (!m_snapshot || m_snapshot->fields != frame.snapshot->fields)
        m_picture.forget();
    m_snapshot = frame.snapshot;
    m_sample = std::clamp(m_sample, 0, std::max(0, samples() - 1));
    showNumber();
    m_next->setToolTip(m_snapshot->dataset && m_snapshot->dataset->task == Task::Regression
                           ? tr("The next training sample whose loss is above the mean")
                           : tr("The next training sample whose class is predicted wrong, or whose loss is infinite"));
    refresh();
}

void OutputView::chooseSample(int sample) {
    m_search.stop();
    m_found.clear();
    m_sample = std::clamp(sample, 0, std::max(0, samples() - 1));
    showNumber();
    refresh();
}

/// Leaves a number alone that is being typed.
void OutputView::showNumber() {
    const QSignalBlocker quiet(m_number);
    if (m_number->maximum() != std::max(1, samples()))
        m_number->setRange(1, std::max(1, samples()));
    if (m_number->value() != m_sample + 1)
        m_number->setValue(m_sample + 1);
}

void OutputView::refresh() {
    const QString before = subtitle();
    m_table = ready() ? outputTable(*m_snapshot, m_sample) : OutputTable{};
    arrange();
    if (before != subtitle())
        emit subtitleChanged();
    update();
}

void OutputView::seekMissed() {
    if (!ready())
        return;
    m_seekAt = m_sample + 1;
    m_seekLeft = samples() - 1;
    m_search.start();
    seekOn();
}

void OutputView::seekOn() {
    if (!ready() || m_seekLeft <= 0) {
        m_search.stop();
        m_found = tr("no other sample is missed");
        emit subtitleChanged();
        return;
    }
    const Snapshot& snapshot = *m_snapshot;
    const auto affordable = static_cast<int>(std::max<std::size_t>(1, searchWork / snapshot.parameters->size()));
    const int first = m_seekAt % samples();
    const int count = std::min({affordable, m_seekLeft, samples() - first});
    const Batch<float> outputs =
        outputsFor(*snapshot.spec, *snapshot.parameters, snapshot.dataset->train, first, count);
    for (int i = 0; i < count; ++i) {
        std::vector<float> row;
        for (Eigen::Index k = 0; k < outputs.cols(); ++k)
            row.push_back(outputs(i, k));
        if (misses(*snapshot.spec, *snapshot.dataset, row, targetOf(snapshot.dataset->train, first + i),
                   snapshot.now.trainLoss))
            return chooseSample(first + i);
    }
    m_seekAt = first + count;
    m_seekLeft -= count;
}

QString OutputView::subtitle() const {
    if (!ready())
        return {};
    if (!m_found.isEmpty())
        return m_found;
    const Dataset& dataset = *m_snapshot->dataset;
    const QString number = tr("sample %1 of %2").arg(countText(m_sample + 1), countText(samples()));
    const Targets<float> target = targetOf(dataset.train, m_sample);
    if (target.labels.empty())
        return number;
    const Batch<float> outputs = outputsFor(*m_snapshot->spec, *m_snapshot->parameters, dataset.train, m_sample, 1);
    const bool right = predictedClass(outputs, 0, dataset.classes()) == target.labels.front();
    return number + QStringLiteral(", ") + (right ? tr("right") : tr("missed"));
}

QString OutputView::summary() const {
    if (!ready())
        return tr("No sample to look at.");
    QString text = subtitle() + QLatin1Char('.');
    for (const OutputGroup& group : m_table.groups)
        if (!group.loss.isEmpty())
            text += QLatin1Char(' ') + tr("%1: loss %2, gradient %3.").arg(group.title, group.loss, group.gradient);
    if (!m_table.note.isEmpty())
        text += QLatin1Char(' ') + m_table.note;
    return text;
}

QWidget* OutputView::headControls() {
    return m_head;
}

QRectF OutputView::mapBox() const {
    if (!ready() || !m_snapshot->fields || !OutputMap::canDraw(*m_snapshot->dataset) || width() < leastWidthForMap)
        return {};
    const double share = width() < wideView ? 0.33 : 0.42;
    const double side = std::min(height() - noteHeight - 4.0, std::floor(share * width()));
    return side < leastMap ? QRectF() : QRectF(width() - side - 2.0, 2.0, side, side);
}

void OutputView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !mapBox().contains(event->position()))
        return View::mousePressEvent(event);
    chooseSample(OutputMap::nearestSample(*m_snapshot, mapBox(), event->position()));
}

/// What the map leaves.
QRectF OutputView::tableBox() const {
    const QRectF map = mapBox();
    const double right = map.isEmpty() ? width() - 2.0 : map.left() - 12.0;
    return {2.0, 0.0, right - 2.0, static_cast<double>(height() - noteHeight)};
}

/// Where the table leaves room below itself, what a share costs is drawn there.
void OutputView::arrange() {
    const QRectF box = tableBox();
    const double top = box.top() + drawnTableHeight(box.size(), m_table) + aboveChart;
    std::optional<PlotContent> content;
    if (ready() && box.bottom() - top >= leastChart)
        content = shareLosses(m_table);
    m_losses->setVisible(content.has_value());
    if (!content)
        return;
    m_losses->setGeometry(QRectF(box.left(), top, box.width(), box.bottom() - top).toRect());
    m_losses->setContent(std::move(*content));
}

void OutputView::resizeEvent(QResizeEvent* event) {
    View::resizeEvent(event);
    m_picture.forget();
    arrange();
}

void OutputView::changeEvent(QEvent* event) {
    View::changeEvent(event);
    if (changesLook(*event))
        m_picture.forget();
}

void OutputView::paintMap(QPainter& painter) {
    const QRectF box = mapBox();
    if (box.isEmpty())
        return;
    const Theme& theme = themeOf(this);
    painter.drawPixmap(0, 0,
                       m_picture.of(*this, [&](QPainter& picture) { m_map.paint(picture, box, *m_snapshot, theme); }));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    const QPointF place = OutputMap::placeOf(*m_snapshot, mapBox(), m_sample);
    painter.setPen(QPen(theme.surface, 4.0));
    painter.drawEllipse(place, 7.0, 7.0);
    painter.setPen(QPen(theme.text, 2.0));
    painter.drawEllipse(place, 7.0, 7.0);
}

void OutputView::paintEvent(QPaintEvent* /*event*/) {
    if (!m_snapshot || m_snapshot->state == RunState::Loading)
        return;
    QPainter painter(this);
    const Theme& theme = themeOf(this);
    if (!ready()) {
        painter.setPen(theme.muted);
        painter.drawText(rect(), Qt::AlignCenter, summary());
        return;
    }
    paintOutputTable(painter, tableBox(), m_table, theme);
    paintMap(painter);
    if (m_table.note.isEmpty())
        return;
    painter.setFont(fontFor(TextRole::Axis));
    painter.setPen(theme.muted);
    painter.drawText(QRect(2, height() - noteHeight, width() - 4, noteHeight), Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(m_table.note, Qt::ElideRight, width() - 4));
}

} // namespace flatline
