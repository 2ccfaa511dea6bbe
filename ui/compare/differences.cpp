#include "ui/compare/differences.h"

#include "core/export/csv_cells.h"
#include "core/export/csv_files.h"
#include "core/settings/setting_table.h"
#include "ui/fields/setting_text.h"
#include "ui/fields/strip_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <sstream>

namespace flatline {
namespace {

using Tone = DifferenceRow::Tone;

QString tr(const char* text, int n = -1) {
    return QCoreApplication::translate("compare", text, nullptr, n);
}

int negativeOnAll(const Snapshot& run) {
    int count = 0;
    if (run.diagnosis)
        for (const LayerDiagnosis& layer : run.diagnosis->layers)
            count += static_cast<int>(std::ranges::count_if(
                layer.neurons, [](const NeuronDiagnosis& neuron) { return neuron.activeFraction <= 0.0F; }));
    return count;
}

std::optional<double> lastDeath(const Snapshot& run) {
    std::int64_t last = -1;
    for (const auto& layer : run.lives)
        for (const NeuronLife& life : layer)
            last = std::max(last, life.diedAt);
    return last < 0 ? std::nullopt : std::optional(static_cast<double>(last));
}

std::optional<double> accuracy(const Snapshot& run) {
    return run.now.testAccuracy ? run.now.testAccuracy : run.now.trainAccuracy;
}

QString count(double value) {
    return countText(std::llround(value));
}
QString signedCount(double value) {
    return value > 0.0 ? QLatin1Char('+') + count(value) : count(value);
}
QString number(double value) {
    return numberText(value);
}
QString percent(double value) {
    return tr(QT_TRANSLATE_NOOP("compare", "%1 %")).arg(QLocale().toString(100.0 * value, 'f', 1));
}
/// Of a difference of shares, in percentage points.
QString points(double value) {
    const QString figure = tr(QT_TRANSLATE_NOOP("compare", "%1 pt")).arg(QLocale().toString(100.0 * value, 'f', 1));
    return (value > 0.0 ? QStringLiteral("+") : QString()) + QString(figure).replace(QLatin1Char('-'), QChar(0x2212));
}

enum class Wish { Less, More, Any };

struct FigureRow {
    const char* heading; ///< translatable; null: under the one before
    const char* id;
    const char* name; ///< translatable
    const char* help; ///< translatable
    std::optional<double> (*value)(const Snapshot&);
    QString (*text)(double);
    QString (*difference)(double); ///< null: none is told
    Wish wish;
};

constexpr FigureRow figures[] = {
    {QT_TRANSLATE_NOOP("compare", "Life"), "dead", QT_TRANSLATE_NOOP("compare", "Dead"),
     QT_TRANSLATE_NOOP("compare", "Neurons whose slope is 0 on every training sample."),
     [](const Snapshot& run) -> std::optional<double> { return run.now.dead(); }, count, signedCount, Wish::Less},
    {nullptr, "revived", QT_TRANSLATE_NOOP("compare", "Revived"),
     QT_TRANSLATE_NOOP("compare", "Neurons that were dead once and are not now."),
     [](const Snapshot& run) -> std::optional<double> {
         return run.diagnosis ? std::optional<double>(countLooks(run)[static_cast<std::size_t>(CellLook::Revived)])
                              : std::nullopt;
     },
     count, signedCount, Wish::Any},
    {nullptr, "negative_on_all_data", QT_TRANSLATE_NOOP("compare", "Negative on all data"),
     QT_TRANSLATE_NOOP("compare", "Neurons with z ≤ 0 on every training sample: the dead, and those that only leak."),
     [](const Snapshot& run) -> std::optional<double> { return negativeOnAll(run); }, count, signedCount, Wish::Less},
    {nullptr, "layer1_gradient_norm", QT_TRANSLATE_NOOP("compare", "Gradient, layer 1"),
     QT_TRANSLATE_NOOP("compare", "The norm of the training loss's gradient with respect to the first layer's weights: "
                                  "at 0 that layer learns nothing."),
     [](const Snapshot& run) -> std::optional<double> {
         return run.now.layers.empty() ? std::nullopt : std::optional(run.now.layers.front().gradientNorm);
     },
     number, signedText, Wish::Any},
    {nullptr, "last_death", QT_TRANSLATE_NOOP("compare", "Last death, step"),
     QT_TRANSLATE_NOOP("compare", "The step of the latest death."), lastDeath, count, nullptr, Wish::Any},
    {QT_TRANSLATE_NOOP("compare", "Learning"), "train_loss", QT_TRANSLATE_NOOP("compare", "Train loss"),
     QT_TRANSLATE_NOOP("compare", "The mean loss over the whole training set."),
     [](const Snapshot& run) -> std::optional<double> { return run.now.trainLoss; }, number, signedText, Wish::Less},
    {nullptr, "test_loss", QT_TRANSLATE_NOOP("compare", "Test loss"),
     QT_TRANSLATE_NOOP("compare", "The mean loss over the test set."),
     [](const Snapshot& run) { return run.now.testLoss; }, number, signedText, Wish::Less},
    {nullptr, "accuracy", QT_TRANSLATE_NOOP("compare", "Accuracy"),
     QT_TRANSLATE_NOOP("compare", "The share of the test set (without one: of the training set) predicted right; the "
                                  "difference in percentage points."),
     accuracy, percent, points, Wish::More},
};

Tone toneOf(double difference, Wish wish) {
    if (wish == Wish::Any || difference == 0.0 || !std::isfinite(difference))
        return Tone::Plain;
    return (difference < 0.0) == (wish == Wish::Less) ? Tone::Better : Tone::Worse;
}

DifferenceRow heading(const QString& name) {
    DifferenceRow row;
    row.name = name;
    return row;
}

DifferenceRow figureRow(const FigureRow& figure, const Runs& runs) {
    DifferenceRow row;
    row.id = QString::fromLatin1(figure.id);
    row.name = tr(figure.name);
    row.help = tr(figure.help);
    for (const auto& run : runs) {
        const std::optional<double> value = figure.value(*run);
        row.values << (value ? figure.text(*value) : tr(QT_TRANSLATE_NOOP("compare", "none")));
        row.cells << (value ? QString::fromStdString(realCell(*value)) : QString());
    }
    const std::optional<double> first = figure.value(*runs.front());
    const std::optional<double> second = figure.value(*runs[1]);
    if (runs.size() != 2 || figure.difference == nullptr || !first || !second || !std::isfinite(*second - *first))
        return row;
    const double difference = *second - *first;
    row.difference = difference == 0.0 ? QStringLiteral("0") : figure.difference(difference);
    row.differenceCell = QString::fromStdString(realCell(difference));
    row.tone = toneOf(difference, figure.wish);
    return row;
}

std::vector<DifferenceRow> settingRows(const Runs& runs) {
    std::vector<DifferenceRow> rows{heading(tr(QT_TRANSLATE_NOOP("compare", "Setting")))};
    for (const SettingRow* setting : differingSettings(runs)) {
        DifferenceRow row;
        row.id = QString::fromLatin1(setting->path);
        const QString name = settingName(setting->path);
        row.name = name.left(1).toUpper() + name.mid(1);
        row.help = coreText(setting->meaning);
        for (const auto& run : runs) {
            const SettingValue value = setting->get(run->settings);
            row.values << settingValueText(setting->path, value);
            row.cells << QString::fromStdString(csvCell(settingText(value)));
        }
        rows.push_back(std::move(row));
    }
    if (deedsDiffer(runs)) {
        DifferenceRow row;
        row.id = QStringLiteral("deeds");
        row.name = tr(QT_TRANSLATE_NOOP("compare", "Kicks and other deeds"));
        row.help = tr(QT_TRANSLATE_NOOP("compare", "Kicks, resets, warmings and edits that have acted so far."));
        for (const auto& run : runs) {
            row.values << countText(deedsOf(*run));
            row.cells << QString::number(deedsOf(*run));
        }
        rows.push_back(std::move(row));
    }
    if (rows.size() == 1) {
        DifferenceRow row;
        row.id = QStringLiteral("none");
        row.name = tr(QT_TRANSLATE_NOOP("compare", "None differs yet"));
        row.help = tr(QT_TRANSLATE_NOOP("compare", "Choose B, and change one of its controls."));
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace

std::vector<DifferenceRow> differenceRows(const Runs& runs) {
    std::vector<DifferenceRow> rows = settingRows(runs);
    for (const FigureRow& figure : figures) {
        if (figure.heading != nullptr)
            rows.push_back(heading(tr(figure.heading)));
        rows.push_back(figureRow(figure, runs));
    }
    return rows;
}

QByteArray differenceCsv(const Runs& runs) {
    std::ostringstream out;
    out.imbue(std::locale::classic());
    CsvRow line(out);
    line.add("figure");
    for (std::size_t i = 0; i < runs.size(); ++i)
        line.add(runLetter(i).toLower().toStdString());
    line.add("difference").end();
    for (const DifferenceRow& row : differenceRows(runs)) {
        if (row.id.isEmpty() || row.cells.isEmpty())
            continue;
        line.add(row.id.toStdString());
        for (const QString& cell : row.cells)
            line.add(cell.toStdString());
        line.add(row.differenceCell.toStdString()).end();
    }
    return QByteArray::fromStdString(std::move(out).str());
}

std::vector<DifferenceRow> seedRows(const PairReport& report) {
    struct Row {
        const char* id;
        const char* name;
        std::optional<double> (*value)(const Outcome&);
        QString (*text)(double);
        Wish wish;
    };
    static constexpr Row table[] = {
        {"dead", QT_TRANSLATE_NOOP("compare", "Dead"),
         [](const Outcome& one) -> std::optional<double> { return one.dead; }, signedText, Wish::Less},
        {"train_loss", QT_TRANSLATE_NOOP("compare", "Train loss"),
         [](const Outcome& one) -> std::optional<double> { return one.trainLoss; }, signedText, Wish::Less},
        {"test_loss", QT_TRANSLATE_NOOP("compare", "Test loss"), [](const Outcome& one) { return one.testLoss; },
         signedText, Wish::Less},
        {"accuracy", QT_TRANSLATE_NOOP("compare", "Accuracy"), [](const Outcome& one) { return one.accuracy(); },
         points, Wish::More},
    };
    std::vector<DifferenceRow> rows;
    for (const Row& figure : table) {
        const auto found = meanDifference(report.outcomes, figure.value);
        if (!found)
            continue;
        DifferenceRow row;
        row.id = QString::fromLatin1(figure.id);
        row.name = tr(figure.name);
        const QString half = figure.text(found->halfWidth);
        row.difference = tr(QT_TRANSLATE_NOOP("compare", "%1 ± %2"))
                             .arg(figure.text(found->mean), half.startsWith(QLatin1Char('+')) ? half.mid(1) : half);
        row.tone = found->clear() ? toneOf(found->mean, figure.wish) : Tone::Plain;
        row.help =
            tr(QT_TRANSLATE_NOOP("compare", "The mean of second minus first over %1 seeds, and half the width of "
                                            "its 95 % interval."))
                .arg(found->seeds);
        if (found->left > 0)
            row.help += QLatin1Char(' ') +
                        tr(QT_TRANSLATE_NOOP("compare", "%1 more have no finite difference.")).arg(found->left);
        if (!found->clear())
            row.help +=
                QLatin1Char(' ') + tr(QT_TRANSLATE_NOOP("compare", "The interval includes 0: it may be chance."));
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace flatline
