#include "ui/fields/landscape_head.h"

#include "core/landscape/plane.h"
#include "ui/theme/theme.h"
#include "ui/widgets/head_switch.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QStylePainter>

namespace flatline {
namespace {

constexpr double extents[] = {0.1, 0.2, 0.5, 1.0,
                              2.0, 5.0, 10.0}; // 0.1: the path of a small step; 10: the edge of a deep plateau

// At the usual type, all of them.
constexpr int planesFrom = 340; ///< width of the view, below which the card's title needs the room
constexpr int extentsFrom = 460;
constexpr int mostPlane = 84;
constexpr int leastPlane = 44;
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
    QSize minimumSizeHint() const override { return {scaled(m_least), QComboBox::minimumSizeHint().height()}; }

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

QComboBox* newPlaneCombo(QWidget* parent) {
    auto* planes = new GivingCombo(leastPlane, parent);
    planes->setObjectName(QStringLiteral("plane"));
    planes->setAccessibleName(LandscapeHead::tr("Plane"));
    planes->setToolTip(LandscapeHead::tr("Which two directions the landscape is cut along"));
    for (const PlaneRow& plane : planeTable()) {
        planes->addItem(coreText(plane.label), QString::fromUtf8(plane.id));
        planes->setItemData(planes->count() - 1, coreText(plane.note), Qt::ToolTipRole);
    }
    planes->view()->setMinimumWidth(planes->view()->sizeHintForColumn(0) + 24);
    return planes;
}

QComboBox* newExtentCombo(QWidget* parent) {
    auto* combo = new GivingCombo(leastExtent, parent);
    combo->setObjectName(QStringLiteral("extent"));
    combo->setAccessibleName(LandscapeHead::tr("Extent"));
    combo->setToolTip(LandscapeHead::tr("How far the picture reaches from the middle, in lengths of a direction:\n"
                                        "at 1 the edge is as far away as the weights are long"));
    for (const double extent : extents)
        combo->addItem(LandscapeHead::tr("±%1", "half the picture's edge").arg(numberText(extent)), extent);
    return combo;
}

void chooseQuietly(QComboBox* combo, const QVariant& data) {
    const QSignalBlocker quiet(combo);
    combo->setCurrentIndex(combo->findData(data));
}

LandscapeHead::LandscapeHead(QWidget* parent)
    : QWidget(parent)
    , m_planes(newPlaneCombo(this))
    , m_extents(newExtentCombo(this)) {
    QList<HeadSwitch::Choice> choices;
    for (const LandscapeWayRow& row : landscapeWays())
        choices.append(
            {QCoreApplication::translate("landscape", row.label), QCoreApplication::translate("landscape", row.help)});
    m_ways = new HeadSwitch(tr("Landscape"), choices, this);
    m_planes->setMaximumWidth(mostPlane);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(m_planes);
    row->addWidget(m_extents);
    row->addWidget(m_ways);
    connect(m_planes, &QComboBox::currentIndexChanged, this,
            [this](int index) { emit planeChosen(m_planes->itemData(index).toString()); });
    connect(m_extents, &QComboBox::currentIndexChanged, this,
            [this](int index) { emit extentChosen(m_extents->itemData(index).toDouble()); });
    connect(m_ways, &HeadSwitch::chosenByUser, this,
            [this](int index) { emit wayChosen(static_cast<LandscapeWay>(index)); });
}

void LandscapeHead::showWish(const LandscapeView& wish) {
    chooseQuietly(m_planes, QString::fromStdString(wish.choice.id));
    chooseQuietly(m_extents, wish.extent);
}

void LandscapeHead::showWay(LandscapeWay way) {
    m_ways->choose(static_cast<int>(way));
}

void LandscapeHead::fitInto(int width, bool bare) {
    m_planes->setVisible(!bare && width >= scaled(planesFrom));
    m_extents->setVisible(!bare && width >= scaled(extentsFrom));
}

} // namespace flatline
