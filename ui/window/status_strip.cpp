#include "ui/window/status_strip.h"

#include "ui/theme/theme.h"
#include "ui/window/actions.h"
#include "ui/window/status_text.h"

#include <QHBoxLayout>
#include <QLabel>

namespace flatline {

namespace {
constexpr int announcementTime = 6000; ///< ms: long enough to be read
constexpr int widthForKeys = 1180;     ///< below that the sentence needs the room
} // namespace

StatusStrip::StatusStrip(QWidget* parent)
    : QWidget(parent)
    , m_state(new QLabel(this))
    , m_sentence(new QLabel(this))
    , m_pace(new QLabel(this))
    , m_seed(new QLabel(this))
    , m_keys(new QWidget(this)) {
    m_state->setProperty("role", "heading");
    m_sentence->setProperty("role", "muted");
    m_sentence->setMinimumWidth(80);
    m_sentence->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_pace->setProperty("role", "muted");
    m_pace->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_pace->setFixedWidth(m_pace->fontMetrics().horizontalAdvance(tr("%1 steps/s").arg(countText(999999))) + 4);
    m_pace->setToolTip(tr("Steps a second, measured."));
    m_seed->setProperty("role", "muted");
    m_seed->setToolTip(tr("All numbers of the training are 32-bit floats. The same seed gives the same run."));
    auto* keys = new QHBoxLayout(m_keys);
    keys->setContentsMargins(0, 0, 0, 0);
    keys->setSpacing(5);
    addKey(keys, tr("Space"), tr("run"));
    addKey(keys, keyCap(QStringLiteral("Right")), tr("step"));
    addKey(keys, QStringLiteral("K"), tr("kick"));
    addKey(keys, QStringLiteral("F1"), tr("help"));
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(12, 0, 12, 0);
    line->setSpacing(14);
    line->addWidget(m_state);
    line->addWidget(m_sentence, 1);
    line->addWidget(m_pace);
    line->addWidget(m_keys);
    line->addWidget(m_seed);
    setFixedHeight(25);
    setAccessibleName(tr("Status"));
}

void StatusStrip::addKey(QHBoxLayout* line, const QString& key, const QString& what) {
    auto* cap = new QLabel(key, m_keys);
    cap->setProperty("role", "key");
    cap->setAlignment(Qt::AlignCenter);
    cap->setFixedHeight(17);
    auto* word = new QLabel(what, m_keys);
    word->setProperty("role", "muted");
    if (line->count() > 0)
        line->addSpacing(8);
    line->addWidget(cap);
    line->addWidget(word);
}

void StatusStrip::showSnapshot(const Snapshot& snapshot) {
    m_state->setText(stateWord(snapshot));
    m_text = stateSentence(snapshot);
    m_pace->setText(snapshot.state == RunState::Running
                        ? tr("%1 steps/s").arg(countText(static_cast<qint64>(snapshot.stepsPerSecond)))
                        : QString());
    m_seed->setText(tr("float32 · seed %1").arg(snapshot.settings.seed));
    showSentence();
}

void StatusStrip::announce(const QString& text) {
    m_announcement = text;
    m_announced.start();
    showSentence();
}

QString StatusStrip::sentence() const {
    const bool fresh = m_announced.isValid() && !m_announced.hasExpired(announcementTime);
    return fresh ? m_announcement + QLatin1Char(' ') + m_text : m_text;
}

void StatusStrip::showSentence() {
    const QString full = sentence();
    m_sentence->setText(m_sentence->fontMetrics().elidedText(full, Qt::ElideRight, m_sentence->width()));
    if (m_sentence->toolTip() != full) {
        m_sentence->setToolTip(full);
        setAccessibleDescription(m_state->text() + QStringLiteral(". ") + full);
    }
}

void StatusStrip::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_keys->setVisible(width() >= widthForKeys);
    showSentence();
}

} // namespace flatline
