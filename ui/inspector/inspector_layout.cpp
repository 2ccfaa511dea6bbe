#include "ui/inspector/cures.h"
#include "ui/inspector/inspector_card.h"
#include "ui/inspector/inspector_window.h"
#include "ui/inspector/margin_histogram.h"
#include "ui/inspector/plane_card.h"
#include "ui/inspector/rate_chart.h"
#include "ui/inspector/vital_strip.h"
#include "ui/theme/tab_order.h"
#include "ui/views/certificate_panel.h"
#include "ui/views/fact_widgets.h"
#include "ui/views/neuron_sign.h"
#include "ui/widgets/action_button.h"
#include "ui/widgets/head_switch.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QShortcut>

// How the inspector's window is put together.
namespace flatline {
namespace {

constexpr int gap = 8;
constexpr int figuresWidth = 176;

QFrame* frameOf(const char* role, QWidget* parent) {
    auto* frame = new QFrame(parent);
    frame->setProperty("role", QString::fromLatin1(role));
    return frame;
}

void addKey(QHBoxLayout* line, const QStringList& keys, const QString& what, QWidget* parent) {
    for (const QString& key : keys) {
        auto* cap = new QLabel(key, parent);
        cap->setProperty("role", QStringLiteral("key"));
        line->addWidget(cap);
    }
    auto* word = new QLabel(what, parent);
    word->setProperty("role", QStringLiteral("muted"));
    line->addWidget(word);
    line->addSpacing(6);
}

} // namespace

void InspectorWindow::build() {
    setWindowTitle(tr("Inspector"));
    setMinimumSize(860, 560);
    resize(1120, 800);
    setAutoFillBackground(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(frameOf("rule", this));
    auto* area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(makeBody());
    column->addWidget(area, 1);
    column->addWidget(frameOf("rule", this));
    column->addWidget(makeFoot());
    orderTabsAsRead(this);
    addKeys();
    setFocusPolicy(Qt::ClickFocus);
    setFocus(); // no button is meant before one is chosen
}

QFrame* InspectorWindow::makeHead() {
    auto* head = frameOf("panel", this);
    m_sign = new NeuronSign(40, head);
    m_title = new QLabel(head);
    m_title->setFont(fontFor(TextRole::Vitals));
    m_title->setTextFormat(Qt::RichText);
    m_subtitle = new QLabel(head);
    m_subtitle->setProperty("role", QStringLiteral("muted"));
    m_subtitle->setMinimumWidth(1);
    m_previous = new ActionButton(ActionButton::Look::Plain, QStringLiteral("left"), tr("Previous dead"), head);
    m_next = new ActionButton(ActionButton::Look::Plain, QStringLiteral("right"), tr("Next dead"), head);
    m_death = new ActionButton(ActionButton::Look::Plain, QStringLiteral("dead"), tr("Its death"), head);
    connect(m_death, &ActionButton::clicked, this, &InspectorWindow::goToDeath);
    auto* picture = new ActionButton(ActionButton::Look::Plain, QStringLiteral("camera"), tr("Picture"), head);
    picture->setToolTip(tr("Save a picture of this window, at twice its resolution, as PNG."));
    connect(m_previous, &ActionButton::clicked, this, [this] { goToDead(-1); });
    connect(m_next, &ActionButton::clicked, this, [this] { goToDead(1); });
    connect(picture, &ActionButton::clicked, this,
            [this] { emit pictureWished(QStringLiteral("neuron-%1-%2").arg(m_id.layer).arg(m_id.neuron)); });
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_title);
    words->addWidget(m_subtitle);
    auto* line = new QHBoxLayout(head);
    line->setContentsMargins(12, 8, 12, 8);
    line->setSpacing(gap);
    line->addWidget(m_sign);
    line->addSpacing(4);
    line->addLayout(words, 1);
    for (ActionButton* button : {m_previous, m_next, m_death, picture})
        line->addWidget(button);
    return head;
}

QFrame* InspectorWindow::makeFoot() {
    auto* foot = frameOf("panel", this);
    m_state = new QLabel(foot);
    m_state->setProperty("role", QStringLiteral("heading"));
    m_news = new QLabel(foot);
    m_news->setProperty("role", QStringLiteral("muted"));
    m_news->setMinimumWidth(1);
    m_news->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* line = new QHBoxLayout(foot);
    line->setContentsMargins(12, 4, 12, 4);
    line->setSpacing(6);
    line->addWidget(m_state);
    line->addSpacing(6);
    line->addWidget(m_news, 1);
    addKey(line, {QStringLiteral("←"), QStringLiteral("→")}, tr("dead neurons"), foot);
    addKey(line, {QStringLiteral("D")}, tr("step of death, and back"), foot);
    addKey(line, {tr("Space")}, tr("run or pause"), foot);
    addKey(line, {tr("Esc")}, tr("close"), foot);
    return foot;
}

QFrame* InspectorWindow::makeReport(QWidget* parent) {
    auto* card = frameOf("card", parent);
    m_which = new HeadSwitch(tr("Certificate"),
                             {{tr("Death"), tr("The certificate of its latest death")},
                              {tr("Revival"), tr("The certificate of its latest revival")}},
                             card);
    connect(m_which, &HeadSwitch::chosenByUser, this, [this](int index) {
        m_revival = index == 1;
        showReport();
    });
    m_certificate = new CertificatePanel(card);
    m_none = new QLabel(card);
    m_none->setProperty("role", QStringLiteral("muted"));
    m_none->setWordWrap(true);
    m_condition = new FactRow(card);
    m_outlook = new FactList(card);
    auto* now = new QLabel(tr("Now"), card);
    now->setProperty("role", QStringLiteral("heading"));
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(12, 8, 12, 8);
    column->setSpacing(6);
    column->addWidget(m_which, 0, Qt::AlignRight);
    column->addWidget(m_certificate);
    column->addWidget(m_none);
    column->addSpacing(4);
    column->addWidget(frameOf("rule", card));
    column->addWidget(now);
    column->addWidget(m_condition);
    column->addWidget(m_outlook);
    column->addStretch();
    return card;
}

QWidget* InspectorWindow::makeBody() {
    auto* body = new QWidget(this);
    m_signsCard = new InspectorCard(body);
    m_signsCard->setTitle(tr("Vital signs"));
    m_when = new HeadSwitch(tr("Steps"),
                            {{tr("Around its death"), tr("The steps before and after its latest death")},
                             {tr("Latest"), tr("The last steps of the run")}},
                            m_signsCard);
    m_signsCard->addHeadWidget(m_when);
    connect(m_when, &HeadSwitch::chosenByUser, this, [this](int index) {
        m_beatsOf = index == 0 ? BeatsOf::Death : BeatsOf::Latest;
        emit beatsWished(m_beatsOf);
    });
    m_strip = new VitalStrip(m_signsCard);
    m_figures = new FactList(m_signsCard);
    m_figures->setFixedWidth(figuresWidth);
    auto* signs = new QHBoxLayout;
    signs->setSpacing(12);
    signs->addWidget(m_strip, 1);
    signs->addWidget(m_figures, 0, Qt::AlignVCenter);
    m_signsCard->body()->addLayout(signs, 1);

    m_curesCard = new InspectorCard(body);
    m_curesCard->body()->addWidget(m_cures = new CurePanel(m_curesCard));
    connect(m_cures, &CurePanel::wished, this,
            [this](const Action& action) { emit commandWished(ActCommand{action}); });
    m_plane = new PlaneCard(body);
    connect(m_plane, &PlaneCard::editWished, this,
            [this](const EditParameters& edit) { emit commandWished(ActCommand{edit}); });
    connect(m_plane, &PlaneCard::previewChanged, this, &InspectorWindow::showMargins);
    m_marginCard = new InspectorCard(body);
    m_marginCard->body()->addWidget(m_histogram = new MarginHistogram(m_marginCard));
    m_ratesCard = new InspectorCard(body);
    m_ratesCard->body()->addWidget(m_rates = new RateChart(m_ratesCard));

    m_left = new QVBoxLayout;
    m_left->setSpacing(gap);
    m_left->addWidget(makeReport(body), 1);
    m_left->addWidget(m_curesCard);
    m_right = new QVBoxLayout;
    m_right->setSpacing(gap);
    m_right->addWidget(m_plane, 5);
    m_right->addWidget(m_marginCard, 2);
    m_right->addWidget(m_ratesCard, 3);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(gap);
    columns->addLayout(m_left, 11);
    columns->addLayout(m_right, 10);
    auto* rows = new QVBoxLayout(body);
    rows->setContentsMargins(gap, gap, gap, gap);
    rows->setSpacing(gap);
    rows->addWidget(m_signsCard);
    rows->addLayout(columns, 1);
    return body;
}

void InspectorWindow::addKeys() {
    const auto on = [this](const QKeySequence& keys, auto call) {
        auto* shortcut = new QShortcut(keys, this);
        connect(shortcut, &QShortcut::activated, this, call);
    };
    on(Qt::Key_Left, [this] { goToDead(-1); });
    on(Qt::Key_Right, [this] { goToDead(1); });
    on(Qt::Key_D, [this] { goToDeath(); });
    on(Qt::Key_Escape, [this] { close(); });
    on(QKeySequence::Undo, [this] { emit commandWished(UndoCommand{}); });
    on(QKeySequence::Redo, [this] { emit commandWished(RedoCommand{}); });
}

} // namespace flatline
