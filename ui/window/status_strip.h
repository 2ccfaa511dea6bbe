#pragma once

#include "core/training/snapshot.h"

#include <QElapsedTimer>
#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace flatline {

/// The line at the bottom: what just happened, the keys, the pace, the seed.
class StatusStrip : public QWidget {
    Q_OBJECT
public:
    explicit StatusStrip(QWidget* parent = nullptr);

    void showSnapshot(const Snapshot& snapshot);
    /// Says something of the moment, for some seconds before the run's own sentence.
    void announce(const QString& text);
    [[nodiscard]] QString sentence() const;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void addKey(QHBoxLayout* line, const QString& key, const QString& what);
    void showSentence();

    QLabel* m_state;
    QLabel* m_sentence;
    QLabel* m_pace;
    QLabel* m_seed;
    QWidget* m_keys;
    QString m_text;
    QString m_announcement;
    QElapsedTimer m_announced;
};

} // namespace flatline
