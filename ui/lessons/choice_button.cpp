#include "ui/lessons/choice_button.h"

#include "ui/theme/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QPainter>
#include <QTextDocument>

#include <cmath>
#include <memory>

namespace flatline {

namespace {
// In line heights.
constexpr double sidePadding = 0.6;
constexpr double topPadding = 0.55;
constexpr double ringSide = 1.0;
constexpr double gapToText = 0.65;

QString plain(const QString& markdown) {
    QTextDocument document;
    document.setMarkdown(markdown);
    return document.toPlainText().trimmed();
}
} // namespace

ChoiceButton::ChoiceButton(const QString& markdown, QWidget* parent)
    : QRadioButton(parent)
    , m_markdown(markdown) {
    setAccessibleName(plain(markdown));
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAttribute(Qt::WA_Hover);
}

void ChoiceButton::setVerdict(Verdict verdict) {
    m_verdict = verdict;
    setEnabled(verdict == Verdict::Open);
    setAccessibleDescription(verdict == Verdict::Right ? tr("the right answer") : QString());
    update();
}

double ChoiceButton::unit() const {
    return fontMetrics().height();
}

int ChoiceButton::textLeft() const {
    return static_cast<int>(std::lround(unit() * (sidePadding + ringSide + gapToText)));
}

std::unique_ptr<QTextDocument> ChoiceButton::words(int width) const {
    auto document = std::make_unique<QTextDocument>();
    document->setDefaultFont(font());
    document->setDocumentMargin(0.0);
    document->setMarkdown(m_markdown);
    document->setTextWidth(std::max(1.0, width - textLeft() - unit() * sidePadding));
    return document;
}

QSize ChoiceButton::sizeHint() const {
    const int wide = static_cast<int>(unit() * 12.0);
    return {wide, heightForWidth(std::max(wide, width()))};
}

int ChoiceButton::heightForWidth(int width) const {
    return static_cast<int>(std::ceil(words(width)->size().height() + 2.0 * topPadding * unit()));
}

void ChoiceButton::paintEvent(QPaintEvent*) {
    const Theme& theme = themeOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool open = m_verdict == Verdict::Open;
    const bool strong = m_verdict == Verdict::Right || (isChecked() && m_verdict != Verdict::Other);
    const bool hovered = open && underMouse();
    const double stroke = strong ? 2.0 : 1.0;
    painter.setPen(QPen(strong ? theme.accent : open || isChecked() ? theme.line : theme.border, stroke));
    painter.setBrush(strong || hovered ? theme.selectedFill : theme.surface);
    const double inset = stroke / 2.0;
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), 5, 5);

    const double side = ringSide * unit();
    const QRectF ring(sidePadding * unit(), (height() - side) / 2.0, side, side);
    const QColor ink = strong ? theme.accent : open || isChecked() ? theme.line : theme.border;
    if (m_verdict == Verdict::Right || (m_verdict == Verdict::Other && isChecked())) {
        const QString sign = m_verdict == Verdict::Right ? QStringLiteral("check") : QStringLiteral("close");
        flatline::icon(sign, m_verdict == Verdict::Right ? theme.accent : theme.muted)
            .paint(&painter, ring.toAlignedRect());
    } else {
        painter.setPen(QPen(ink, 1.5));
        painter.setBrush(theme.surface);
        painter.drawEllipse(ring.adjusted(1, 1, -1, -1));
        if (isChecked()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme.accent);
            const double in = side * 0.29;
            painter.drawEllipse(ring.adjusted(in, in, -in, -in));
        }
    }
    const auto document = words(width());
    QAbstractTextDocumentLayout::PaintContext context;
    const bool faint = !open && !strong && !isChecked();
    context.palette.setColor(QPalette::Text, faint ? theme.muted : theme.text);
    painter.translate(textLeft(), (height() - document->size().height()) / 2.0);
    document->documentLayout()->draw(&painter, context);
}

} // namespace flatline
