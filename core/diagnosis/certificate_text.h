#pragma once

#include "core/diagnosis/certificate.h"

#include <string>
#include <utility>
#include <vector>

namespace flatline {

/// A certificate as names and values, as files have it: margins and every contribution, the same names each time. What
/// does not apply is empty.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> certificateCells(const Certificate* certificate);

/// The same as "since=12 margin_before=0.8 ...", without contributions that are 0: an event's detail.
[[nodiscard]] std::string certificateText(const Certificate& certificate);

} // namespace flatline
