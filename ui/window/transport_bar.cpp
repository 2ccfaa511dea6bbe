#include "ui/window/transport_bar.h"

#include "core/settings/setting_table.h"
#include "ui/theme/tab_order.h"
#include "ui/theme/theme.h"
#include "ui/widgets/action_button.h"
#include "ui/widgets/number_box.h"
#include "ui/window/actions.h"
#include "ui/window/speed.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QSlider>

#include <algorithm>

namespace flatline {

namespace {

constexpr int runWidth = 88; ///< Run and Pause: the button does not jump
constexpr int narrowRunWidth = 80;
constexpr int speedWidth = 64;
constexpr int seedWidth = 56; ///< five digits; longer ones scroll

class Separator : public QWidget {
public:
    explicit Separator(QWidget* parent)
        : QWidget(parent) {
        setFixedSize(9, 26);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter(this).fillRect(QRect(width() / 2, 0, 1, height()), themeOf(this).border);
    }
};

} // namespace

TransportBar::TransportBar(const Actions& actions, QWidget* parent)
    : QWidget(parent)
    , m_drawer(new ActionButton(ActionButton::Look::Plain, QStringLiteral("menu"), tr("Controls"), this))
    , m_speed(new QSlider(Qt::Horizontal, this))
    , m_speedCaption(new QLabel(tr("Speed"), this))
    , m_speedText(new QLabel(this)) {
    using Look = ActionButton::Look;
    m_drawer->setIconOnly(true);
    m_drawer->setCheckable(true);
    m_drawer->setToolTip(tr("Show or hide the controls on the left."));
    m_drawer->hide();
    connect(m_drawer, &QPushButton::clicked, this, &TransportBar::drawerWished);

    m_run = new ActionButton(Look::Primary, actions[ActionId::Run], QStringLiteral("play"), tr("Run"), this);
    m_run->setFixedWidth(runWidth);
    auto* back =
        new ActionButton(Look::Plain, actions[ActionId::StepBack], QStringLiteral("back"), tr("Step back"), this);
    back->setIconOnly(true); // at any width: its icon is Step's, the other way round
    auto* step = new ActionButton(Look::Plain, actions[ActionId::Step], QStringLiteral("step"), tr("Step"), this);
    auto* epoch = new ActionButton(Look::Plain, actions[ActionId::Epoch], QStringLiteral("epoch"), tr("Epoch"), this);
    auto* reset = new ActionButton(Look::Plain, actions[ActionId::Reset], QStringLiteral("reset"), tr("Reset"), this);
    auto* dice =
        new ActionButton(Look::Plain, actions[ActionId::NewSeed], QStringLiteral("dice"), tr("New seed"), this);
    m_shrinking = {step, epoch, reset, dice};

    const SettingRow* row = findSetting("seed");
    m_seed = new NumberBox({row->minimum, row->maximum, NumberBox::Steps::Integer, 1.0}, this);
    m_seed->setFixedWidth(seedWidth);
    m_seed->setFixedHeight(30);
    m_seed->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_seed->setAccessibleName(tr("Seed"));
    m_seed->setToolTip(
        tr("The seed: all randomness of a run comes from this number. The same seed gives the same run."));
    connect(m_seed, &NumberBox::numberWished, this,
            [this](std::optional<double> seed) { emit seedWished(static_cast<qint64>(*seed)); });

    connect(m_seed, &NumberBox::problemChanged, this, &TransportBar::problemFound);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed); // a wide window does not pull it apart
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(6);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_drawer, m_run, back, step, epoch, separator(), reset, dice,
                                                           m_seed, separator(), m_speedCaption, m_speed, m_speedText})
        line->addWidget(widget);
    addSpeed();
    orderTabsAsRead(this);
}

void TransportBar::addSpeed() {
    m_speed->setRange(0, speedPositions);
    m_speed->setPageStep(10);
    m_speed->setFixedWidth(speedWidth);
    m_speed->setFocusPolicy(Qt::StrongFocus);
    m_speed->setAccessibleName(tr("Speed"));
    m_speed->setToolTip(tr("Steps a second, from 1 to as fast as it goes. A step is one batch at any speed."));
    m_speedCaption->setBuddy(m_speed);
    m_speedCaption->setProperty("role", "muted");
    const QFontMetrics metrics = m_speedText->fontMetrics();
    m_speedText->setFixedWidth(
        std::max(metrics.horizontalAdvance(speedText(10000)), metrics.horizontalAdvance(speedText(0))) + 2);
    connect(m_speed, &QSlider::valueChanged, this, [this](int position) {
        const double speed = speedAt(position);
        m_speedText->setText(speedText(speed));
        m_speed->setAccessibleDescription(speedText(speed));
        emit speedWished(speed);
    });
    m_speed->setValue(defaultSpeedPosition);
}

QWidget* TransportBar::separator() {
    m_separators.push_back(new Separator(this));
    return m_separators.back();
}

void TransportBar::showSnapshot(const Snapshot& snapshot) {
    if (snapshot.settings.seed == m_shownSeed)
        return;
    m_shownSeed = snapshot.settings.seed;
    m_seed->showNumber(static_cast<double>(m_shownSeed));
}

double TransportBar::speed() const {
    return speedAt(m_speed->value());
}

void TransportBar::setSpeed(double stepsPerSecond) {
    m_speed->setValue(speedPosition(stepsPerSecond));
}

void TransportBar::showRunning(bool running) {
    m_run->setText(running ? tr("Pause") : tr("Run"));
    m_run->setAccessibleName(m_run->text());
    m_run->setIconName(running ? QStringLiteral("pause") : QStringLiteral("play"));
}

void TransportBar::setNarrow(bool narrow) {
    for (ActionButton* button : m_shrinking)
        button->setIconOnly(narrow);
    for (QWidget* separator : m_separators)
        separator->setVisible(!narrow);
    m_speedCaption->setVisible(!narrow);
    m_run->setFixedWidth(narrow ? narrowRunWidth : runWidth);
    layout()->setSpacing(narrow ? 4 : 6);
    m_drawer->setVisible(narrow);
}

void TransportBar::offerDrawer(bool offered) {
    m_drawer->setVisible(offered);
}

void TransportBar::showDrawer(bool open) {
    m_drawer->setChecked(open);
}

} // namespace flatline
