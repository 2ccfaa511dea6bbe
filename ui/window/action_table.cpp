#include "ui/window/action_table.h"

#include <QtGlobal>

namespace flatline {

namespace {

const ActionRow rows[] = {
    {ActionId::Open, "file", QT_TRANSLATE_NOOP("actions", "&Open experiment…"), "open", "Ctrl+O", "",
     QT_TRANSLATE_NOOP("actions", "Open an experiment file and start it anew."), false},
    {ActionId::OpenCsv, "file", QT_TRANSLATE_NOOP("actions", "Open &CSV…"), "table", "Ctrl+Shift+O", "",
     QT_TRANSLATE_NOOP("actions", "Train on a table of your own."), false},
    {ActionId::StartAfresh, "file", QT_TRANSLATE_NOOP("actions", "Start a&fresh"), "", "", "",
     QT_TRANSLATE_NOOP("actions", "The experiment with which the lab opens at first, from step 0."), false},
    {ActionId::Save, "file", QT_TRANSLATE_NOOP("actions", "&Save experiment…"), "save", "Ctrl+S", "",
     QT_TRANSLATE_NOOP("actions", "Save all settings, and what was done by hand, as an experiment file."), true},
    {ActionId::CopyView, "file", QT_TRANSLATE_NOOP("actions", "Cop&y the view"), "", "Ctrl+C", "",
     QT_TRANSLATE_NOOP("actions", "The view that has the keyboard, as a picture on the clipboard."), true},
    {ActionId::SaveView, "file", QT_TRANSLATE_NOOP("actions", "Save picture of the &view…"), "camera", "Ctrl+Shift+P",
     "", QT_TRANSLATE_NOOP("actions", "The view that has the keyboard, as PNG, SVG or PDF."), false},
    {ActionId::SavePicture, "file", QT_TRANSLATE_NOOP("actions", "Save &picture of the window…"), "camera", "Ctrl+P",
     "", QT_TRANSLATE_NOOP("actions", "Save the window as it stands, at twice its resolution, as PNG."), false},
    {ActionId::SaveAllCsv, "file", QT_TRANSLATE_NOOP("actions", "Save &all CSVs into a folder…"), "", "Ctrl+Shift+S",
     "", QT_TRANSLATE_NOOP("actions", "Save every CSV of this run into one folder."), false},
    {ActionId::Quit, "file", QT_TRANSLATE_NOOP("actions", "&Quit"), "", "Ctrl+Q", "",
     QT_TRANSLATE_NOOP("actions", "Close the lab."), true},
    {ActionId::Run, "run", QT_TRANSLATE_NOOP("actions", "&Run"), "play", "F5", "Space",
     QT_TRANSLATE_NOOP("actions", "Train until paused, or pause."), false},
    {ActionId::Step, "run", QT_TRANSLATE_NOOP("actions", "&Step"), "step", "", "Right",
     QT_TRANSLATE_NOOP("actions", "One step: one batch, one update. Then pause."), false},
    {ActionId::Epoch, "run", QT_TRANSLATE_NOOP("actions", "&Epoch"), "epoch", "E; Shift+Right", "",
     QT_TRANSLATE_NOOP("actions", "To the end of this pass over the training set. Then pause."), false},
    {ActionId::Reset, "run", QT_TRANSLATE_NOOP("actions", "Rese&t"), "reset", "R", "",
     QT_TRANSLATE_NOOP("actions", "Back to step 0 with the same initial weights. Kicks are undone, the controls stay."),
     true},
    {ActionId::NewSeed, "run", QT_TRANSLATE_NOOP("actions", "&New seed"), "dice", "N", "",
     QT_TRANSLATE_NOOP("actions", "Start anew with another seed: other data, weights and batches."), false},
    {ActionId::Kick, "run", QT_TRANSLATE_NOOP("actions", "Thermal &kick"), "bolt", "K", "",
     QT_TRANSLATE_NOOP("actions", "Jolt the target's weights and biases with random noise."), true},
    {ActionId::NextDeath, "run", QT_TRANSLATE_NOOP("actions", "Next &death"), "", "D", "",
     QT_TRANSLATE_NOOP("actions", "To the step at which the next neuron dies, and to that neuron."), true},
    {ActionId::PreviousDeath, "run", QT_TRANSLATE_NOOP("actions", "Previous deat&h"), "", "Shift+D", "",
     QT_TRANSLATE_NOOP("actions", "Back to the step at which the neuron before died, and to that neuron."), false},
    {ActionId::NextEvent, "run", QT_TRANSLATE_NOOP("actions", "Ne&xt event"), "", "Ctrl+Right", "",
     QT_TRANSLATE_NOOP("actions", "To the next death, revival, kick or change."), false},
    {ActionId::PreviousEvent, "run", QT_TRANSLATE_NOOP("actions", "Pre&vious event"), "", "Ctrl+Left", "",
     QT_TRANSLATE_NOOP("actions", "Back to the death, revival, kick or change before."), false},
    {ActionId::Rescue, "compare", QT_TRANSLATE_NOOP("actions", "Res&cue…"), "revived", "Ctrl+R", "",
     QT_TRANSLATE_NOOP("actions", "Try all cures from this moment, and see whom they bring back."), false},
    {ActionId::Predict, "run", QT_TRANSLATE_NOOP("actions", "&Predict…"), "eye", "P", "",
     QT_TRANSLATE_NOOP("actions", "Guesses, predictions and outcomes side by side: kicks, countdowns, lethal rates."),
     false},
    {ActionId::ReduceViews, "view", QT_TRANSLATE_NOOP("actions", "&All views"), "", "", "Esc",
     QT_TRANSLATE_NOOP("actions", "Back from one view to all."), false},
    {ActionId::NextView, "view", QT_TRANSLATE_NOOP("actions", "Ne&xt view"), "", "F6", "",
     QT_TRANSLATE_NOOP("actions", "The keyboard to the next view; while one fills the grid, the next one does."),
     false},
    {ActionId::PreviousView, "view", QT_TRANSLATE_NOOP("actions", "Pre&vious view"), "", "Shift+F6", "",
     QT_TRANSLATE_NOOP("actions", "The keyboard to the view before; while one fills the grid, that one does."), false},
    {ActionId::Controls, "view", QT_TRANSLATE_NOOP("actions", "Show or hide the &controls"), "", "Ctrl+B", "",
     QT_TRANSLATE_NOOP("actions", "The panel on the left. In a wide window it is always there."), false},
    {ActionId::FullScreen, "view", QT_TRANSLATE_NOOP("actions", "&Full screen"), "", "F11", "",
     QT_TRANSLATE_NOOP("actions", "The whole screen for the lab."), true},
    {ActionId::Help, "help", QT_TRANSLATE_NOOP("actions", "&Help on what has the focus"), "help", "F1", "",
     QT_TRANSLATE_NOOP("actions", "What the view, the control or the button means that has the keyboard."), false},
    {ActionId::WhatsThis, "help", QT_TRANSLATE_NOOP("actions", "&What is this?"), "", "Shift+F1", "",
     QT_TRANSLATE_NOOP("actions", "Then click a part of the window: help on it instead of what it does."), false},
    {ActionId::Palette, "help", QT_TRANSLATE_NOOP("actions", "&Find an action…"), "", "Ctrl+K", "",
     QT_TRANSLATE_NOOP("actions", "A searchable list of everything that can be done or set."), true},
    {ActionId::Shortcuts, "help", QT_TRANSLATE_NOOP("actions", "&Keyboard shortcuts"), "", "Ctrl+F1", "",
     QT_TRANSLATE_NOOP("actions", "All keys on one page."), false},
    {ActionId::About, "help", QT_TRANSLATE_NOOP("actions", "&About Flatline"), "", "", "",
     QT_TRANSLATE_NOOP("actions", "Version and licence."), false},
};

} // namespace

std::span<const ActionRow> actionTable() {
    return rows;
}

} // namespace flatline
