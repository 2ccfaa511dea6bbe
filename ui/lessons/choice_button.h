#pragma once

#include <QRadioButton>

class QTextDocument;

namespace flatline {

/// One answer to a lesson's question: a large framed line of Markdown with a ring that is filled when it is chosen. Its
/// size follows its font.
class ChoiceButton : public QRadioButton {
    Q_OBJECT
public:
    enum class Verdict {
        Open,   ///< it can be chosen
        Locked, ///< it is chosen, or not, for good
        Right,  ///< it was the right one
        Other   ///< it was not
    };
    ChoiceButton(const QString& markdown, QWidget* parent = nullptr);

    void setVerdict(Verdict verdict);
    [[nodiscard]] Verdict verdict() const { return m_verdict; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool hitButton(const QPoint& point) const override { return rect().contains(point); }

private:
    [[nodiscard]] std::unique_ptr<QTextDocument> words(int width) const;
    [[nodiscard]] double unit() const; ///< a line's height
    [[nodiscard]] int textLeft() const;

    QString m_markdown;
    Verdict m_verdict = Verdict::Open;
};

} // namespace flatline
