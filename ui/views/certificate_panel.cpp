#include "ui/views/certificate_panel.h"

#include "ui/fields/waterfall.h"
#include "ui/views/fact_widgets.h"

#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

#include <cmath>

namespace flatline {

class CertificatePanel::Picture : public QWidget {
public:
    using QWidget::QWidget;
    void showSum(Waterfall waterfall) {
        m_waterfall = std::move(waterfall);
        setVisible(!m_waterfall.rows.empty());
        setFixedHeight(static_cast<int>(std::ceil(waterfallHeight(m_waterfall))));
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        paintWaterfall(painter, m_waterfall, rect(), themeOf(this));
    }

private:
    Waterfall m_waterfall;
};

CertificatePanel::CertificatePanel(QWidget* parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_sample(new QLabel(this))
    , m_verdict(new QLabel(this))
    , m_picture(new Picture(this))
    , m_facts(new FactRow(this)) {
    m_title->setProperty("role", "heading");
    m_sample->setProperty("role", "muted");
    m_sample->setToolTip(tr("The sum follows z on this one sample: the one that was nearest to firing."));
    m_verdict->setWordWrap(true);
    m_verdict->setTextFormat(Qt::RichText);
    auto* head = new QHBoxLayout;
    head->addWidget(m_title);
    head->addStretch();
    head->addWidget(m_sample);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(head);
    column->addWidget(m_verdict);
    column->addWidget(m_picture);
    column->addSpacing(2);
    column->addWidget(m_facts);
}

void CertificatePanel::showCertificate(const ShownCertificate& shown, bool hasMargin) {
    if (shown == m_shown && hasMargin == m_hasMargin)
        return;
    m_shown = shown;
    m_hasMargin = hasMargin;
    if (!shown.certificate)
        return;
    const Certificate& certificate = *shown.certificate;
    m_title->setText(shown.revival ? tr("Revival certificate") : tr("Death certificate"));
    m_sample->setText(certificate.sample > 0 ? tr("followed on sample %1").arg(countText(certificate.sample))
                                             : QString());
    m_verdict->setText(QStringLiteral("<b>%1.</b> %2")
                           .arg(verdictLabel(certificate).toHtmlEscaped(), verdictSentence(shown).toHtmlEscaped()));
    m_picture->showSum({sumRows(shown, hasMargin), hasMargin});
    m_facts->showFacts(certificateFacts(shown));
}

QString CertificatePanel::summary() const {
    if (!m_shown.certificate)
        return {};
    QString text = m_title->text() + QStringLiteral(": ") + verdictLabel(*m_shown.certificate) + QStringLiteral(". ") +
                   verdictSentence(m_shown);
    for (const SumRow& row : sumRows(m_shown, m_hasMargin))
        text += QStringLiteral(" %1 %2.").arg(row.label, row.total ? numberText(row.value()) : signedText(row.value()));
    for (const Fact& fact : certificateFacts(m_shown))
        text += QStringLiteral(" %1 %2.").arg(fact.name, fact.value);
    return text;
}

} // namespace flatline
