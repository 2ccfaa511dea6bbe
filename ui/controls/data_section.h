#pragma once

#include "ui/controls/section.h"

#include <QStringList>

class QCheckBox;

namespace flatline {

/// Where the samples come from, how many, how clean, and how they are split and fed.
class DataSection : public Section {
    Q_OBJECT
public:
    using Columns = std::function<QStringList(const QString& path)>;
    /// `columns`: the column names of a CSV file; empty where they cannot be read.
    explicit DataSection(Columns columns, QWidget* parent = nullptr);

signals:
    void csvWished(); ///< the user wants to choose a file

private:
    void addSource();
    void addSampling();
    void addFeeding();
    void showSource(const std::string& source);
    void chooseSource(int index);
    void showTarget(const std::string& target);

    Columns m_columns;
    QComboBox* m_source = nullptr;
    QComboBox* m_target = nullptr;
    QLabel* m_targetLabel = nullptr;
    QLabel* m_samplingLabel = nullptr;
    NumberBox* m_noise = nullptr;
    QString m_file;
    std::string m_shownSource;
    std::string m_targetName; ///< empty: the last column
};

} // namespace flatline
