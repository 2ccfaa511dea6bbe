#include "ui/lessons/formula.h"

#include "ui/lessons/formula_parser.h"
#include "ui/lessons/formula_speech.h"

#include <utility>

namespace flatline {

Result<Formula> Formula::parse(const QString& tex) {
    auto node = parseFormula(tex);
    if (!node)
        return node.error();
    return Formula(std::move(node).value());
}

FormulaBox Formula::layOut(const QFont& font, const QPaintDevice* device) const {
    return layOutFormula(m_node, font, device);
}

QString Formula::spoken() const {
    return spokenFormula(m_node);
}

} // namespace flatline
