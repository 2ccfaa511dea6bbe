#pragma once

#include "ui/controls/control_panel.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QLineEdit>
#include <QTest>

#include <memory>
#include <vector>

/// What the tests of the controls share.
namespace flatline::test {

inline Frame frameOf(const Settings& settings) {
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->settings = settings;
    snapshot->state = RunState::Paused;
    for (const int width : settings.network.hidden)
        snapshot->now.layers.push_back({width, 2, 0, 0, 0.0, 0.0});
    return {snapshot, nullptr, {}};
}

/// A panel on screen, and what it wished.
struct Bench {
    ControlPanel panel{[](const QString&) { return QStringList{"a", "b", "class"}; }};
    std::vector<SettingWish> wishes;
    Settings settings;

    Bench() {
        QObject::connect(&panel, &ControlPanel::wished, [this](const SettingWish& wish) { wishes.push_back(wish); });
        panel.resize(264, 760);
        panel.showFrame(frameOf(settings));
        panel.show();
        panel.activateWindow();
        (void)QTest::qWaitForWindowActive(&panel);
    }
    template <class Field>
    Field* named(const QString& name) {
        for (Field* field : panel.findChildren<Field*>())
            if (field->accessibleName() == name)
                return field;
        qFatal("no field is called %s", qPrintable(name));
    }
    void type(QWidget* field, const QString& text) {
        field->setFocus();
        if (auto* box = qobject_cast<QAbstractSpinBox*>(field))
            box->selectAll();
        else if (auto* line = qobject_cast<QLineEdit*>(field))
            line->selectAll();
        QTest::keyClicks(field, text);
        QTest::keyClick(field, Qt::Key_Return);
    }
    void choose(QComboBox* box, const QString& id) {
        const int index = box->findData(id);
        QVERIFY2(index >= 0, qPrintable(id));
        box->setCurrentIndex(index);
        emit box->activated(index);
    }
    [[nodiscard]] SettingValue lastValue(const char* path) const {
        for (auto wish = wishes.rbegin(); wish != wishes.rend(); ++wish)
            for (const SettingChange& change : *wish)
                if (change.path == path)
                    return change.value;
        return std::string("no wish");
    }
};

} // namespace flatline::test
