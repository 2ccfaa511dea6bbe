#pragma once

#include <QByteArray>
#include <QString>

#include <span>

namespace flatline {

/// An experiment that comes with the program: resources/experiments/ID.json, and what it shows.
struct BuiltInRow {
    const char* id;
    const char* description; ///< translatable, context "experiments"
};

/// In the order in which they are best looked at.
[[nodiscard]] std::span<const BuiltInRow> builtInTable();
[[nodiscard]] const BuiltInRow* findBuiltIn(const QString& id);
/// The resource that holds it.
[[nodiscard]] QString builtInPath(const BuiltInRow& row);

} // namespace flatline
