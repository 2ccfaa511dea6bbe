#pragma once

#include "core/diagnosis/diagnosis.h"
#include "core/diagnosis/event.h"
#include "core/network/activation.h"
#include "ui/fields/glyph.h"
#include "ui/theme/theme.h"

#include <QImage>
#include <QPolygonF>
#include <QRectF>

#include <span>

class QPainter;

namespace flatline {

/// How a neuron's cell looks: its state, and two shades of alive. Revived: it died before. Leaks: a leaky neuron that
/// is negative on all data, so that it only lets a trickle through.
enum class CellLook { Alive, Revived, AtRisk, Comatose, Dead, Leaks };

enum class CellFill { Field, Notch, Dots, Hatch, GreyHatch };

/// A state is never colour alone: frame, fill and glyph together differ from row to row.
struct CellStyle {
    CellLook look;
    Qt::PenStyle frame;
    CellFill fill;
    Glyph glyph;
    QColor Theme::*color;
    const char* word;    ///< translatable, context "cells": the state
    const char* caption; ///< under the cell; empty: the active share
    const char* count;   ///< translatable, in the legend: "%1 alive"
};
[[nodiscard]] std::span<const CellStyle> cellStyles(); ///< in the order of CellLook
[[nodiscard]] const CellStyle& cellStyle(CellLook look);

/// activation may be null: then nothing leaks.
[[nodiscard]] CellLook cellLook(const NeuronDiagnosis& neuron, const NeuronLife& life, const ActivationRow* activation);

/// Not dead, but next to silent beside its layer's other neurons.
[[nodiscard]] bool isDormant(const NeuronDiagnosis& neuron);

/// What stands in a cell.
struct CellContent {
    CellLook look = CellLook::Alive;
    const QImage* field = nullptr;    ///< where it fires; null: none
    const QPolygonF* curve = nullptr; ///< its output over the only feature, in a unit square, y upwards; null: none
    const QColor* flash = nullptr;    ///< the frame lights up in this colour
    bool dormant = false;             ///< a badge of its own, where the field is drawn
};

/// From 40 px on the field is drawn, from 16 px on the glyph; smaller cells have frame and fill only.
constexpr double smallestFieldCell = 40.0;
constexpr double smallestGlyphCell = 16.0;
void paintCell(QPainter& painter, const QRectF& box, const CellContent& content, const Theme& theme);
/// The accent ring of the selected cell: 2 px, as far off as the gap allows, at most 2 px.
void paintSelectionRing(QPainter& painter, const QRectF& box, double gap, const Theme& theme);

} // namespace flatline
