#pragma once

#include "core/base/result.h"
#include "ui/lessons/formula_box.h"

#include <utility>

namespace flatline {

/// One formula of a lesson's text.
class Formula {
public:
    /// Errors: BadInput, at "column N" of the text.
    [[nodiscard]] static Result<Formula> parse(const QString& tex);

    /// In pixels of the device; null: the screen's.
    [[nodiscard]] FormulaBox layOut(const QFont& font, const QPaintDevice* device = nullptr) const;
    /// As one reads it aloud.
    [[nodiscard]] QString spoken() const;

private:
    explicit Formula(FormulaNode node)
        : m_node(std::move(node)) {}

    FormulaNode m_node;
};

} // namespace flatline
