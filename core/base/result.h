#pragma once

#include <cassert>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace flatline {

/// Marks an English text of core that a user reads, so that the translation tools find it (context "core").
/// core hands texts out in English; the program translates them by looking the template up.
#define FLATLINE_TEXT(text) text

/// A text with places %1, %2, ... for its arguments. The template is translatable, the arguments are not.
struct Message {
    std::string text;
    std::vector<std::string> arguments;

    /// The English text with every place filled.
    [[nodiscard]] std::string english() const;
    bool operator==(const Message&) const = default;
};

/// What kind of mistake it was; it decides the exit code of the command line (contract: 2, 3, 4, 5).
enum class ErrorKind { Usage = 2, BadInput = 3, File = 4, Diverged = 5 };

/// An error that a user can cause. `where` names the place: "FILE", "FILE:LINE:COLUMN" or a key's path; it
/// may be empty. The message says what is wrong and what would be right.
struct Error {
    ErrorKind kind = ErrorKind::BadInput;
    std::string where;
    Message message;

    /// "where: message" in English, one line.
    [[nodiscard]] std::string english() const;
    bool operator==(const Error&) const = default;
};

/// A value or the error that prevented it.
template <class T>
class [[nodiscard]] Result {
public:
    Result(T value)
        : m_content(std::in_place_index<0>, std::move(value)) {} // NOLINT: implicit by intent
    Result(Error error)
        : m_content(std::in_place_index<1>, std::move(error)) {} // NOLINT

    [[nodiscard]] bool ok() const { return m_content.index() == 0; }
    explicit operator bool() const { return ok(); }

    [[nodiscard]] const T& value() const& {
        assert(ok());
        return *std::get_if<0>(&m_content);
    }
    [[nodiscard]] T& value() & {
        assert(ok());
        return *std::get_if<0>(&m_content);
    }
    [[nodiscard]] T&& value() && {
        assert(ok());
        return std::move(*std::get_if<0>(&m_content));
    }
    [[nodiscard]] const Error& error() const {
        assert(!ok());
        return *std::get_if<1>(&m_content);
    }

private:
    std::variant<T, Error> m_content;
};

/// Success without a value, or an error.
template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error)
        : m_error(std::move(error)) {} // NOLINT

    [[nodiscard]] bool ok() const { return !m_error.has_value(); }
    explicit operator bool() const { return ok(); }
    [[nodiscard]] const Error& error() const {
        assert(!ok());
        return *m_error;
    }

private:
    std::optional<Error> m_error;
};

/// Shorthand for an error of bad input.
[[nodiscard]] Error badInput(std::string where, std::string text, std::vector<std::string> arguments = {});

} // namespace flatline
