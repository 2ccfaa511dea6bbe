#pragma once

#include "ui/lessons/formula_node.h"

namespace flatline {

/// The formula as one reads it aloud: "b becomes b minus eta times partial L over partial b". In the user's language.
[[nodiscard]] QString spokenFormula(const FormulaNode& formula);

} // namespace flatline
