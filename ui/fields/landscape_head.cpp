#include "ui/fields/landscape_head.h"

#include "core/landscape/plane.h"
#include "ui/theme/theme.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QStylePainter>

namespace flatline {
namespace {

constexpr double extents[] = {0.1, 0.2, 0.5, 1.0, 2.0, 5.0}; // 0.1: where the path of a small step can be seen

constexpr int leastPlane = 80;
constexpr int leastExtent = 54;

/// As wide as its longest text where there is room; below that the text ends in an ellipsis.
class GivingCombo : public QComboBox {
public:
    GivingCombo(int least, QWidget* parent)
        : QComboBox(parent)
        , m_least(least) {
        setSizeAdjustPolicy(QComboBox::AdjustToContents);
        setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    }
    QSize minimumSizeHint() const override { return {m_least, QComboBox::minimumSizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* /*event*/) override {
        QStylePainter painter(this);
        QStyleOptionComboBox option;
        initStyleOption(&option);
        painter.drawComplexControl(QStyle::CC_ComboBox, option);
        const int room =
            style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, this).width() - 2;
        option.currentText = fontMetrics().elidedText(option.currentText, Qt::ElideRight, room);
        painter.drawControl(QStyle::CE_ComboBoxLabel, option);
    }

private:
    int m_least;
};

} // namespace

LandscapeHead::LandscapeHead(const LandscapeView& wish, QWidget* parent)
    : QWidget(parent)
    , m_planes(new GivingCombo(leastPlane, this))
    , m_extents(new GivingCombo(leastExtent, this)) {
    m_planes->setObjectName(QStringLiteral("plane"));
    m_planes->setAccessibleName(tr("Plane"));
    m_planes->setToolTip(tr("Which two directions the landscape is cut along"));
    for (const PlaneRow& plane : planeTable()) {
        m_planes->addItem(coreText(plane.label), QString::fromUtf8(plane.id));
        m_planes->setItemData(m_planes->count() - 1, coreText(plane.note), Qt::ToolTipRole);
    }
    m_planes->view()->setMinimumWidth(m_planes->view()->sizeHintForColumn(0) + 24);
    showPlane(QString::fromStdString(wish.choice.id));
    m_extents->setObjectName(QStringLiteral("extent"));
    m_extents->setAccessibleName(tr("Extent"));
    m_extents->setToolTip(tr("How far the picture reaches from the middle, in lengths of a direction:\n"
                             "at 1 the edge is as far away as the weights are long"));
    for (const double extent : extents)
        m_extents->addItem(tr("±%1", "half the picture's edge").arg(numberText(extent)), extent);
    m_extents->setCurrentIndex(m_extents->findData(wish.extent));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(m_planes);
    row->addWidget(m_extents);
    connect(m_planes, &QComboBox::currentIndexChanged, this,
            [this](int index) { emit planeChosen(m_planes->itemData(index).toString()); });
    connect(m_extents, &QComboBox::currentIndexChanged, this,
            [this](int index) { emit extentChosen(m_extents->itemData(index).toDouble()); });
}

void LandscapeHead::showPlane(const QString& id) {
    const QSignalBlocker quiet(m_planes);
    m_planes->setCurrentIndex(m_planes->findData(id));
}

} // namespace flatline
