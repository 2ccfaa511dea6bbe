#pragma once

#include <QAbstractSpinBox>

#include <optional>

namespace flatline {

/// A box for one number, typed or stepped, in the user's locale. Unlike Qt's it takes any number of digits and
/// exponents (0.00001, 1e-5), may be left empty, and steps through 1, 2, 5, 10 where the range is wide. What is not a
/// number in the range stays as typed, is marked, and `problemChanged` says what would be right.
class NumberBox : public QAbstractSpinBox {
    Q_OBJECT
    Q_PROPERTY(QString value READ text) // what a screen reader reads
public:
    enum class Steps { Integer, Linear, Decades };
    struct Range {
        double minimum = 0.0;
        double maximum = 1.0;
        Steps steps = Steps::Linear;
        double step = 0.1;      ///< Linear and Integer
        double smallest = 1e-5; ///< Decades: the first step above 0, if 0 is in the range
        bool mayBeEmpty = false;
    };
    explicit NumberBox(const Range& range, QWidget* parent = nullptr);

    [[nodiscard]] std::optional<double> number() const { return m_number; }
    /// Shows a number; emits nothing, and leaves a text alone that is being typed.
    void showNumber(std::optional<double> number);
    /// A letter in front ("λ"), a unit behind, and what stands in the empty box.
    void setDecoration(const QString& prefix, const QString& suffix, const QString& placeholder = {});
    void setRange(const Range& range) { m_range = range; }

    /// Takes over what has been typed, as Enter does.
    void commit();
    [[nodiscard]] QString problem() const { return m_problem; } ///< with what was typed and confirmed; empty: none
    [[nodiscard]] bool hasProblem() const { return !m_problem.isEmpty(); } ///< what is typed is no number of the range
    void stepBy(int steps) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void numberWished(std::optional<double> number); ///< typed and confirmed, or stepped
    void problemChanged(const QString& problem);     ///< empty: none

protected:
    StepEnabled stepEnabled() const override;
    QValidator::State validate(QString& input, int& position) const override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void setProblem(const QString& problem);
    void write();
    [[nodiscard]] std::optional<double> read(const QString& text, bool& valid) const;
    [[nodiscard]] double stepped(double from, int steps) const;

    Range m_range;
    std::optional<double> m_number;
    QString m_prefix;
    QString m_suffix;
    QString m_problem;
    bool m_typing = false;
};

} // namespace flatline
