#pragma once

#include "core/settings/setting_table.h"
#include "core/training/snapshot.h"
#include "ui/fields/frame.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

class QComboBox;
class QGridLayout;
class QLabel;

namespace flatline {

class DifferenceSign;
class NumberBox;
class SectionHead;
class ValueSlider;

/// Settings to be changed together, as the controls wish.
using SettingWish = std::vector<SettingChange>;

/// One part of the panel on the left: a heading that says what a change does to the run, and rows of controls. A
/// control never changes a setting; it wishes, and shows what the snapshot says once the wish has come true.
class Section : public QWidget {
    Q_OBJECT
public:
    enum class Effect { Restarts, Live };
    Section(const QString& title, Effect effect, QWidget* parent = nullptr);

    /// Shows the run's settings. Leaves alone what is being edited, and what a wish under way is about to change.
    virtual void showFrame(const Frame& frame);
    /// Whether its changes act at the next step instead of starting the run anew.
    [[nodiscard]] bool live() const { return m_live; }
    /// Sends off what waits for more of its kind (a held arrow key is one wish).
    void flush();
    /// Only the rows that go by one of these names stay in sight: keys of the experiment file, and what else a section
    /// calls its rows. Null: all rows. False where none stays.
    bool showOnly(const std::set<std::string>* names);
    /// What the rows of that name consist of, labels first; empty: there is none.
    [[nodiscard]] std::vector<QWidget*> rowOf(const std::string& name) const;

signals:
    void wished(const flatline::SettingWish& wish);

protected:
    using Show = std::function<void(const SettingValue&)>;

    /// A row: a label that leads to `field` by its mnemonic, and names it to screen readers together with `help`.
    QLabel* addRow(const QString& label, QWidget* field, const QString& help);
    /// A row with several fields, each with its own accessible name; the label leads to the first.
    QLabel* addRow(const QString& label, const std::vector<QWidget*>& fields);
    /// A widget over the whole width; part of the row before, unless it has a name.
    void addWide(QWidget* widget, const char* name = nullptr);
    /// Further names for a row, or for a part of one alone: for showOnly.
    void nameNewest(const std::vector<const char*>& names);
    void namePart(QWidget* part, const char* name);
    [[nodiscard]] SectionHead* head() const { return m_head; }
    /// A red line under the newest row, hidden while there is nothing wrong with what was typed.
    void showProblemsOf(NumberBox* box);
    void setRowVisible(QLabel* label, bool visible);
    /// In the place of setVisible, for a label, a field or a wide widget: showOnly has a say, too.
    void setShown(QWidget* part, bool shown);
    /// The sign of `restarts` beside a label: for a row that starts the run anew in a section whose others are live.
    void markRestarts(QLabel* label);

    /// `show` is called when the setting differs from what was shown last.
    void bind(const char* path, Show show);
    void wish(const char* path, SettingValue value);      ///< at once
    void wishLater(const char* path, SettingValue value); ///< together with what follows within 150 ms
    void wish(const SettingWish& changes);

    /// Fields that are bound to a key, with its meaning and range as tooltip and `name` for screen readers.
    NumberBox* numberBox(const char* path, const QString& name, double step);
    QComboBox* choiceBox(const QString& name);
    /// A slider beside a box of the same key; the box shows where the slider goes.
    ValueSlider* sliderFor(const char* path, NumberBox* box, double minimum, double maximum, bool logarithmic);
    /// The key's meaning, which says its range; `formula` may be empty.
    [[nodiscard]] static QString helpText(const char* path, const QString& formula = {});
    static void describe(QWidget* field, const QString& name, const QString& help);

private:
    struct Binding {
        const SettingRow* row;
        Show show;
        SettingValue shown;
        bool shownOnce = false;
    };
    struct Pending {
        SettingValue value;
        QElapsedTimer since;
    };

    /// Label and field, and what stands below them.
    struct Row {
        std::vector<QWidget*> parts;
        std::set<std::string> names; ///< beside those in m_labels
        bool allowed = true;         ///< by showOnly
    };

    [[nodiscard]] bool isCalled(const Row& row, const std::string& name) const;
    void addPart(QLabel* label, QWidget* part);
    void showPart(QWidget* part, bool allowed);
    void expect(const SettingWish& changes);
    void markDifferences(const Frame& frame);

    bool m_live;
    QGridLayout* m_rows;
    SectionHead* m_head;
    std::vector<std::unique_ptr<Binding>> m_bindings;
    std::map<std::string, Pending> m_pending;
    SettingWish m_later;
    QTimer m_laterTimer;
    std::map<QLabel*, QWidget*> m_fields;
    std::map<std::string, QLabel*> m_labels;      ///< of the row in which a setting stands
    std::map<QLabel*, DifferenceSign*> m_differs; ///< a sign beside a label: this run's setting is not A's
    QLabel* m_newest = nullptr;
    std::vector<Row> m_parts;                    ///< all rows
    std::set<QWidget*> m_unwanted;               ///< parts that setShown hides
    std::map<QWidget*, std::string> m_partNames; ///< parts that are asked for alone
};

} // namespace flatline
