#pragma once

#include "core/landscape/plane.h"
#include "core/lessons/claim.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// A lesson as its file has it: text in Markdown, and for each page what the lab is to do. The format is described for
/// teachers in resources/lessons/README.md.
namespace flatline {

/// What a page shows of the lab. Names of views and controls are those of the window's tables; the reader does not know
/// them, so each keeps its line for whoever does.
struct NamedThing {
    std::string name; ///< "loss", "training.learning_rate"
    int line = 0;     ///< of the file, from 1
    bool operator==(const NamedThing&) const = default;
};

/// What the page points at: it is framed in the window until the page is left.
struct Pointer {
    enum class Kind { View, Control, Neuron, Part };
    Kind kind = Kind::View;
    NamedThing thing; ///< of a view, a control, or a part of the window: "timeline", "vitals", "strip", "transport"
    int layer = 0;    ///< of a neuron, from 1
    int neuron = 0;   ///< from 1
    bool operator==(const Pointer&) const = default;
};

/// The state in which a page begins. Left out: the run goes on as the page before left it.
struct PageStage {
    std::optional<std::string> experiment; ///< a built-in one's id, or a file relative to the lesson's; starts it anew
    std::vector<TextChange> set;           ///< changes of it
    std::int64_t steps = 0;                ///< so far it is trained before the page opens
    std::vector<NamedThing> views;         ///< in their order; empty: as they are
    bool allControls = true;               ///< left out, or "all"
    std::vector<NamedThing> controls;      ///< otherwise, the only ones that stay
    std::optional<Pointer> point;
    std::optional<std::pair<int, int>> select; ///< layer and neuron, from 1
    std::optional<PlaneChoice> plane;          ///< of the landscape
    std::optional<double> speed;               ///< steps a second; 0: as fast as it goes
    int line = 0;                              ///< of the block; 0: there is none
    bool operator==(const PageStage&) const = default;
};

/// What is to be guessed before the deed: one choice is right.
struct PageQuestion {
    std::string text;                 ///< Markdown
    std::vector<std::string> choices; ///< Markdown of one line, two to six
    std::size_t right = 0;
    bool operator==(const PageQuestion&) const = default;
};

/// One thing that the page's button does.
struct Deed {
    enum class Kind {
        Kick,   ///< as the controls stand, or with `strength`
        Warm,   ///< bias warming as the controls stand, or with gamma `strength`
        Reset,  ///< of the dead neurons
        Set,    ///< a setting
        RunTo,  ///< train to that step
        RunFor, ///< train so many steps
        RunUntilDeath,
        Restart ///< the experiment from step 0
    };
    Kind kind = Kind::Kick;
    double strength = 0.0; ///< 0: as the controls stand
    std::int64_t steps = 0;
    std::string path;
    std::string value;
    int line = 0;
    bool operator==(const Deed&) const = default;
};

/// What has to have come, since the page was opened, for the reveal.
struct Awaited {
    enum class Kind {
        Step,
        Death,
        Revival,
        Kick,
        Warming,
        Reset,
        Edit,
        Change,
        DeadOver,
        DeadUnder,
        LossUnder,
        Diverged
    };
    Kind kind = Kind::Step;
    double number = 0.0; ///< of Step, DeadOver, DeadUnder, LossUnder
    std::string path;    ///< of Change
    std::string value;   ///< of Change; empty: any
    int line = 0;
    bool operator==(const Awaited&) const = default;
};

/// The action of a page. It may be done by its button or by hand: only `until` decides.
struct PageAction {
    std::string label;          ///< of the button; empty: made from the deeds
    std::vector<Deed> deeds;    ///< one after the other; empty: there is no button, one waits or does it by hand
    std::vector<Awaited> until; ///< all of them; empty: as soon as the deeds are done
    bool operator==(const PageAction&) const = default;
};

struct LessonPage {
    std::string title;
    std::string text; ///< Markdown, with ```formula blocks and {held ID} figures still in it
    PageStage stage;
    std::optional<PageQuestion> question;
    std::optional<PageAction> action;
    std::string revealTitle; ///< empty: there is no reveal
    std::string reveal;      ///< Markdown
    int line = 0;
    bool operator==(const LessonPage&) const = default;
};

struct Lesson {
    std::string id; ///< of the file's name: "07-one-step-too-far.md" is "one-step-too-far"
    std::string title;
    std::string chapter; ///< under which it is listed
    std::string goal;    ///< what one knows afterwards; one or two sentences
    double minutes = 0.0;
    std::string file; ///< as it was opened
    std::vector<LessonPage> pages;
    std::vector<Claim> claims;
    std::string teacher; ///< Markdown for the teacher's sheet: hints, time plan; may be empty
    bool operator==(const Lesson&) const = default;
};

} // namespace flatline
