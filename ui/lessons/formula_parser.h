#pragma once

#include "core/base/result.h"
#include "ui/lessons/formula_node.h"

namespace flatline {

/// Reads the small TeX of resources/lessons/README.md; the result is a row. Errors: BadInput, at "column N" of the
/// text.
[[nodiscard]] Result<FormulaNode> parseFormula(const QString& tex);

} // namespace flatline
