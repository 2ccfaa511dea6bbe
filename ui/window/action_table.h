#pragma once

#include <span>

namespace flatline {

/// Everything that can be asked of the window, but for what a control does.
enum class ActionId {
    Open,
    OpenCsv,
    Save,
    StartAfresh,
    CopyView,
    SaveView,
    SavePicture,
    SaveAllCsv,
    Quit,
    Undo,
    Redo,
    DiscardBranch,
    CopyCommand,
    Run,
    StepBack,
    Step,
    Epoch,
    Reset,
    NewSeed,
    Kick,
    Warm,
    ResetDead,
    ResumeHere,
    BackToLive,
    StopAtDeath,
    StopWhen,
    NextDeath,
    PreviousDeath,
    NextEvent,
    PreviousEvent,
    Clone,
    CompareRuns,
    NextRun,
    SwapRuns,
    DropTwin,
    Rescue,
    Predict,
    Course,
    ContinueLesson,
    OpenLesson,
    NextPage,
    PreviousPage,
    SetUpPage,
    CloseLesson,
    Inspect,
    ReduceViews,
    NextView,
    PreviousView,
    Controls,
    FullScreen,
    Help,
    WhatsThis,
    Palette,
    Shortcuts,
    About,
};

/// One action: the menu, the transport and the help on shortcuts read this table and nothing else.
struct ActionRow {
    ActionId id;
    const char* menu; ///< "file", "edit", "run", "compare", "lessons", "view", "help": which menu it stands in, in the
                      ///< order of the table
    const char* text; ///< translatable, context "actions"
    const char* icon; ///< of resources/icons; may be empty
    const char* shortcut; ///< portable text; several are separated by "; ". May be empty
    /// A key that acts only where no control has another use for it (Space presses a focused button); may be empty.
    const char* spareKey;
    const char* help; ///< translatable
    bool separatorBefore;
};
[[nodiscard]] std::span<const ActionRow> actionTable();

} // namespace flatline
