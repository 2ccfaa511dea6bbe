#include "ui/controls/section.h"

#include <QLabel>

#include <algorithm>

namespace flatline {

void Section::nameNewest(const std::vector<const char*>& names) {
    m_parts.back().names.insert(names.begin(), names.end());
}

void Section::namePart(QWidget* part, const char* name) {
    m_partNames[part] = name;
}

void Section::setRowVisible(QLabel* label, bool visible) {
    setShown(label, visible);
    setShown(m_fields.at(label), visible);
}

void Section::setShown(QWidget* part, bool shown) {
    shown ? static_cast<void>(m_unwanted.erase(part)) : static_cast<void>(m_unwanted.insert(part));
    const auto row = std::find_if(m_parts.begin(), m_parts.end(), [part](const Row& one) {
        return std::find(one.parts.begin(), one.parts.end(), part) != one.parts.end();
    });
    showPart(part, row == m_parts.end() || row->allowed);
}

void Section::addPart(QLabel* label, QWidget* part) {
    for (Row& row : m_parts)
        if (row.parts.front() == label)
            row.parts.push_back(part);
}

void Section::showPart(QWidget* part, bool allowed) {
    part->setVisible(allowed && !m_unwanted.contains(part));
}

bool Section::isCalled(const Row& row, const std::string& name) const {
    const auto label = m_labels.find(name);
    return row.names.contains(name) || (label != m_labels.end() && label->second == row.parts.front());
}

bool Section::showOnly(const std::set<std::string>* names) {
    bool any = false;
    for (Row& row : m_parts) {
        row.allowed = names == nullptr || std::any_of(names->begin(), names->end(),
                                                      [&](const std::string& name) { return isCalled(row, name); });
        for (QWidget* part : row.parts)
            showPart(part, row.allowed);
        any = any || row.allowed;
    }
    for (const auto& [part, name] : m_partNames)
        showPart(part, names == nullptr || names->contains(name));
    return any;
}

std::vector<QWidget*> Section::rowOf(const std::string& name) const {
    std::vector<QWidget*> parts;
    for (const Row& row : m_parts)
        if (isCalled(row, name))
            parts.insert(parts.end(), row.parts.begin(), row.parts.end());
    return parts;
}

} // namespace flatline
