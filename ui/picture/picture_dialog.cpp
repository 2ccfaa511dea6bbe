#include "ui/picture/picture_dialog.h"

#include "ui/theme/tab_order.h"
#include "ui/theme/theme.h"
#include "ui/widgets/action_button.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QSettings>

#include <algorithm>

namespace flatline {

namespace {

constexpr auto formatKey = "picture/format";
constexpr auto footerKey = "picture/footer";
constexpr auto usualFormat = "png-2"; ///< sharp on slides, and every program takes it
constexpr QSize previewSize(420, 236);

QString lightKey(const PictureFormat& format) {
    return format.scale > 0.0 ? QStringLiteral("picture/light_pixels") : QStringLiteral("picture/light_lines");
}

bool rememberedLight(const PictureFormat& format) {
    return QSettings().value(lightKey(format), format.scale <= 0.0).toBool();
}

PictureChoice remembered(const PictureFormat& format) {
    return {&format, rememberedLight(format), QSettings().value(QLatin1String(footerKey), true).toBool()};
}

} // namespace

PictureChoice rememberedPictureChoice() {
    const QString id = QSettings().value(QLatin1String(formatKey)).toString();
    const PictureFormat* format = findPictureFormat(id);
    return remembered(format != nullptr ? *format : *findPictureFormat(QLatin1String(usualFormat)));
}

PictureChoice rememberedPixelChoice() {
    const PictureChoice last = rememberedPictureChoice();
    return last.format->scale > 0.0 ? last : remembered(*findPictureFormat(QLatin1String(usualFormat)));
}

PictureDialog::PictureDialog(const QString& title, const QString& footer, Preview preview, QWidget* parent)
    : QDialog(parent)
    , m_preview(std::move(preview))
    , m_format(new QComboBox(this))
    , m_light(new QCheckBox(tr("&Light, for paper"), this))
    , m_footer(
          new QCheckBox(tr("F&ooter: %1").arg(QString(footer).replace(QLatin1Char('&'), QStringLiteral("&&"))), this))
    , m_picture(new QLabel(this)) {
    setWindowTitle(title);
    for (const PictureFormat& format : pictureFormats())
        m_format->addItem(QCoreApplication::translate("pictures", format.label), QString::fromLatin1(format.id));
    m_format->setAccessibleName(tr("Format"));
    m_format->setToolTip(tr("PNG holds pixels. SVG and PDF hold lines and texts, sharp in print; images in them, as of "
                            "the landscape, stay images."));
    m_light->setToolTip(tr("Dark ink on white, whatever the window looks like."));
    m_footer->setToolTip(tr("A line below the picture. The complete experiment, its seed and the program's version are "
                            "in the file in any case, as data about it."));
    m_picture->setFixedSize(previewSize);
    m_picture->setAlignment(Qt::AlignCenter);
    m_picture->setAccessibleName(tr("What the picture will look like"));
    const PictureChoice last = rememberedPictureChoice();
    m_format->setCurrentIndex(m_format->findData(QString::fromLatin1(last.format->id)));
    m_footer->setChecked(last.footer);

    auto* label = new QLabel(tr("&Format"), this);
    label->setBuddy(m_format);
    using Look = ActionButton::Look;
    auto* cancel = new ActionButton(Look::Plain, QStringLiteral("close"), tr("Cancel"), this);
    auto* save = new ActionButton(Look::Primary, QStringLiteral("save"), tr("Save…"), this);
    save->setDefault(true);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(save);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(16, 16, 16, 16);
    grid->setVerticalSpacing(8);
    grid->setHorizontalSpacing(12);
    grid->setColumnStretch(1, 1);
    grid->addWidget(m_picture, 0, 0, 1, 2);
    grid->addWidget(label, 1, 0);
    grid->addWidget(m_format, 1, 1);
    grid->addWidget(m_light, 2, 0, 1, 2);
    grid->addWidget(m_footer, 3, 0, 1, 2);
    grid->addLayout(buttons, 4, 0, 1, 2);
    orderTabsAsRead(this);
    grid->setSizeConstraint(QLayout::SetFixedSize);
    connect(m_format, &QComboBox::currentIndexChanged, this, &PictureDialog::showFormat);
    connect(m_light, &QCheckBox::clicked, this, &PictureDialog::showPreview);
    connect(m_footer, &QCheckBox::clicked, this, &PictureDialog::showPreview);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(save, &QPushButton::clicked, this, &QDialog::accept);
    connect(this, &QDialog::accepted, this, &PictureDialog::remember);
    showFormat();
}

PictureChoice PictureDialog::choice() const {
    return {findPictureFormat(m_format->currentData().toString()), m_light->isChecked(), m_footer->isChecked()};
}

void PictureDialog::showFormat() {
    m_light->setChecked(rememberedLight(*choice().format));
    showPreview();
}

void PictureDialog::showPreview() {
    const double ratio = devicePixelRatioF();
    const QImage whole = m_preview(choice(), ratio);
    QImage small = whole.scaled(previewSize * ratio, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    small.setDevicePixelRatio(ratio);
    m_picture->setPixmap(QPixmap::fromImage(small));
}

void PictureDialog::remember() const {
    const PictureChoice chosen = choice();
    QSettings settings;
    settings.setValue(QLatin1String(formatKey), QString::fromLatin1(chosen.format->id));
    settings.setValue(QLatin1String(footerKey), chosen.footer);
    settings.setValue(lightKey(*chosen.format), chosen.light);
}

} // namespace flatline
