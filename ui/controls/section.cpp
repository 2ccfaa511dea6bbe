#include "ui/controls/section.h"

#include "ui/controls/section_head.h"
#include "ui/controls/value_slider.h"
#include "ui/fields/setting_text.h"
#include "ui/runs/difference_sign.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_box.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>

#include <algorithm>
#include <limits>

namespace flatline {

namespace {
constexpr int labelWidth = 92;
constexpr int patience = 1500;               ///< ms after which a wish that did not come true is given up
constexpr auto pathProperty = "settingPath"; ///< of a field made for a key before its row was
constexpr int gather = 150;                  ///< ms in which changes become one wish
} // namespace

Section::Section(const QString& title, Effect effect, QWidget* parent)
    : QWidget(parent)
    , m_live(effect == Effect::Live)
    , m_rows(new QGridLayout(this))
    , m_head(new SectionHead(title, effect == Effect::Live, this)) {
    setAccessibleName(title);
    m_rows->setContentsMargins(12, 5, 3, 6);
    m_rows->setHorizontalSpacing(0);
    m_rows->setVerticalSpacing(4);
    m_rows->setColumnMinimumWidth(0, labelWidth);
    m_rows->setColumnStretch(1, 1);
    m_rows->addWidget(m_head, 0, 0, 1, 2);
    m_laterTimer.setSingleShot(true);
    m_laterTimer.setInterval(gather);
    connect(&m_laterTimer, &QTimer::timeout, this, &Section::flush);
}

QLabel* Section::addRow(const QString& label, QWidget* field, const QString& help) {
    auto* text = new QLabel(label, this);
    text->setToolTip(help);
    text->setBuddy(field);
    const int row = m_rows->rowCount();
    m_rows->addWidget(text, row, 0);
    m_rows->addWidget(field, row, 1);
    m_fields[text] = field;
    m_newest = text;
    m_parts.push_back({{text, field}, {}});
    if (const QByteArray path = field->property(pathProperty).toByteArray(); !path.isEmpty())
        m_labels[path.toStdString()] = text;
    return text;
}

QLabel* Section::addRow(const QString& label, const std::vector<QWidget*>& fields) {
    auto* box = new QWidget(this);
    auto* line = new QHBoxLayout(box);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(6);
    for (QWidget* field : fields)
        line->addWidget(field);
    for (std::size_t i = 1; i < fields.size(); ++i)
        setTabOrder(fields[i - 1], fields[i]); // as they are read, whichever was made first
    QLabel* text = addRow(label, box, fields.front()->toolTip());
    text->setBuddy(fields.front());
    for (QWidget* field : fields)
        if (const QByteArray path = field->property(pathProperty).toByteArray(); !path.isEmpty())
            m_labels[path.toStdString()] = text;
    for (QWidget* field : fields)
        if (auto* number = qobject_cast<NumberBox*>(field))
            showProblemsOf(number);
    return text;
}

void Section::addWide(QWidget* widget, const char* name) {
    m_rows->addWidget(widget, m_rows->rowCount(), 0, 1, 2);
    if (name != nullptr)
        m_parts.push_back({{}, {name}});
    m_parts.back().parts.push_back(widget);
}

void Section::markRestarts(QLabel* label) {
    auto* sign = new EffectSign(false, this);
    sign->setContentsMargins(0, 0, 8, 0);
    addPart(label, sign);
    int row = 0;
    int column = 0;
    int spanned = 0;
    m_rows->getItemPosition(m_rows->indexOf(label), &row, &column, &spanned, &spanned);
    m_rows->addWidget(sign, row, column, Qt::AlignRight | Qt::AlignVCenter);
}

void Section::showProblemsOf(NumberBox* box) {
    auto* line = new QLabel(this);
    line->setProperty("role", "dead");
    line->setWordWrap(true);
    addWide(line);
    setShown(line, false);
    connect(box, &NumberBox::problemChanged, line, [this, line](const QString& problem) {
        line->setText(problem);
        setShown(line, !problem.isEmpty());
    });
}

void Section::bind(const char* path, Show show) {
    const SettingRow* row = findSetting(path);
    Q_ASSERT_X(row != nullptr, "Section::bind", path);
    m_bindings.push_back(std::make_unique<Binding>(Binding{row, std::move(show), {}, false}));
    if (m_newest != nullptr) // a field that is made before its row takes its path there
        m_labels.try_emplace(path, m_newest);
}

void Section::showFrame(const Frame& frame) {
    for (const auto& binding : m_bindings) {
        const SettingValue value = binding->row->get(frame.snapshot->settings);
        const auto waiting = m_pending.find(binding->row->path);
        if (waiting != m_pending.end()) {
            if (value != waiting->second.value && !waiting->second.since.hasExpired(patience))
                continue;
            m_pending.erase(waiting);
        }
        if (binding->shownOnce && value == binding->shown)
            continue;
        binding->shown = value;
        binding->shownOnce = true;
        binding->show(value);
    }
    markDifferences(frame);
}

/// A sign in the run's ink beside each label whose setting is not A's.
void Section::markDifferences(const Frame& frame) {
    const bool compared = frame.chosen > 0 && frame.chosen < frame.twins.size();
    if (!compared && m_differs.empty())
        return;
    std::map<QLabel*, QString> marked; // with A's values
    for (const auto& binding : m_bindings) {
        const auto label = m_labels.find(binding->row->path);
        if (!compared || label == m_labels.end())
            continue;
        const SettingValue inA = binding->row->get(frame.twins.front()->settings);
        if (binding->row->get(frame.snapshot->settings) != inA)
            marked.try_emplace(label->second, settingValueText(binding->row->path, inA));
    }
    for (const auto& [label, sign] : m_differs)
        if (!marked.contains(label))
            sign->hide();
    for (const auto& [label, inA] : marked) {
        DifferenceSign*& sign = m_differs[label];
        if (sign == nullptr)
            sign = new DifferenceSign(this);
        if (label->isVisibleTo(this))
            sign->show(frame.chosen, inA, label->geometry());
    }
}

void Section::expect(const SettingWish& changes) {
    for (const SettingChange& change : changes) {
        Pending& pending = m_pending[change.path];
        pending.value = change.value;
        pending.since.start();
        for (const auto& binding : m_bindings)
            if (change.path == binding->row->path)
                binding->shownOnce = false; // a refused wish must be taken back on screen
    }
}

void Section::wish(const SettingWish& changes) {
    flush();
    expect(changes);
    emit wished(changes);
}

void Section::wish(const char* path, SettingValue value) {
    wish({SettingChange{path, std::move(value)}});
}

void Section::wishLater(const char* path, SettingValue value) {
    std::erase_if(m_later, [path](const SettingChange& change) { return change.path == path; });
    m_later.push_back({path, std::move(value)});
    expect(m_later);
    m_laterTimer.start();
}

void Section::flush() {
    m_laterTimer.stop();
    if (m_later.empty())
        return;
    const SettingWish changes = std::exchange(m_later, {});
    expect(changes);
    emit wished(changes);
}

QString Section::helpText(const char* path, const QString& formula) {
    const SettingRow* row = findSetting(path);
    Q_ASSERT_X(row != nullptr, "Section::helpText", path);
    const QString text = coreText(row->meaning).replace(QStringLiteral(" -"), QStringLiteral(" −")); // a true minus
    return formula.isEmpty() ? text : text + QLatin1Char('\n') + formula;
}

void Section::describe(QWidget* field, const QString& name, const QString& help) {
    field->setAccessibleName(name);
    field->setAccessibleDescription(help);
    field->setToolTip(help);
}

NumberBox* Section::numberBox(const char* path, const QString& name, double step) {
    const SettingRow* row = findSetting(path);
    Q_ASSERT_X(row != nullptr, "Section::numberBox", path);
    const bool whole = row->kind == SettingKind::Integer;
    NumberBox::Range range{row->minimum, row->maximum, whole ? NumberBox::Steps::Integer : NumberBox::Steps::Linear,
                           step, step};
    if (step <= 0.0) { // a key that spans decades
        range.steps = NumberBox::Steps::Decades;
        range.smallest = 1e-5;
    }
    range.mayBeEmpty = row->optional;
    auto* box = new NumberBox(range, this);
    describe(box, name, helpText(path));
    box->setProperty(pathProperty, QByteArray(path));
    connect(box, &NumberBox::numberWished, this, [this, path, whole](std::optional<double> number) {
        if (!number)
            wish(path, std::monostate{});
        else if (whole)
            wishLater(path, static_cast<std::int64_t>(*number));
        else
            wishLater(path, *number);
    });
    bind(path, [box](const SettingValue& value) {
        if (const auto* count = std::get_if<std::int64_t>(&value))
            box->showNumber(static_cast<double>(*count));
        else if (const auto* real = std::get_if<double>(&value))
            box->showNumber(*real);
        else
            box->showNumber({});
    });
    return box;
}

QComboBox* Section::choiceBox(const QString& name) {
    auto* box = new QComboBox(this);
    box->setAccessibleName(name);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(6);
    box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    box->setFixedHeight(24);
    box->setFocusPolicy(Qt::StrongFocus);
    box->installEventFilter(new WheelGuard(box));
    return box;
}

ValueSlider* Section::sliderFor(const char* path, NumberBox* box, double minimum, double maximum, bool logarithmic) {
    auto* slider = new ValueSlider(minimum, maximum,
                                   logarithmic ? ValueSlider::Scale::Logarithmic : ValueSlider::Scale::Linear, this);
    describe(slider, box->accessibleName(), box->toolTip());
    connect(slider, &ValueSlider::dragged, box, &NumberBox::showNumber);
    connect(slider, &ValueSlider::numberWished, this, [this, path, box](double number) {
        box->showNumber(number);
        wishLater(path, number);
    });
    connect(box, &NumberBox::numberWished, slider, [slider](std::optional<double> number) {
        if (number)
            slider->showNumber(*number);
    });
    bind(path, [slider](const SettingValue& value) {
        if (const auto* real = std::get_if<double>(&value))
            slider->showNumber(*real);
    });
    return slider;
}

} // namespace flatline
