#pragma once

#include "lab_harness.h"
#include "ui/theme/theme.h"
#include "ui/window/lab.h"
#include "ui/window/main_window.h"

#include <QApplication>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace flatline {

/// A main window with a running lab, settings in a folder of their own, and files that record what is asked of them.
class WindowBench {
public:
    explicit WindowBench(Appearance appearance = Appearance::Light) {
        QCoreApplication::setOrganizationName("flatline-test");
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder.path());
        QSettings().clear();
        applyTheme(*qApp, appearance);
    }

    /// False where the window does not become the active one, or the experiment does not start.
    bool open(const Settings& settings = smallExperiment()) {
        window.reset();
        lab = std::make_unique<Lab>(services());
        window = std::make_unique<MainWindow>(services(), lab.get());
        window->resize(1280, 800);
        window->show();
        window->activateWindow();
        const auto run = now().run;
        lab->post(StartExperiment{settings});
        return QTest::qWaitForWindowActive(window.get()) &&
               QTest::qWaitFor([=, this] { return now().run != run && now().state != RunState::Loading; }, 10000);
    }
    /// All that was asked for so far has been done: what has not happened by then does not happen.
    [[nodiscard]] bool settled() const {
        return QTest::qWaitFor([this] { return lab->settled(); }, 10000);
    }
    ~WindowBench() {
        window.reset();
        lab.reset();
    }

    [[nodiscard]] const Services& services() {
        if (!m_services.openExperiment)
            m_services = files.services();
        return m_services;
    }
    [[nodiscard]] const Snapshot& now() const { return *lab->frame().snapshot; }
    template <class Kind>
    [[nodiscard]] Kind* part() const {
        return window->findChild<Kind*>();
    }
    template <class Field>
    [[nodiscard]] Field* named(const QString& name) const {
        for (Field* field : window->findChildren<Field*>())
            if (field->accessibleName() == name)
                return field;
        qFatal("no field is called %s", qPrintable(name));
    }

    QTemporaryDir folder;
    FakeFiles files;
    std::unique_ptr<Lab> lab;
    std::unique_ptr<MainWindow> window;

private:
    Services m_services;
};

} // namespace flatline
