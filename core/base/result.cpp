#include "core/base/result.h"

namespace flatline {

std::string Message::english() const {
    std::string filled;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool place = text[i] == '%' && i + 1 < text.size() && text[i + 1] >= '1' && text[i + 1] <= '9';
        const std::size_t index = place ? static_cast<std::size_t>(text[i + 1] - '1') : 0;
        if (place && index < arguments.size()) {
            filled += arguments[index];
            ++i;
        } else {
            filled += text[i];
        }
    }
    return filled;
}

std::string Error::english() const {
    return where.empty() ? message.english() : where + ": " + message.english();
}

Error badInput(std::string where, std::string text, std::vector<std::string> arguments) {
    return {ErrorKind::BadInput, std::move(where), {std::move(text), std::move(arguments)}};
}

} // namespace flatline
