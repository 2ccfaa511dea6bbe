#include "core/export/csv_files.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <sstream>

using namespace flatline;

namespace {

std::vector<std::string> lines(const std::ostringstream& out) {
    std::vector<std::string> found;
    std::istringstream in(out.str());
    for (std::string line; std::getline(in, line);) {
        if (!line.ends_with('\r'))
            return {"a line does not end in CRLF: " + line};
        found.push_back(line.substr(0, line.size() - 1));
    }
    return found;
}

std::shared_ptr<const Observation> observation(std::int64_t step) {
    auto row = std::make_shared<Observation>();
    row->step = step;
    row->epoch = 2;
    row->trainLoss = 0.1;
    row->testLoss = 0.25;
    row->trainAccuracy = 0.5;
    row->testAccuracy = 1.0;
    row->gradientNorm = 1e-7;
    row->outputRange = 3.5;
    row->infiniteLossSamples = 4;
    row->deadLayers = 1;
    row->layers = {{2, 2, 0, 0, 1.0, 0.0}, {3, 0, 1, 2, 0.25, 0.125}};
    return row;
}

/// One input, one hidden layer of two, one output; parameters 1, 2, 3, ...
struct Small {
    Layout layout{{1, 2, 1}};
    std::vector<float> parameters{1, 2, 3, 4, 5, 6, 7};
};

Result<std::vector<float>> read(const std::string& text) {
    return readParameters(text, "p.csv", Layout({1, 1}));
}

const std::string head = "layer,kind,row,column,value\n";

} // namespace

class CsvFilesTest : public QObject {
    Q_OBJECT

private slots:
    // Breaks where a spreadsheet would run a text as a formula, or a reader would see two cells.
    void cells_data();
    void cells();
    // Breaks where a column is missing, misplaced or misspelt, or a second look at a step gets into the trace.
    void trace();
    void traceOfTheUnusual();
    void neurons();
    void neuronsOfASmoothActivation();
    void events();
    void landscape();
    // Breaks where a float32 does not come back to the same bits.
    void parametersRoundTrip();
    void parametersInAnyShape();
    // Breaks where a broken file is taken, or the error points to another place.
    void badParameters_data();
    void badParameters();
    // Breaks where samples are not in the order of the source, or a class's name is not written as it is.
    void predictions();
    void predictionsOfARegression();
};

void CsvFilesTest::cells_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("cell");
    QTest::newRow("plain") << QByteArray("plain") << QByteArray("plain");
    QTest::newRow("empty") << QByteArray("") << QByteArray("");
    QTest::newRow("comma") << QByteArray("a,b") << QByteArray("\"a,b\"");
    QTest::newRow("quote") << QByteArray("a\"b") << QByteArray("\"a\"\"b\"");
    QTest::newRow("line break") << QByteArray("a\nb") << QByteArray("\"a\nb\"");
    QTest::newRow("equals") << QByteArray("=1+1") << QByteArray("'=1+1");
    QTest::newRow("plus") << QByteArray("+a") << QByteArray("'+a");
    QTest::newRow("minus") << QByteArray("-a") << QByteArray("'-a");
    QTest::newRow("at") << QByteArray("@a") << QByteArray("'@a");
    QTest::newRow("tab") << QByteArray("\ta") << QByteArray("'\ta");
    QTest::newRow("carriage return") << QByteArray("\ra") << QByteArray("\"'\ra\"");
    QTest::newRow("formula with a comma") << QByteArray("=A(1,2)") << QByteArray("\"'=A(1,2)\"");
    QTest::newRow("later sign") << QByteArray("a=1") << QByteArray("a=1");
}

void CsvFilesTest::cells() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, cell);
    QCOMPARE(QByteArray::fromStdString(csvCell(text.toStdString())), cell);
}

void CsvFilesTest::trace() {
    auto second = std::make_shared<Observation>(*observation(10));
    second->afterIntervention = true;
    const std::vector<std::shared_ptr<const Observation>> rows{observation(10), second, observation(20)};
    std::ostringstream out;
    writeTrace(out, 2, rows);
    const std::vector<std::string> expected{
        "step,epoch,train_loss,test_loss,train_accuracy,test_accuracy,gradient_norm,dead,comatose,at_risk,dead_layers,"
        "output_range,infinite_loss_samples,layer1_dead,layer1_inactive,layer1_gradient_norm,layer2_dead,"
        "layer2_inactive,layer2_gradient_norm",
        "10,2,0.1,0.25,0.5,1,1e-07,2,1,2,1,3.5,4,2,1,0,0,0.25,0.125",
        "20,2,0.1,0.25,0.5,1,1e-07,2,1,2,1,3.5,4,2,1,0,0,0.25,0.125"};
    QCOMPARE(lines(out), expected);
}

void CsvFilesTest::traceOfTheUnusual() {
    auto row = std::make_shared<Observation>();
    row->trainLoss = std::numeric_limits<double>::infinity();
    row->gradientNorm = std::numeric_limits<double>::quiet_NaN();
    row->outputRange = 1e60; // finite, but no float32
    std::ostringstream out;
    writeTrace(out, 0, std::vector<std::shared_ptr<const Observation>>{row});
    QCOMPARE(lines(out).at(1), std::string("0,0,inf,,,,,0,0,0,0,1e+60,0"));
}

/// A run whose network, diagnosis and lives are these.
Snapshot runOf(const NetworkSpec& spec, const std::vector<float>& parameters, std::vector<NeuronDiagnosis> neurons,
               std::vector<NeuronLife> lives) {
    Snapshot run;
    run.spec = spec;
    run.parameters = std::make_shared<const std::vector<float>>(parameters);
    Diagnosis diagnosis;
    diagnosis.layers.resize(1);
    diagnosis.layers[0].neurons = std::move(neurons);
    run.diagnosis = std::make_shared<const Diagnosis>(std::move(diagnosis));
    run.lives = {std::move(lives)};
    return run;
}

void CsvFilesTest::neurons() {
    const Small net;
    const NetworkSpec spec{1, {2}, 1, findActivation("relu"), {}, findObjective("linear")};
    Certificate death;
    death.step = 12;
    death.epoch = 1;
    death.batch = 3;
    death.learningRate = 0.5;
    death.since = 9;
    death.sample = 17;
    death.marginBefore = 0.75;
    death.marginAfter = -0.25;
    death.contributions[Cause::GradientBias] = -1.25;
    death.contributions[Cause::Handover] = 0.25;
    death.worstStep = 12;
    death.worstGradient = -1.25;
    death.verdict = Verdict::Overshoot;
    NeuronLife died{false, 12, -1, 1, "overshoot"};
    died.death = std::make_shared<const Certificate>(death);
    const Snapshot run = runOf(
        spec, net.parameters,
        {{NeuronState::Dead, -0.25F, -2.0F, 0.0F, 1.0F, 0.0F}, {NeuronState::AtRisk, 0.1F, -1.0F, 0.03F, 0.97F, 1.5F}},
        {died, {true, 0, 30, 2, "born-dead"}});
    Outlook outlook{std::vector<NeuronOutlook>(2)};
    outlook[0][0].wake = WakeChance::ByBiasDecay;
    outlook[0][0].wakesAt = 77;
    outlook[0][0].kickChance = 0.125;
    outlook[0][1].lethal = LethalRates{0.5, std::numeric_limits<double>::infinity()};
    std::ostringstream out;
    writeNeurons(out, run, outlook);
    const std::vector<std::string> expected{
        "layer,neuron,state,born_dead,died_at,revived_at,deaths,cause,margin,active_fraction,bias,weight_norm,alpha,"
        "dormancy,wake,wakes_at,kick_chance,lethal_rate_low,lethal_rate_high,since,epoch,batch,learning_rate,sample,"
        "margin_before,margin_after,worst_step,worst_gradient,gradient_weights,gradient_bias,momentum,weight_decay,"
        "bias_decay,upstream,batch_norm,kick,annealing,edit,handover,revival_cause",
        "1,1,dead,false,12,,1,overshoot,-0.25,0,3,1,,0,bias-decay,77,0.125,,,9,1,3,0.5,17,0.75,-0.25,12,-1.25,0,-1.25,"
        "0,0,0,0,0,0,0,0,0.25,",
        "1,2,at-risk,true,0,30,2,born-dead,0.1,0.03,4,2,,1.5,,,,0.5,inf,,,,,,,,,,,,,,,,,,,,,"};
    QCOMPARE(lines(out), expected);
}

void CsvFilesTest::neuronsOfASmoothActivation() {
    const std::vector<float> parameters{3, -4, 0.5F, 1, 1};
    NetworkSpec spec{2, {1}, 1, findActivation("elu"), {}, findObjective("linear")};
    spec.activationParameters.alpha = 0.7;
    const Snapshot run = runOf(spec, parameters, {{NeuronState::Comatose, -9.0F, -12.0F, 0.0F, 0.0F, 1.0F}}, {{}});
    std::ostringstream out;
    writeNeurons(out, run, Outlook{std::vector<NeuronOutlook>(1)});
    QVERIFY(lines(out).at(1).starts_with("1,1,comatose,false,,,0,,,0,0.5,5,0.7,1,,"));
}

void CsvFilesTest::events() {
    EventLog log;
    log.append({3, 1, 2, EventKind::Died, {}, {}});
    log.append({5, 0, 0, EventKind::Kick, {}, "strength=0.5 target=dead"});
    std::ostringstream out;
    writeEvents(out, log);
    const std::vector<std::string> expected{"step,layer,neuron,event,cause,detail", "3,1,2,died,,",
                                            "5,,,kick,,strength=0.5 target=dead"};
    QCOMPARE(lines(out), expected);
}

void CsvFilesTest::landscape() {
    Surface surface;
    surface.side = 3;
    surface.extent = 1.0;
    for (int i = 0; i < 9; ++i)
        surface.loss.push_back(i);
    surface.loss[8] = std::numeric_limits<double>::infinity();
    std::ostringstream out;
    writeLandscape(out, surface);
    const std::vector<std::string> expected{"a,b,loss", "-1,-1,0", "0,-1,1", "1,-1,2", "-1,0,3",
                                            "0,0,4",    "1,0,5",   "-1,1,6", "0,1,7",  "1,1,inf"};
    QCOMPARE(lines(out), expected);
}

void CsvFilesTest::parametersRoundTrip() {
    const Layout layout({2, 3, 2});
    std::vector<float> parameters;
    for (std::size_t i = 0; i < layout.size(); ++i)
        parameters.push_back(std::sqrt(static_cast<float>(i)) * (i % 2 == 0 ? 1.0F : -1e-5F));
    parameters[1] = std::numeric_limits<float>::denorm_min();
    parameters[2] = std::numeric_limits<float>::max();
    parameters[3] = -0.0F;
    std::ostringstream out;
    writeParameters(out, layout, parameters);
    QCOMPARE(lines(out).at(1), std::string("1,weight,1,1,0"));
    QCOMPARE(lines(out).at(9), std::string("1,bias,3,1,") + lines(out).at(9).substr(11));
    const auto back = readParameters(out.str(), "p.csv", layout);
    QVERIFY2(back, back ? "" : back.error().english().c_str());
    QCOMPARE(back.value(), parameters);
    QVERIFY(std::signbit(back.value()[3]));
}

void CsvFilesTest::parametersInAnyShape() {
    const std::vector<float> expected{0.5F, -2.0F};
    for (const std::string& text :
         {head + "1,bias,1,1,-2\n1,weight,1,1,0.5\n", "\xEF\xBB\xBF" + head + "1,weight,1,1,.5\r\n1,bias,1,1,-2e0",
          std::string(
              "\"layer\",\"kind\",\"row\",\"column\",\"value\"\n1,\"weight\",1,1,+0.5\n1,\"bias\",1,1,-2\n\n")}) {
        const auto values = read(text);
        QVERIFY2(values, values ? "" : values.error().english().c_str());
        QCOMPARE(values.value(), expected);
    }
}

void CsvFilesTest::badParameters_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("where");
    const auto row = [](const char* name, const std::string& text, const char* where) {
        QTest::newRow(name) << QByteArray::fromStdString(text) << QByteArray(where);
    };
    row("empty", "", "p.csv:1:1");
    row("no header", "1,weight,1,1,2\n", "p.csv:1:1");
    row("another header", "layer,kind,row,col,value\n", "p.csv:1:16");
    row("short header", "layer,kind\n", "p.csv:1:11");
    row("long header", "layer,kind,row,column,value,more\n", "p.csv:1:29");
    row("short row", head + "1,weight,1,1\n", "p.csv:2:1");
    row("layer 0", head + "0,weight,1,1,1\n", "p.csv:2:1");
    row("layer beyond", head + "2,weight,1,1,1\n", "p.csv:2:1");
    row("kind", head + "1,gamma,1,1,1\n", "p.csv:2:3");
    row("row beyond", head + "1,weight,2,1,1\n", "p.csv:2:10");
    row("column beyond", head + "1,bias,1,2,1\n", "p.csv:2:10");
    row("decimal comma", head + "1,weight,1,1,0,5\n", "p.csv:2:1");
    row("text", head + "1,weight,1,1,one\n", "p.csv:2:14");
    row("infinite", head + "1,bias,1,1,1\n1,weight,1,1,inf\n", "p.csv:3:14");
    row("beyond float32", head + "1,weight,1,1,1e39\n", "p.csv:2:14");
    row("trailing", head + "1,weight,1,1,1.5x\n", "p.csv:2:14");
    row("empty value", head + "1,weight,1,1,\n", "p.csv:2:14");
    row("twice", head + "1,weight,1,1,1\n1,weight,1,1,1\n", "p.csv:3:1");
    row("missing", head + "1,weight,1,1,1\n", "p.csv:2:1");
}

void CsvFilesTest::badParameters() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, where);
    const auto values = read(text.toStdString());
    QVERIFY(!values);
    QCOMPARE(QByteArray::fromStdString(values.error().where), where);
    QCOMPARE(static_cast<int>(values.error().kind), 3);
}

void CsvFilesTest::predictions() {
    Dataset data;
    data.featureNames = {"=width", "x2"};
    data.classNames = {"a,b", "-1"};
    data.train.features.resize(2, 2);
    data.train.features << 1.0F, 0.5F, 2.0F, 0.25F;
    data.train.targets.labels = {0, 1};
    data.train.sources = {2, 0};
    data.test.features.resize(1, 2);
    data.test.features << -3.0F, 0.0F;
    data.test.targets.labels = {1};
    data.test.sources = {1};
    // No hidden layer: the logits are (x1, 0).
    const Network<float> network(NetworkSpec{2, {}, 2, findActivation("identity"), {}, findObjective("softmax")});
    const std::vector<float> parameters{1, 0, 0, 0, 0, 0};
    std::ostringstream out;
    writePredictions(out, network, parameters, data);
    const auto rows = lines(out);
    QCOMPARE(rows.size(), std::size_t{4});
    QCOMPARE(rows[0], std::string("split,'=width,x2,target,output1,output2,predicted"));
    QVERIFY2(rows[1].starts_with("train,2,0.25,-1,0.88079"), rows[1].c_str());
    QVERIFY2(rows[1].ends_with(",\"a,b\""), rows[1].c_str());
    QVERIFY2(rows[2].starts_with("test,-3,0,-1,0.0474"), rows[2].c_str());
    QVERIFY2(rows[2].ends_with(",-1"), rows[2].c_str());
    QVERIFY2(rows[3].starts_with("train,1,0.5,\"a,b\",0.731058"), rows[3].c_str());
}

void CsvFilesTest::predictionsOfARegression() {
    Dataset data;
    data.task = Task::Regression;
    data.featureNames = {"x"};
    data.train.features.resize(1, 1);
    data.train.features << 2.0F;
    data.train.targets.values.resize(1, 1);
    data.train.targets.values << 0.1F;
    data.train.sources = {0};
    data.test.features.resize(0, 1);
    const Network<float> network(NetworkSpec{1, {}, 1, findActivation("identity"), {}, findObjective("linear")});
    std::ostringstream out;
    writePredictions(out, network, std::vector<float>{3, 1}, data);
    const std::vector<std::string> expected{"split,x,target,output1", "train,2,0.1,7"};
    QCOMPARE(lines(out), expected);
}

QTEST_GUILESS_MAIN(CsvFilesTest)
#include "csv_files_test.moc"
