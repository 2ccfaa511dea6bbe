#include "ui/fields/setting_text.h"

#include "core/data/dataset_loader.h"
#include "core/network/activation.h"
#include "core/network/batch_norm.h"
#include "core/network/initialization.h"
#include "core/network/objective.h"
#include "core/settings/setting_table.h"
#include "core/training/optimizer.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QStringList>

#include <array>

namespace flatline {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("status", text);
}

template <auto Find>
const char* labelOf(const std::string& id) {
    const auto* row = Find(id);
    return row == nullptr ? nullptr : row->label;
}

/// What a choice is called on screen; its id where no table knows it.
QString choiceName(const std::string& path, const std::string& id) {
    struct Row {
        const char* path;
        const char* (*label)(const std::string& id);
    };
    static constexpr std::array rows{
        Row{"data.source", labelOf<findDataSource>},       Row{"network.activation", labelOf<findActivation>},
        Row{"network.batch_norm", labelOf<findBatchNorm>}, Row{"network.output", labelOf<findObjective>},
        Row{"training.optimizer", labelOf<findOptimizer>}, Row{"initialization.weights", labelOf<findInitialization>},
    };
    for (const Row& row : rows)
        if (path == row.path)
            if (const char* label = row.label(id))
                return coreText(label);
    return QString::fromStdString(id);
}

} // namespace

QString settingName(const std::string& path) {
    struct Row {
        const char* path;
        const char* name;
    };
    static constexpr std::array rows{
        Row{"seed", QT_TRANSLATE_NOOP("status", "seed")},
        Row{"data.source", QT_TRANSLATE_NOOP("status", "data")},
        Row{"data.samples", QT_TRANSLATE_NOOP("status", "samples")},
        Row{"data.noise", QT_TRANSLATE_NOOP("status", "noise")},
        Row{"data.offset", QT_TRANSLATE_NOOP("status", "offset")},
        Row{"data.test_fraction", QT_TRANSLATE_NOOP("status", "test share")},
        Row{"data.file", QT_TRANSLATE_NOOP("status", "file")},
        Row{"data.target", QT_TRANSLATE_NOOP("status", "target")},
        Row{"network.hidden", QT_TRANSLATE_NOOP("status", "hidden layers")},
        Row{"network.batch_norm", QT_TRANSLATE_NOOP("status", "batch norm")},
        Row{"network.output", QT_TRANSLATE_NOOP("status", "output")},
        Row{"network.activation", QT_TRANSLATE_NOOP("status", "activation")},
        Row{"network.alpha", QT_TRANSLATE_NOOP("status", "alpha")},
        Row{"network.slope_at_zero", QT_TRANSLATE_NOOP("status", "slope at zero")},
        Row{"initialization.weights", QT_TRANSLATE_NOOP("status", "weights")},
        Row{"initialization.gain", QT_TRANSLATE_NOOP("status", "gain")},
        Row{"initialization.bias", QT_TRANSLATE_NOOP("status", "bias")},
        Row{"training.optimizer", QT_TRANSLATE_NOOP("status", "optimizer")},
        Row{"training.learning_rate", QT_TRANSLATE_NOOP("status", "learning rate")},
        Row{"training.momentum", QT_TRANSLATE_NOOP("status", "momentum")},
        Row{"training.batch_size", QT_TRANSLATE_NOOP("status", "batch size")},
        Row{"training.shuffle", QT_TRANSLATE_NOOP("status", "shuffle")},
        Row{"training.weight_decay", QT_TRANSLATE_NOOP("status", "weight decay")},
        Row{"training.bias_decay", QT_TRANSLATE_NOOP("status", "bias decay")},
    };
    for (const Row& row : rows)
        if (path == row.path)
            return tr(row.name);
    return QString::fromStdString(path);
}

QString settingValueText(const std::string& path, const SettingValue& value) {
    if (const auto* real = std::get_if<double>(&value))
        return numberText(*real);
    if (const auto* on = std::get_if<bool>(&value))
        return *on ? tr("on") : tr("off");
    if (std::holds_alternative<std::monostate>(value))
        return tr("automatic");
    if (const auto* id = std::get_if<std::string>(&value))
        return choiceName(path, *id);
    if (const auto* widths = std::get_if<std::vector<int>>(&value)) {
        QStringList parts;
        for (const int width : *widths)
            parts << QString::number(width);
        return parts.isEmpty() ? tr("none") : parts.join(QStringLiteral(", "));
    }
    return QString::fromStdString(settingText(value));
}

} // namespace flatline
