#include "ui/controls/section_head.h"

#include "ui/theme/theme.h"

#include <QEvent>
#include <QHBoxLayout>

namespace flatline {

EffectSign::EffectSign(bool live, QWidget* parent)
    : QLabel(parent)
    , m_live(live) {
    setToolTip(meaning(live));
    draw();
}

QString EffectSign::meaning(bool live) {
    return live ? tr("A change acts at the next step and keeps the weights.")
                : tr("A change starts the run anew, from step 0.");
}

void EffectSign::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        draw();
    QLabel::changeEvent(event);
}

void EffectSign::draw() {
    const Theme& theme = themeOf(this);
    const QIcon sign =
        m_live ? icon(QStringLiteral("live"), theme.alive) : icon(QStringLiteral("restarts"), theme.muted);
    setPixmap(sign.pixmap(QSize(12, 12), devicePixelRatioF()));
}

SectionHead::SectionHead(const QString& title, bool live, QWidget* parent)
    : QWidget(parent) {
    auto* heading = new QLabel(title, this);
    heading->setProperty("role", "heading");
    auto* word = new QLabel(live ? tr("live") : tr("restarts"), this);
    word->setProperty("role", "caption");
    setToolTip(EffectSign::meaning(live));
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(5);
    line->addWidget(heading);
    line->addStretch();
    line->addWidget(new EffectSign(live, this));
    line->addWidget(word);
    setFixedHeight(20);
}

void SectionHead::addControl(QWidget* control) {
    constexpr int afterTitle = 1;
    auto* line = static_cast<QHBoxLayout*>(layout());
    line->insertWidget(afterTitle, control);
    line->insertSpacing(afterTitle, 4);
}

bool WheelGuard::eventFilter(QObject* watched, QEvent* event) {
    const auto* widget = qobject_cast<QWidget*>(watched);
    if (event->type() == QEvent::Wheel && widget != nullptr && !widget->hasFocus()) {
        event->ignore();
        return true;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace flatline
