#include "ui/predictions/guess_controls.h"

#include "ui/theme/theme.h"
#include "ui/widgets/number_box.h"

#include <QHBoxLayout>
#include <QToolButton>

namespace flatline {

namespace {

constexpr int boxWidth = 86;

NumberBox::Range rangeUpTo(int most) {
    return {0.0, static_cast<double>(most), NumberBox::Steps::Integer, 1.0, 1.0, true};
}

} // namespace

GuessControls::GuessControls(GuessBook& book, QWidget* parent)
    : QWidget(parent)
    , m_book(book)
    , m_box(new NumberBox(rangeUpTo(0), this))
    , m_eye(new QToolButton(this)) {
    m_box->setDecoration(tr("guess"), {});
    m_box->setFixedWidth(boxWidth);
    m_box->setAccessibleName(tr("The class's guess"));
    m_box->setToolTip(tr("How many will come back? The class's guess, which stands beside prediction and outcome after "
                         "the kick. May be left empty."));
    m_box->setAccessibleDescription(m_box->toolTip());
    m_eye->setCheckable(true);
    m_eye->setFixedSize(26, 24);
    connect(m_box, &NumberBox::numberWished, &m_book, &GuessBook::setKickGuess);
    connect(m_eye, &QToolButton::toggled, &m_book, &GuessBook::setHidden);
    connect(&m_book, &GuessBook::changed, this, &GuessControls::showBook);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(6);
    line->addWidget(m_box);
    line->addWidget(m_eye);
    showBook();
}

void GuessControls::setMost(int neurons) {
    if (neurons == m_most)
        return;
    m_most = neurons;
    m_box->setRange(rangeUpTo(neurons));
}

void GuessControls::showBook() {
    if (m_box->number() != m_book.kickGuess())
        m_box->showNumber(m_book.kickGuess());
    m_eye->setChecked(m_book.hidden());
    m_eye->setIcon(icon(m_book.hidden() ? QStringLiteral("eye-off") : QStringLiteral("eye")));
    const QString name = m_book.hidden() ? tr("Show predictions") : tr("Hide predictions");
    m_eye->setAccessibleName(name);
    m_eye->setToolTip(m_book.hidden() ? tr("Predictions are hidden until the outcome is there. Show them.")
                                      : tr("Hide predictions until the outcome is there."));
    m_eye->setAccessibleDescription(m_eye->toolTip());
}

} // namespace flatline
