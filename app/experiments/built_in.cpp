#include "app/experiments/built_in.h"

#include <QCoreApplication>

#include <array>

namespace flatline {
namespace {

constexpr std::array table{
    BuiltInRow{
        "healthy",
        QT_TRANSLATE_NOOP("experiments",
                          "A small network learns two circles and nobody dies: the one to compare the others with.")},
    BuiltInRow{"sudden-death",
               QT_TRANSLATE_NOOP("experiments", "Two circles again, with far too large a learning rate: five of six "
                                                "neurons die within a hundred steps. Kick them!")},
    BuiltInRow{
        "slow-plague",
        QT_TRANSLATE_NOOP(
            "experiments",
            "On the spiral, at too large a rate, the neurons of one layer die one by one over two thousand steps.")},
    BuiltInRow{"uncentred", QT_TRANSLATE_NOOP("experiments", "Data that lie far from 0 kill all but one of eight "
                                                             "neurons, at a rate that harms nobody on centred data.")},
    BuiltInRow{
        "impostor",
        QT_TRANSLATE_NOOP(
            "experiments",
            "Looks like death and is none: the rate is so large that the outputs saturate, while the ReLUs live.")},
    BuiltInRow{
        "born-dead",
        QT_TRANSLATE_NOOP("experiments",
                          "Deep and narrow: whole layers are dead before the first step, and nothing can be learnt.")},
    BuiltInRow{"iris", QT_TRANSLATE_NOOP("experiments", "Three kinds of iris, told apart by four measurements.")},
    BuiltInRow{"breast-cancer",
               QT_TRANSLATE_NOOP("experiments",
                                 "Tumours, malignant or benign, told apart by thirty figures of their cell nuclei.")},
    BuiltInRow{
        "digits",
        QT_TRANSLATE_NOOP("experiments", "Handwritten digits of 8 by 8 pixels; some pixels are blank on every sheet.")},
    BuiltInRow{"a-step-too-far",
               QT_TRANSLATE_NOOP("experiments", "The whole story: ten steps at ten times the rate kill nearly all "
                                                "neurons, the loss lies flat, and a kick brings it back.")},
    BuiltInRow{"leaky-rescue",
               QT_TRANSLATE_NOOP("experiments",
                                 "A layer dies of too large a rate, until the activation is given a leak in mid-run.")},
};

} // namespace

std::span<const BuiltInRow> builtInTable() {
    return table;
}

const BuiltInRow* findBuiltIn(const QString& id) {
    for (const BuiltInRow& row : table)
        if (id == QLatin1String(row.id))
            return &row;
    return nullptr;
}

QString builtInPath(const BuiltInRow& row) {
    return QStringLiteral(":/experiments/%1.json").arg(QLatin1String(row.id));
}

} // namespace flatline
