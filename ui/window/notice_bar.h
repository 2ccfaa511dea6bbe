#pragma once

#include <QWidget>

#include <functional>
#include <vector>

class QHBoxLayout;
class QLabel;

namespace flatline {

/// A line under the transport that says something of the program itself, with what can be done about it. It stays until
/// it is answered or replaced, and takes no focus.
class NoticeBar : public QWidget {
    Q_OBJECT
public:
    struct Answer {
        QString text; ///< on the button
        QString help;
        std::function<void()> act; ///< the notice is gone before it is called
    };

    explicit NoticeBar(QWidget* parent = nullptr);

    void say(const QString& text, const std::vector<Answer>& answers);
    /// The same with a bar: `share` of 1 is done. Buttons stay as they are while the answers are as many.
    void showProgress(const QString& text, double share);
    void withdraw();
    [[nodiscard]] QString text() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QHBoxLayout* m_line;
    QLabel* m_text;
    std::vector<QWidget*> m_buttons;
    double m_share = -1.0; ///< below 0: no bar
};

} // namespace flatline
