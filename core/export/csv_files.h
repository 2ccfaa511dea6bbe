#pragma once

#include "core/analysis/outlook.h"
#include "core/base/result.h"
#include "core/diagnosis/event.h"
#include "core/landscape/surface.h"
#include "core/network/network.h"
#include "core/training/observation.h"
#include "core/training/snapshot.h"

#include <iosfwd>
#include <memory>
#include <span>
#include <string>
#include <vector>

/// The CSV files of the contract. RFC 4180, one header row, '.' decimals, floats that read back to the same
/// float32. Writing checks nothing: the caller looks at the stream's state.
namespace flatline {

/// Rows that are marked afterIntervention are left out.
void writeTrace(std::ostream& out, int hiddenLayers, std::span<const std::shared_ptr<const Observation>> rows);
/// The states, lives and certificates of the run's neurons, and what may become of them. The columns of the latest
/// death's certificate are empty where there was none.
void writeNeurons(std::ostream& out, const Snapshot& run, const Outlook& outlook);
void writeEvents(std::ostream& out, const EventLog& events);
void writeParameters(std::ostream& out, const Layout& layout, std::span<const float> parameters);
void writeLandscape(std::ostream& out, const Surface& surface);
void writePredictions(std::ostream& out, const Network<float>& network, std::span<const float> parameters,
                      const Dataset& dataset);

/// Reads what writeParameters wrote (rows in any order). Every parameter of the layout exactly once; errors
/// give FILE:LINE:COLUMN.
[[nodiscard]] Result<std::vector<float>> readParameters(const std::string& text, const std::string& fileName,
                                                        const Layout& layout);

/// One text cell: quoted where RFC 4180 asks for it, and disarmed with a leading ' where a spreadsheet would
/// take it for a formula.
[[nodiscard]] std::string csvCell(std::string_view text);

} // namespace flatline
