#include "core/data/dataset_loader.h"

#include <QFile>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

using namespace flatline;

namespace {

/// Built-in files from the source tree, and nothing else.
Result<std::string> loadBuiltIn(const std::string& name, bool builtIn) {
    QFile file(QString(FLATLINE_SOURCE_DIR "/resources/datasets/") + QString::fromStdString(name));
    if (!builtIn || !file.open(QIODevice::ReadOnly))
        return Error{ErrorKind::File, name, {"cannot be read", {}}};
    return file.readAll().toStdString();
}

TextLoader loadText(std::string text) {
    return [text = std::move(text)](const std::string& name, bool builtIn) -> Result<std::string> {
        if (builtIn || name != "folder/my.csv")
            return Error{ErrorKind::File, name, {"asked for the wrong file", {}}};
        return text;
    };
}

Settings settingsFor(const char* source, double testFraction = 0.0) {
    Settings settings;
    settings.data.source = source;
    settings.data.testFraction = testFraction;
    return settings;
}

Settings csvSettings(double testFraction = 0.0) {
    Settings settings = settingsFor("csv", testFraction);
    settings.data.file = "folder/my.csv";
    return settings;
}

Dataset made(const Settings& settings, const TextLoader& text = loadBuiltIn) {
    auto dataset = makeDataset(settings, text);
    if (!dataset.ok())
        qFatal("%s", dataset.error().english().c_str());
    return std::move(dataset).value();
}

/// "x,t" and a row "i,VALUE" for each value.
std::string column(const std::vector<std::string>& values) {
    std::string text = "x,t\n";
    for (std::size_t i = 0; i < values.size(); ++i)
        text += std::to_string(i) + "," + values[i] + "\n";
    return text;
}

std::vector<std::string> numbers(int count) {
    std::vector<std::string> values;
    for (int i = 0; i < count; ++i)
        values.push_back(std::to_string(i) + ".5");
    return values;
}

double meanOf(const Batch<float>& batch, Eigen::Index feature) {
    return batch.col(feature).cast<double>().mean();
}

double deviationOf(const Batch<float>& batch, Eigen::Index feature) {
    const double centre = meanOf(batch, feature);
    return std::sqrt((batch.col(feature).cast<double>().array() - centre).square().mean());
}

} // namespace

class DatasetLoaderTest : public QObject {
    Q_OBJECT

private slots:
    void sourcesAreTheContracts();
    void everySourceGivesData_data();
    void everySourceGivesData();
    void realSetsHaveTheirClasses();
    void splitIsAPartitionInOrder_data();
    void splitIsAPartitionInOrder();
    void splitComesFromTheSeedAlone();
    void noTrainingSampleLeft();
    void smallestDataWorks();
    void standardizesByTheTrainingSet();
    void realDataAreStandardizedByDefault();
    void constantAndHugeFeatures();
    void offsetComesLast();
    void targetRules_data();
    void targetRules();
    void regressionTargetsStayAsTheyAre();
    void classesFittedWithSquaredLoss();
    void tooManyClasses();
    void csvIsNamedAfterItsFile();
    void errorsPassThrough();
};

void DatasetLoaderTest::sourcesAreTheContracts() {
    std::vector<std::string> ids;
    for (const DataSourceRow& row : dataSourceTable()) {
        ids.emplace_back(row.id);
        QCOMPARE(findDataSource(row.id), &row);
        QVERIFY(!std::string(row.label).empty() && !std::string(row.formula).empty());
        QCOMPARE(row.byDefaultStandardized, !row.generated);
    }
    QCOMPARE(ids,
             (std::vector<std::string>{"circles", "xor", "gaussians", "spiral", "moons", "plane", "multi-gaussians",
                                       "abs", "sine", "iris", "wine", "breast-cancer", "digits", "csv"}));
    QVERIFY(findDataSource("mnist") == nullptr);
}

void DatasetLoaderTest::everySourceGivesData_data() {
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<int>("samples");
    QTest::addColumn<int>("features");
    QTest::addColumn<int>("classes");
    for (const char* id : {"circles", "xor", "gaussians", "spiral", "moons"})
        QTest::newRow(id) << QByteArray(id) << 501 << 2 << 2;
    for (const char* id : {"plane", "multi-gaussians"})
        QTest::newRow(id) << QByteArray(id) << 501 << 2 << 0;
    for (const char* id : {"abs", "sine"})
        QTest::newRow(id) << QByteArray(id) << 501 << 1 << 0;
    QTest::newRow("iris") << QByteArray("iris") << 150 << 4 << 3;
    QTest::newRow("wine") << QByteArray("wine") << 178 << 13 << 3;
    QTest::newRow("breast-cancer") << QByteArray("breast-cancer") << 569 << 30 << 2;
    QTest::newRow("digits") << QByteArray("digits") << 1797 << 64 << 10;
}

void DatasetLoaderTest::everySourceGivesData() {
    QFETCH(QByteArray, id);
    QFETCH(int, samples);
    QFETCH(int, features);
    QFETCH(int, classes);
    Settings settings = settingsFor(id.constData(), 0.5);
    settings.data.samples = 501;
    const Dataset data = made(settings);
    const DataSourceRow& row = *findDataSource(id.constData());
    QCOMPARE(row.features, features);
    QCOMPARE(data.task, row.task);
    QCOMPARE(data.name, std::string(row.label));
    QCOMPARE(data.features(), features);
    QCOMPARE(data.classes(), classes);
    QCOMPARE(data.train.samples() + data.test.samples(), samples);
    for (const Split* split : {&data.train, &data.test}) {
        QCOMPARE(split->features.cols(), features);
        QVERIFY(split->features.allFinite());
        QCOMPARE(split->targets.labels.size(), static_cast<std::size_t>(classes > 0 ? split->samples() : 0));
        QCOMPARE(split->targets.values.rows(), classes > 0 ? 0 : split->samples());
        for (const int label : split->targets.labels)
            QVERIFY(label >= 0 && label < classes);
    }
}

void DatasetLoaderTest::realSetsHaveTheirClasses() {
    const Dataset iris = made(settingsFor("iris"));
    QCOMPARE(iris.classNames, (std::vector<std::string>{"setosa", "versicolor", "virginica"}));
    QCOMPARE(iris.featureNames.front(), std::string("sepal_length_cm"));
    QCOMPARE(iris.targetName, std::string("target"));
    for (int label = 0; label < 3; ++label)
        QCOMPARE(std::count(iris.train.targets.labels.begin(), iris.train.targets.labels.end(), label), 50);
    QVERIFY(std::abs(iris.means[0] - 5.843333F) < 1e-5F);
    QVERIFY(std::abs(iris.deviations[0] - 0.825301F) < 1e-5F);

    const Dataset cancer = made(settingsFor("breast-cancer"));
    QCOMPARE(cancer.classNames, (std::vector<std::string>{"malignant", "benign"}));
    QCOMPARE(std::count(cancer.train.targets.labels.begin(), cancer.train.targets.labels.end(), 0), 212);

    // Ten numbers are classes here, whatever the output.
    Settings linear = settingsFor("digits");
    linear.network.output = "linear";
    QCOMPARE(made(linear).classes(), 10);
    QCOMPARE(made(linear).classNames.back(), std::string("9"));
}

void DatasetLoaderTest::splitIsAPartitionInOrder_data() {
    QTest::addColumn<int>("samples");
    QTest::addColumn<double>("fraction");
    QTest::addColumn<int>("test");
    QTest::newRow("none") << 100 << 0.0 << 0;
    QTest::newRow("half") << 100 << 0.5 << 50;
    QTest::newRow("half of an odd number") << 101 << 0.5 << 51;
    QTest::newRow("rounded down") << 7 << 0.2 << 1;
    QTest::newRow("rounded up") << 8 << 0.2 << 2;
    QTest::newRow("most") << 100 << 0.9 << 90;
    QTest::newRow("too few to hold one out") << 1 << 0.4 << 0;
}

void DatasetLoaderTest::splitIsAPartitionInOrder() {
    QFETCH(int, samples);
    QFETCH(double, fraction);
    QFETCH(int, test);
    Settings settings = settingsFor("abs", fraction);
    settings.data.samples = samples;
    const Dataset data = made(settings);
    settings.data.testFraction = 0.0;
    const Dataset whole = made(settings);
    QCOMPARE(data.test.samples(), test);
    QCOMPARE(data.train.samples(), samples - test);
    std::set<int> sources;
    for (const Split* split : {&data.train, &data.test}) {
        QVERIFY(std::is_sorted(split->sources.begin(), split->sources.end()));
        sources.insert(split->sources.begin(), split->sources.end());
        for (int i = 0; i < split->samples(); ++i) {
            const int source = split->sources[static_cast<std::size_t>(i)];
            QCOMPARE(split->features(i, 0), whole.train.features(source, 0));
            QCOMPARE(split->targets.values(i, 0), whole.train.targets.values(source, 0));
        }
    }
    QCOMPARE(sources.size(), static_cast<std::size_t>(samples));
    QCOMPARE(*sources.rbegin(), samples - 1);
}

void DatasetLoaderTest::splitComesFromTheSeedAlone() {
    Settings settings = settingsFor("circles", 0.5);
    const Dataset first = made(settings);
    const Dataset again = made(settings);
    QVERIFY(first.train.features == again.train.features);
    QCOMPARE(first.test.sources, again.test.sources);
    settings.network.activation = "tanh";
    settings.data.source = "xor";
    QCOMPARE(made(settings).test.sources, first.test.sources);
    settings.seed = 8;
    QVERIFY(made(settings).test.sources != first.test.sources);
}

void DatasetLoaderTest::noTrainingSampleLeft() {
    Settings settings = settingsFor("circles", 0.9);
    settings.data.samples = 3;
    const auto dataset = makeDataset(settings, loadBuiltIn);
    QVERIFY(!dataset.ok());
    QCOMPARE(dataset.error().where, std::string("data.test_fraction"));
    QVERIFY(dataset.error().message.english().starts_with("0.9 of 3 samples leaves none to train on"));
}

void DatasetLoaderTest::smallestDataWorks() {
    const Dataset one = made(csvSettings(), loadText("x,t\n5,a\n"));
    QCOMPARE(one.classes(), 1);
    QCOMPARE(one.train.samples(), 1);
    QCOMPARE(one.train.features(0, 0), 0.0F);
    QCOMPARE(one.test.samples(), 0);
    QCOMPARE(one.test.features.cols(), 1);

    Settings linear = csvSettings();
    linear.network.output = "linear";
    const Dataset fitted = made(linear, loadText("x,t\n5,a\n6,a\n"));
    QCOMPARE(fitted.train.targets.labels, (std::vector<int>{0, 0}));
    QCOMPARE(fitted.train.targets.values.cols(), 1);
    QCOMPARE(fitted.train.targets.values(1, 0), -1.0F);
}

void DatasetLoaderTest::standardizesByTheTrainingSet() {
    Settings settings = settingsFor("gaussians", 0.5);
    settings.data.standardize = false;
    const Dataset raw = made(settings);
    QVERIFY(raw.means.empty() && raw.deviations.empty());
    settings.data.standardize = true;
    const Dataset scaled = made(settings);
    QCOMPARE(scaled.test.sources, raw.test.sources);
    for (Eigen::Index j = 0; j < 2; ++j) {
        QVERIFY(std::abs(meanOf(scaled.train.features, j)) < 1e-6);
        QVERIFY(std::abs(deviationOf(scaled.train.features, j) - 1.0) < 1e-6);
        // The test set's own figures are others.
        QVERIFY(std::abs(meanOf(scaled.test.features, j)) > 1e-6);
        const auto mean = static_cast<double>(scaled.means[static_cast<std::size_t>(j)]);
        const auto deviation = static_cast<double>(scaled.deviations[static_cast<std::size_t>(j)]);
        QVERIFY(std::abs(mean - meanOf(raw.train.features, j)) < 1e-6);
        QVERIFY(std::abs(deviation - deviationOf(raw.train.features, j)) < 1e-6);
        for (Eigen::Index i = 0; i < scaled.test.features.rows(); ++i) {
            const double expected = (static_cast<double>(raw.test.features(i, j)) - mean) / deviation;
            QVERIFY(std::abs(static_cast<double>(scaled.test.features(i, j)) - expected) < 1e-5);
        }
    }
}

void DatasetLoaderTest::realDataAreStandardizedByDefault() {
    QCOMPARE(made(settingsFor("wine")).means.size(), std::size_t{13});
    QVERIFY(made(settingsFor("moons")).means.empty());
    QCOMPARE(made(csvSettings(), loadText("x,t\n1,a\n2,b\n")).means.size(), std::size_t{1});
    Settings settings = settingsFor("iris");
    settings.data.standardize = false;
    QCOMPARE(made(settings).train.features(0, 0), 5.1F);
}

void DatasetLoaderTest::constantAndHugeFeatures() {
    // 0.1 is no binary number: a mean over six, summed up, is not exactly itself.
    std::string text = "c,h,n,t\n";
    for (int i = 0; i < 6; ++i)
        text += std::string("0.1,") + (i % 2 == 0 ? "" : "-") + "3e38,100000000" + std::to_string(i) + ",a\n";
    const Dataset data = made(csvSettings(), loadText(text));
    QCOMPARE(data.means[0], 0.1F);
    QCOMPARE(data.deviations[0], 1.0F);
    for (int i = 0; i < 6; ++i)
        QCOMPARE(data.train.features(i, 0), 0.0F);
    QVERIFY(data.train.features.allFinite());
    QVERIFY(std::abs(deviationOf(data.train.features, 1) - 1.0) < 1e-6);
    // Differences that single precision would lose before they are scaled.
    QVERIFY(std::abs(data.train.features(5, 2) - 2.5F / std::sqrt(35.0F / 12.0F)) < 1e-6F);

    // A held-out sample so far out that scaling by the others leaves single precision.
    Settings settings = csvSettings(0.5);
    const std::string far = "x,t\n1e-30,a\n2e-30,a\n3e38,a\n3e-30,b\n";
    bool met = false;
    for (settings.seed = 0; settings.seed < 20 && !met; ++settings.seed) {
        const auto result = makeDataset(settings, loadText(far));
        met = !result.ok();
        if (met)
            QCOMPARE(result.error().where, std::string("data.standardize"));
        else
            QVERIFY(result.value().train.features.allFinite() && result.value().test.features.allFinite());
    }
    QVERIFY(met);
}

void DatasetLoaderTest::offsetComesLast() {
    Settings settings = settingsFor("iris", 0.3);
    const Dataset plain = made(settings);
    settings.data.offset = 2.5;
    const Dataset moved = made(settings);
    QCOMPARE(moved.means, plain.means);
    QVERIFY((moved.train.features.array() - plain.train.features.array() - 2.5F).abs().maxCoeff() < 1e-6F);
    QVERIFY((moved.test.features.array() - plain.test.features.array() - 2.5F).abs().maxCoeff() < 1e-6F);
}

void DatasetLoaderTest::targetRules_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("output");
    QTest::addColumn<int>("classes"); // 0: a regression
    const auto row = [](const char* name, const std::vector<std::string>& values, const char* output, int classes) {
        QTest::newRow(name) << QByteArray::fromStdString(column(values)) << QByteArray(output) << classes;
    };
    std::vector<std::string> oneText = numbers(30);
    oneText[17] = "n/a";
    std::vector<std::string> spelledTwice = numbers(20);
    spelledTwice.emplace_back("3.50");
    row("20 numbers, output open", numbers(20), "", 20);
    row("21 numbers, output open", numbers(21), "", 0);
    row("20 numbers spelled in 21 ways", spelledTwice, "", 20);
    row("2 numbers, linear", {"0", "1", "0"}, "linear", 0);
    row("30 numbers, softmax", numbers(30), "softmax", 30);
    row("2 numbers, sigmoid", {"0", "1", "0"}, "sigmoid", 2);
    row("numbers and a text, output open", oneText, "", 30);
    row("numbers and a text, linear", oneText, "linear", 30);
    row("texts, linear", {"a", "b"}, "linear", 2);
}

void DatasetLoaderTest::targetRules() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, output);
    QFETCH(int, classes);
    Settings settings = csvSettings();
    settings.network.output = output.toStdString();
    const Dataset data = made(settings, loadText(text.toStdString()));
    QCOMPARE(data.task, classes == 0 ? Task::Regression : Task::Classification);
    QCOMPARE(data.classes(), classes);
    if (classes > 0)
        QCOMPARE(data.train.targets.labels.front(), 0);
}

void DatasetLoaderTest::regressionTargetsStayAsTheyAre() {
    Settings settings = csvSettings();
    settings.network.output = "linear";
    settings.data.target = "y";
    const Dataset data = made(settings, loadText("y,x\n100,1\n-200,2\n100,3\n"));
    QCOMPARE(data.targetName, std::string("y"));
    QCOMPARE(data.featureNames, std::vector<std::string>{"x"});
    QVERIFY(data.train.targets.labels.empty());
    QCOMPARE(data.train.targets.values.cols(), 1);
    QCOMPARE(data.train.targets.values(0, 0), 100.0F);
    QCOMPARE(data.train.targets.values(1, 0), -200.0F);
    QCOMPARE(data.train.targets.values(2, 0), 100.0F);
}

void DatasetLoaderTest::classesFittedWithSquaredLoss() {
    Settings settings = settingsFor("xor", 0.5);
    QCOMPARE(made(settings).train.targets.values.size(), 0);
    settings.network.output = "linear";
    const Dataset two = made(settings);
    QCOMPARE(two.test.targets.values.cols(), 1);
    for (int i = 0; i < two.test.samples(); ++i)
        QCOMPARE(two.test.targets.values(i, 0),
                 two.test.targets.labels[static_cast<std::size_t>(i)] == 1 ? 1.0F : -1.0F);

    settings.data.source = "iris";
    const Dataset three = made(settings);
    QCOMPARE(three.train.targets.values.cols(), 3);
    for (int i = 0; i < three.train.samples(); ++i)
        for (int k = 0; k < 3; ++k)
            QCOMPARE(three.train.targets.values(i, k),
                     three.train.targets.labels[static_cast<std::size_t>(i)] == k ? 1.0F : 0.0F);
}

void DatasetLoaderTest::tooManyClasses() {
    std::vector<std::string> values = numbers(1001);
    Settings settings = csvSettings();
    settings.network.output = "softmax";
    const auto asked = makeDataset(settings, loadText(column(values)));
    QVERIFY(!asked.ok());
    QCOMPARE(asked.error().where, std::string("folder/my.csv:1:3"));
    values[4] = "five";
    settings.network.output = "";
    const auto mixed = makeDataset(settings, loadText(column(values)));
    QVERIFY(!mixed.ok());
    QCOMPARE(mixed.error().where, std::string("folder/my.csv:6:3"));
    QVERIFY(mixed.error().message.english().find("\"t\" has 1001 different values") != std::string::npos);
    values.pop_back();
    QCOMPARE(made(settings, loadText(column(values))).classes(), 1000);
}

void DatasetLoaderTest::csvIsNamedAfterItsFile() {
    const Dataset data = made(csvSettings(), loadText("x,t\n1,b\n2,a\n3,b\n"));
    QCOMPARE(data.name, std::string("my.csv"));
    QCOMPARE(data.classNames, (std::vector<std::string>{"b", "a"}));
    QCOMPARE(data.train.targets.labels, (std::vector<int>{0, 1, 0}));
}

void DatasetLoaderTest::errorsPassThrough() {
    Settings settings = csvSettings();
    const auto broken = makeDataset(settings, loadText("x,t\n1,a\nz,b\n"));
    QVERIFY(!broken.ok());
    QCOMPARE(broken.error().where, std::string("folder/my.csv:3:1"));
    settings.data.file = "gone.csv";
    const auto gone = makeDataset(settings, loadText(""));
    QVERIFY(!gone.ok());
    QCOMPARE(gone.error().kind, ErrorKind::File);
    settings.data.file = "";
    const auto unnamed = makeDataset(settings, loadText(""));
    QVERIFY(!unnamed.ok());
    QCOMPARE(unnamed.error().where, std::string("data.file"));
}

QTEST_GUILESS_MAIN(DatasetLoaderTest)
#include "dataset_loader_test.moc"
