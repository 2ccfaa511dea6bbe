#include "core/session/session.h"

#include "core/settings/setting_table.h"

#include <algorithm>

namespace flatline {
namespace {

EditNote::Kind kindOf(const Action& action) {
    if (std::holds_alternative<SettingChange>(action))
        return EditNote::Kind::Setting;
    if (std::holds_alternative<ThermalKick>(action))
        return EditNote::Kind::Kick;
    if (std::holds_alternative<BiasWarming>(action))
        return EditNote::Kind::Warming;
    if (std::holds_alternative<ResetNeurons>(action))
        return EditNote::Kind::ResetNeurons;
    return EditNote::Kind::Edit;
}

/// What a restart changed: the one key, if it was one.
EditNote restartNote(const Settings& before, const Settings& after, std::int64_t step) {
    EditNote note{.kind = EditNote::Kind::Restart, .step = step};
    if (before.name != after.name) {
        note.kind = EditNote::Kind::Open;
        note.name = after.name;
        return note;
    }
    int keys = 0;
    for (const SettingRow& row : settingTable())
        if (row.get(before) != row.get(after) && ++keys == 1) {
            note.path = row.path;
            note.before = row.get(before);
            note.after = row.get(after);
        }
    if (keys != 1 || before.interventions != after.interventions)
        note.path.clear();
    return note;
}

/// Of the cap, for the run that trains: the rest is for what a far travel keeps on its way.
std::size_t shareOfRun(std::size_t cap) {
    return cap - cap / 8;
}

RecorderOptions recording(std::size_t cap) {
    RecorderOptions options;
    options.maximumKeyframeBytes = shareOfRun(cap);
    return options;
}

/// Nothing has happened in it that would be worth coming back to.
bool untouched(const Recorder& run) {
    return run.trainer().stepsDone() == 0 && run.trainer().marks().empty();
}

} // namespace

Session::Session(Trainer trainer, std::size_t historyCap)
    : m_run(std::make_unique<Recorder>(std::move(trainer), recording(historyCap)))
    , m_cap(historyCap) {}

Session::Session(std::unique_ptr<Recorder> run, std::size_t historyCap)
    : m_run(std::move(run))
    , m_cap(historyCap) {
    m_run->setKeyframeBytes(shareOfRun(historyCap));
}

Session Session::branch(std::size_t historyCap) {
    m_run->finish();
    return {m_past ? std::make_unique<Recorder>(m_past->branch())
                   : std::make_unique<Recorder>(m_run->branch(m_run->cloneTrainer())),
            historyCap};
}

const Observation* Session::row() const {
    if (m_past)
        return m_past->row();
    return m_run->last().step == m_run->trainer().stepsDone() ? &m_run->last() : nullptr;
}

double Session::trainingLoss() {
    if (const Observation* known = row())
        return known->trainLoss;
    return m_past ? m_past->trainingLoss() : m_run->trainingLoss();
}

bool Session::step() {
    if (!m_past)
        return m_run->step();
    if (!m_past->step())
        live();
    return true;
}

void Session::travel(std::int64_t step) {
    step = std::max<std::int64_t>(0, step);
    if (step >= m_run->trainer().stepsDone())
        return live();
    pastMoment().goTo(step);
}

bool Session::glance(std::int64_t step) {
    if (step <= 0 || step >= m_run->trainer().stepsDone())
        return false;
    if (pastMoment().isNear(step))
        return false;
    pastMoment().goTo(m_run->keyframeBefore(step).step);
    return true;
}

PastMoment& Session::pastMoment() {
    if (!m_past) {
        const std::size_t used = historyBytes();
        m_past.emplace(*m_run, m_cap > used ? m_cap - used : 0);
    }
    return *m_past;
}

std::size_t Session::historyBytes() const {
    return m_run->historyUse().bytes + m_keptBytes + (m_past ? m_past->bytesKept() : 0);
}

void Session::stepBack() {
    if (const std::int64_t now = shown().stepsDone(); now > 0)
        travel(now - 1);
}

bool Session::resumeHere() {
    if (!m_past)
        return false;
    auto branch = std::make_unique<Recorder>(m_past->branch());
    const std::int64_t step = branch->trainer().stepsDone();
    put(std::move(branch), {.kind = EditNote::Kind::Resume, .step = step});
    return true;
}

Result<void> Session::act(const Action& action) {
    if (Result<void> valid = validateAction(action, shown().settings(), {}); !valid)
        return valid; // before anything is left for it
    (void)resumeHere();
    const Settings before = m_run->trainer().settings();
    std::shared_ptr<const Keyframe> keyframe;
    if (!std::holds_alternative<SettingChange>(action))
        keyframe = std::make_shared<const Keyframe>(m_run->keyframe());
    if (Result<void> acted = m_run->act(action); !acted)
        return acted;
    note(action, before, std::move(keyframe));
    return {};
}

// A value that is tried and tried again at one step is one edit.
void Session::note(const Action& action, const Settings& before, std::shared_ptr<const Keyframe> keyframe) {
    Edit edit{.note = {.kind = kindOf(action), .step = m_run->trainer().stepsDone()}, .before = std::move(keyframe)};
    if (const auto* change = std::get_if<SettingChange>(&action)) {
        edit.note.path = change->path;
        edit.note.before = findSetting(change->path)->get(before);
        edit.note.after = change->value;
        const Edit* last = m_edits.toUndo();
        if (last != nullptr && last->note.kind == EditNote::Kind::Setting && last->note.path == edit.note.path &&
            last->note.step == edit.note.step && m_edits.toRedo() == nullptr) {
            edit.note.before = last->note.before;
            m_edits.dropNewest();
        }
        if (edit.note.before != edit.note.after)
            m_edits.push(std::move(edit));
    } else {
        m_edits.push(std::move(edit));
    }
    keepWithinCap();
}

void Session::restart(Trainer trainer) {
    const Settings before = shown().restartSettings();
    EditNote note = restartNote(before, trainer.experiment(), shown().stepsDone());
    const Edit* last = m_edits.toUndo();
    const bool again = untouched(*m_run) && last != nullptr && last->note.kind == EditNote::Kind::Restart &&
                       !note.path.empty() && last->note.path == note.path && m_edits.toRedo() == nullptr;
    auto run = std::make_unique<Recorder>(std::move(trainer), recording(m_cap));
    if (again) { // a value tried and tried again is one edit
        Edit* edit = m_edits.toUndo();
        edit->note.after = note.after;
        live();
        m_run = std::move(run);
        ++m_runNumber;
        return keepWithinCap();
    }
    put(std::move(run), std::move(note));
}

void Session::reset() {
    if (untouched(*m_run))
        return;
    Trainer trainer = m_past ? m_past->cloneTrainer() : m_run->cloneTrainer();
    trainer.reset();
    EditNote note{.kind = EditNote::Kind::Reset, .step = shown().stepsDone()};
    put(std::make_unique<Recorder>(std::move(trainer), recording(m_cap)), std::move(note));
}

/// Another run takes the place of the one there is, which is kept.
void Session::put(std::unique_ptr<Recorder> run, EditNote note) {
    live();
    m_run->finish();
    m_run->rest();
    std::swap(m_run, run);
    ++m_runNumber;
    m_edits.push({.note = std::move(note), .other = std::move(run)});
    keepWithinCap();
}

void Session::swapRuns(Edit& edit) {
    live();
    m_run->finish();
    if (!edit.other) {
        Trainer at = m_run->cloneTrainer();
        at.restore(*edit.before);
        at.forgetFuture();
        edit.other = std::make_unique<Recorder>(m_run->branch(std::move(at)));
    }
    m_run->rest();
    std::swap(m_run, edit.other);
    ++m_runNumber;
}

Result<void> Session::setAgain(const EditNote& note, const SettingValue& value) {
    live();
    return m_run->act(SettingChange{note.path, value});
}

Result<void> Session::undo() {
    Edit* edit = m_edits.toUndo();
    if (edit == nullptr)
        return {};
    if (edit->note.kind != EditNote::Kind::Setting)
        swapRuns(*edit);
    else if (Result<void> set = setAgain(edit->note, edit->note.before); !set)
        return set;
    m_edits.undone();
    keepWithinCap();
    return {};
}

Result<void> Session::redo() {
    Edit* edit = m_edits.toRedo();
    if (edit == nullptr)
        return {};
    if (edit->note.kind != EditNote::Kind::Setting)
        swapRuns(*edit);
    else if (Result<void> set = setAgain(edit->note, edit->note.after); !set)
        return set;
    m_edits.redone();
    keepWithinCap();
    return {};
}

bool Session::discardAbandoned() {
    const bool discarded = m_edits.discardAbandoned();
    keepWithinCap();
    return discarded;
}

void Session::setHistoryCap(std::size_t bytes) {
    m_cap = bytes;
    if (m_past) { // it goes on from keyframes that may thin out
        const std::int64_t step = m_past->stepsDone();
        live();
        keepWithinCap();
        return travel(step);
    }
    keepWithinCap();
}

// The run that trains gets half while others are kept, so that it does not push them out by going on.
void Session::keepWithinCap() {
    const std::size_t half = m_cap / 2;
    m_edits.thin(half);
    m_keptBytes = m_edits.bytesBeside(*m_run);
    while (m_keptBytes > half && m_edits.dropOldestRun())
        m_keptBytes = m_edits.bytesBeside(*m_run);
    m_run->setKeyframeBytes(m_edits.keepsRuns() ? half : shareOfRun(m_cap));
    m_keptBytes = m_edits.bytesBeside(*m_run);
    m_thinningsCounted = m_run->thinnings();
}

Snapshot Session::snapshot(bool fields) {
    if (m_run->thinnings() != m_thinningsCounted && !m_past)
        keepWithinCap(); // what was shared is now kept for the others alone
    Snapshot snapshot = m_past ? m_past->snapshot(fields) : m_run->snapshot(fields);
    snapshot.run = m_runNumber;
    snapshot.history = {historyBytes(), m_cap};
    if (const Edit* edit = m_edits.toUndo())
        snapshot.undo = edit->note;
    if (const Edit* edit = m_edits.toRedo())
        snapshot.redo = edit->note;
    snapshot.abandoned = m_edits.abandoned();
    return snapshot;
}

} // namespace flatline
