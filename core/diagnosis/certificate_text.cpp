#include "core/diagnosis/certificate_text.h"

#include "core/base/number_text.h"

namespace flatline {
namespace {

std::string real(double value) {
    return toText(static_cast<float>(value));
}

std::string countOrNothing(std::int64_t count) {
    return count == 0 ? std::string{} : toText(count);
}

} // namespace

std::vector<std::pair<std::string, std::string>> certificateCells(const Certificate* certificate) {
    const bool known = certificate != nullptr;
    const Certificate shown = known ? *certificate : Certificate{};
    const auto cell = [known](const std::string& text) { return known ? text : std::string{}; };
    const auto figure = [&shown, &cell](double value) { return cell(shown.overflowed ? std::string{} : real(value)); };
    std::vector<std::pair<std::string, std::string>> cells{
        {"since", cell(toText(shown.since))},
        {"epoch", cell(toText(shown.epoch))},
        {"batch", cell(countOrNothing(shown.batch))},
        {"learning_rate", cell(toText(shown.learningRate))},
        {"sample", cell(countOrNothing(shown.sample))},
        {"margin_before", figure(shown.marginBefore)},
        {"margin_after", figure(shown.marginAfter)},
        {"worst_step", cell(countOrNothing(shown.worstStep))},
        {"worst_gradient", figure(shown.worstGradient)},
    };
    for (const CauseRow& row : causeTable())
        cells.emplace_back(row.id, figure(shown.contributions[row.cause]));
    return cells;
}

std::string certificateText(const Certificate& certificate) {
    std::string text;
    for (const auto& [name, value] : certificateCells(&certificate))
        if (!value.empty() && (value != "0" || name == "since" || name == "epoch"))
            text += (text.empty() ? "" : " ") + name + '=' + value;
    return certificate.overflowed ? text + " overflow" : text;
}

} // namespace flatline
