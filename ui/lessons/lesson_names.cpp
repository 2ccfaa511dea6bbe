#include "ui/lessons/lesson_names.h"

#include "core/lessons/lesson_scanner.h"
#include "ui/window/view_grid.h"

#include <algorithm>
#include <array>

namespace flatline {

namespace {

constexpr std::array<std::string_view, 4> parts{"timeline", "vitals", "strip", "transport"};

std::string viewNames() {
    std::string names;
    for (const ViewRow* row : ViewGrid::rows())
        names += (names.empty() ? "" : ", ") + std::string(row->id);
    return names;
}

bool isView(const std::string& name) {
    const auto rows = ViewGrid::rows();
    return std::any_of(rows.begin(), rows.end(), [&](const ViewRow* row) { return name == row->id; });
}

class Checker {
public:
    Checker(const Lesson& lesson, const std::function<bool(const std::string&)>& hasControl)
        : m_lesson(lesson)
        , m_hasControl(hasControl) {}

    Result<void> view(const NamedThing& view, const char* key) const {
        if (isView(view.name))
            return {};
        return badInput(placeIn(m_lesson.file, view.line, key),
                        FLATLINE_TEXT("there is no view \"%1\"; right would be one of %2"), {view.name, viewNames()});
    }
    Result<void> control(const NamedThing& control, const char* key) const {
        if (m_hasControl(control.name))
            return {};
        return badInput(placeIn(m_lesson.file, control.line, key),
                        FLATLINE_TEXT("there is no control \"%1\"; right would be a key of the experiment file that "
                                      "has one (training.learning_rate), kick, warming or reset-neurons"),
                        {control.name});
    }
    Result<void> part(const NamedThing& part) const {
        if (std::find(parts.begin(), parts.end(), part.name) != parts.end())
            return {};
        return badInput(placeIn(m_lesson.file, part.line, "point"),
                        FLATLINE_TEXT("there is no part \"%1\"; right would be timeline, vitals, strip or transport"),
                        {part.name});
    }
    Result<void> pointer(const Pointer& pointer) const {
        if (pointer.kind == Pointer::Kind::View)
            return view(pointer.thing, "point");
        if (pointer.kind == Pointer::Kind::Control)
            return control(pointer.thing, "point");
        return pointer.kind == Pointer::Kind::Part ? part(pointer.thing) : Result<void>();
    }
    Result<void> stage(const PageStage& stage) const {
        for (const NamedThing& one : stage.views)
            if (Result<void> found = view(one, "views"); !found)
                return found;
        for (const NamedThing& one : stage.controls)
            if (Result<void> found = control(one, "controls"); !found)
                return found;
        return stage.point ? pointer(*stage.point) : Result<void>();
    }

private:
    const Lesson& m_lesson;
    const std::function<bool(const std::string&)>& m_hasControl;
};

} // namespace

Result<void> checkNames(const Lesson& lesson, const std::function<bool(const std::string&)>& hasControl) {
    const Checker checker(lesson, hasControl);
    for (const LessonPage& page : lesson.pages)
        if (Result<void> found = checker.stage(page.stage); !found)
            return found;
    return {};
}

} // namespace flatline
