#include "core/postmortem/case_file.h"

#include <QTest>

using namespace flatline;

class CaseFileTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where a keyframe forgets something of a file, or mixes two neurons up.
    void comeBackAsTheyWere() {
        CaseFiles files(3);
        for (std::size_t k = 0; k < files.size(); ++k)
            for (std::size_t j = 0; j < 2 + 3 * k; ++j) {
                CaseFile file{.dead = j % 3 == 0, .since = static_cast<std::int64_t>(10 * k + j)};
                if ((k + j) % 2 == 0) {
                    file.sample = static_cast<int>(j);
                    file.contributions[Cause::Momentum] = 0.5 + static_cast<double>(j);
                    file.mostDown = {7, -1.0};
                    file.inputs = {1.0F, static_cast<float>(k)};
                }
                files[k].push_back(file);
            }
        files[2][1] = {.since = 3, .marginBefore = -2.0}; // of one number more is known
        const KeptCaseFiles kept(files);
        QVERIFY(kept.files() == files);
        QVERIFY(KeptCaseFiles({}).files().empty());
    }

    // Breaks where healthy neurons, which are most, take as much room as those that are followed.
    void healthyNeuronsTakeLittleRoom() {
        const KeptCaseFiles kept(CaseFiles(2, std::vector<CaseFile>(100)));
        QVERIFY(kept.bytes() < 200 * sizeof(CaseFile) / 10);
    }
};

QTEST_GUILESS_MAIN(CaseFileTest)
#include "case_file_test.moc"
