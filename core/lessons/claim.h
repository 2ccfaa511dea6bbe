#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace flatline {

/// A change of an experiment, as --set PATH=VALUE takes it. Two more: "interventions" and "none", without those it has;
/// "experiment" and a name, that one in its place.
struct TextChange {
    std::string path;
    std::string value;
    int line = 0; ///< of the file, from 1
    bool operator==(const TextChange&) const = default;
};

/// One of the runs that a claim speaks of: its experiment with changes.
struct ClaimRun {
    std::string name; ///< by which the measure calls it: "low"
    std::vector<TextChange> set;
    int line = 0;
    bool operator==(const ClaimRun&) const = default;
};

/// What is asked of the measured quantity.
struct Comparison {
    enum class Kind { Less, AtMost, Equal, AtLeast, Greater, Between };
    Kind kind = Kind::Greater;
    double low = 0.0;                             ///< the number; of Between the lower one
    double high = 0.0;                            ///< of Between
    [[nodiscard]] bool holds(double value) const; ///< never for a value that is not a number
    bool operator==(const Comparison&) const = default;
};

/// A sentence that can be checked: for each seed a quantity is measured on runs that differ in their settings only, and
/// compared. It is kept if the comparison holds on at least the promised share of the seeds.
struct Claim {
    std::string id;
    std::string says;           ///< the sentence
    std::string corrects;       ///< what is often said instead, and is not so; empty: the sentence stands as it is said
    std::string experiment;     ///< a built-in one's id, or a file relative to the lesson's
    std::vector<ClaimRun> runs; ///< at least one; "run" where the file names none
    std::int64_t steps = 0;     ///< each run is trained so far
    std::string measure;        ///< an expression over trace, neurons and events: see expression.h
    Comparison holds;
    double promised = 1.0; ///< share of the seeds, 0 to 1
    int line = 0;          ///< where the block begins
    int measureLine = 0;
    bool operator==(const Claim&) const = default;
};

} // namespace flatline
