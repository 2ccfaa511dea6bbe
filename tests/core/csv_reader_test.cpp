#include "core/data/csv_reader.h"
#include "core/data/csv_scanner.h"
#include "core/data/dataset_loader.h"

#include <QTest>

using namespace flatline;

namespace {

/// A table on one line: "x,y>target|1,2>a|3,4>b".
QByteArray written(const CsvTable& table) {
    QByteArray line;
    const std::size_t width = table.featureNames.size();
    for (std::size_t j = 0; j < width; ++j)
        line += (j == 0 ? "" : ",") + QByteArray::fromStdString(table.featureNames[j]);
    line += ">" + QByteArray::fromStdString(table.targetName);
    for (std::size_t i = 0; i < table.targets.size(); ++i) {
        for (std::size_t j = 0; j < width; ++j)
            line += (j == 0 ? "|" : ",") + QByteArray::number(table.features[i * width + j], 'g', 17);
        line += ">" + QByteArray::fromStdString(table.targetTexts[static_cast<std::size_t>(table.targets[i])]);
    }
    return line;
}

QByteArray repeated(const QByteArray& text, int times) {
    return text.repeated(times);
}

/// "a1,a2,...,aN"
QByteArray header(int columns) {
    QByteArray line = "a1";
    for (int i = 2; i <= columns; ++i)
        line += ",a" + QByteArray::number(i);
    return line;
}

} // namespace

class CsvReaderTest : public QObject {
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void numericTarget();
    void readsLimits();
    void messagesAreOneShortLine();
    void columns();
};

void CsvReaderTest::reads_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const QByteArray& text, const QByteArray& expected,
                        const QByteArray& target = {}) { QTest::newRow(name) << text << target << expected; };
    row("plain", "x,y,t\n1,2,a\n3,4,b\n", "x,y>t|1,2>a|3,4>b");
    row("no line break at the end", "x,t\n1,a", "x>t|1>a");
    row("CRLF", "x,t\r\n1,a\r\n2,b\r\n", "x>t|1>a|2>b");
    row("CRLF and LF mixed", "x,t\r\n1,a\n2,b\r\n", "x>t|1>a|2>b");
    row("empty lines at the end", "x,t\n1,a\n\n\r\n\n", "x>t|1>a");
    row("byte order mark", "\xEF\xBB\xBFx,t\n1,a\n", "x>t|1>a");
    row("byte order mark before a quote", "\xEF\xBB\xBF\"x\",t\n1,a\n", "x>t|1>a");
    row("semicolons", "x;t\n1.5;a\n", "x>t|1.5>a");
    row("TABs", "x\tt\n1.5\ta\n", "x>t|1.5>a");
    row("decimal comma with semicolons", "x;y;t\n1,5;-0,25;a\n", "x,y>t|1.5,-0.25>a");
    row("decimal comma with TABs", "x\tt\n1,5e2\ta\n", "x>t|150>a");
    row("decimal comma in quotes where commas separate nothing", "x;t\n\"1,5\";a\n", "x>t|1.5>a");
    row("the more frequent separator", "x;y,z;t\n1;2;a\n", "x,y,z>t|1,2>a");
    row("separators in quotes do not count", "\"a,b,c\";t\n1;q\n", "a,b,c>t|1>q");
    row("quoted cells", "\"x\",\"t\"\n\"1\",\"a\"\n", "x>t|1>a");
    row("separator in quotes", "x,t\n1,\"a,b\"\n", "x>t|1>a,b");
    row("doubled quotes", "x,t\n1,\"say \"\"a\"\"\"\n", "x>t|1>say \"a\"");
    row("only a quote", "x,t\n1,\"\"\"\"\n", "x>t|1>\"");
    row("line break in quotes", "x,t\n1,\"a\nb\"\n2,c\n", "x>t|1>a\nb|2>c");
    row("CRLF in quotes is kept", "x,t\r\n1,\"a\r\nb\"\r\n", "x>t|1>a\r\nb");
    row("line break in a name", "\"x\n1\",t\n1,a\n", "x\n1>t|1>a");
    row("blanks around numbers and names", " x , t \n 1\t, a \n", "x>t|1>a");
    row("signs and exponents", "x,y,z,t\n+1,-.5,2E-3,a\n", "x,y,z>t|1,-0.5,0.002>a");
    row("largest single precision", "x,t\n3.4028234e38,a\n", "x>t|3.4028233999999999e+38>a");
    row("subject to no locale", "x,t\n1234.5,a\n", "x>t|1234.5>a");
    row("target by name", "t,x,y\na,1,2\n", "x,y>t|1,2>a", "t");
    row("target in the middle, blanks ignored", "x,t,y\n1,a,2\n", "x,y>t|1,2>a", " t ");
    row("names outside of ASCII", "größe,Klasse\n1,ähm\n", "größe>Klasse|1>ähm");
    row("one row of two columns", "x,t\n7,a", "x>t|7>a");
    row("equal numbers are one value", "x,t\n1,1\n2,1.0\n3,2\n4,01\n", "x>t|1>1|2>1|3>2|4>1");
    row("texts that are equal only as numbers stay apart beside a text", "x,t\n1,1\n2,1.0\n3,a\n", "x>t|1>1|2>1.0|3>a");
    row("a NaN beside texts is a text", "x,t\n1,nan\n2,a\n", "x>t|1>nan|2>a");
}

void CsvReaderTest::reads() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, expected);
    const auto table = readCsv(text.toStdString(), "f.csv", target.toStdString());
    QVERIFY2(table.ok(), table.ok() ? "" : table.error().english().c_str());
    QCOMPARE(written(table.value()), expected);
}

void CsvReaderTest::refuses_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("where");
    QTest::addColumn<QByteArray>("message");
    const auto row = [](const char* name, const QByteArray& text, const char* where, const char* message,
                        const QByteArray& target = {}) {
        QTest::newRow(name) << text << target << QByteArray(where) << QByteArray(message);
    };
    row("empty", "", "f.csv:1:1", "the file is empty");
    row("only a byte order mark", "\xEF\xBB\xBF", "f.csv:1:1", "the file is empty");
    row("only line breaks", "\r\n\n", "f.csv:1:1", "the file is empty");
    row("only a header", "x,t\n", "f.csv:2:1", "only a header");
    row("only a header, not ended", "x,t", "f.csv:1:4", "only a header");
    row("too few cells", "x,y,t\n1,2,a\n3,4\n", "f.csv:3:4", "this row has 2 cells, but the header names 3 columns");
    row("too many cells", "x,t\n1,a,5,6\n", "f.csv:2:5", "this row has 4 cells, but the header names 2 columns");
    row("empty line in the middle", "x,t\n1,a\n\n2,b\n", "f.csv:3:1", "this row has 1 cells");
    row("separator at the end of a row", "x,t\n1,a,\n", "f.csv:2:5", "this row has 3 cells");
    row("separator at the end of the text", "x,t\n1,a,", "f.csv:2:5", "this row has 3 cells");
    row("unterminated quote", "x,t\n1,\"a\n2,b\n", "f.csv:2:3", "is never closed");
    row("unterminated quote at the end", "x,t\n1,\"", "f.csv:2:3", "is never closed");
    row("unterminated quote in the header", "\"x,t\n1,a\n", "f.csv:1:1", "is never closed");
    row("text after a closing quote", "x,t\n1,\"a\"b\n", "f.csv:2:3", "text after the quote");
    row("blank after a closing quote", "x,t\n\"1\" ,a\n", "f.csv:2:1", "text after the quote");
    row("quote inside a cell", "x,t\n1,a\"b\"\n", "f.csv:2:3", "a quote inside a cell");
    row("carriage returns alone", "x,t\r1,a\r", "f.csv:1:3", "a carriage return without a line feed");
    row("not a number", "x,y,t\n1,2,a\n1,two,b\n", "f.csv:3:3", "\"two\" in column \"y\" is not a number");
    row("trailing characters", "x,t\n1.5kg,a\n", "f.csv:2:1", "\"1.5kg\" in column \"x\" is not a number");
    row("hexadecimal", "x,t\n0x10,a\n", "f.csv:2:1", "is not a number");
    row("decimal comma where commas separate, quoted", "x,t\n\"1,5\",a\n", "f.csv:2:1", "is not a number");
    row("two decimal commas", "x;t\n1,000,5;a\n", "f.csv:2:1", "is not a number");
    row("thousands point and decimal comma", "x;t\n1.000,5;a\n", "f.csv:2:1", "is not a number");
    row("not a number is a NaN", "x,t\nNaN,a\n", "f.csv:2:1", "is not a finite number");
    row("infinity", "x,t\n-inf,a\n", "f.csv:2:1", "\"-inf\" in column \"x\" is not a finite number");
    row("beyond double", "x,t\n1e999,a\n", "f.csv:2:1", "\"1e999\" in column \"x\" is out of range");
    row("beyond single precision", "x;t\n-1,5e39;a\n", "f.csv:2:1", "is out of range");
    row("non-finite target among numbers", "x,t\n1,1\n2,inf\n", "f.csv:3:3", "\"inf\" in column \"t\" is not a finite");
    row("target out of range among numbers", "x,t\n1,1e40\n", "f.csv:2:3", "is out of range");
    row("empty cell", "x,y,t\n1,,a\n", "f.csv:2:3", "an empty cell in column \"y\"");
    row("blank cell", "x,y,t\n1,  ,a\n", "f.csv:2:3", "an empty cell in column \"y\"");
    row("empty quoted cell", "x,t\n\"\",a\n", "f.csv:2:1", "an empty cell in column \"x\"");
    row("empty target", "x,t\n1,a\n2,\n", "f.csv:3:3", "an empty cell in column \"t\"");
    row("double name", "x,y,x\n1,2,a\n", "f.csv:1:5", "\"x\" is already the name of column 1");
    row("double name but for blanks", "x, x\n1,a\n", "f.csv:1:3", "is already the name of column 1");
    row("empty name", "x,,t\n1,2,a\n", "f.csv:1:3", "column 2 has no name");
    row("separator behind the header", "x,t,\n1,a,\n", "f.csv:1:5", "column 3 has no name");
    row("no such target", "x,y,t\n1,2,a\n", "f.csv:1:1",
        "no column is called \"class\" (data.target); the columns are x, y, t", "class");
    row("target in other case", "x,T\n1,a\n", "f.csv:1:1", "the columns are x, T", "t");
    row("one column", "x\n1\n", "f.csv:1:1", "only one column");
    row("257 columns", header(257) + "\n", "f.csv:1:1173", "more than 256 columns");
    row("more than a million rows", "x,t\n" + repeated("1,2\n", 1000001), "f.csv:1000002:1",
        "more than 1,000,000 rows");
    row("more than 64 MB", repeated("x", 64 * 1024 * 1024 + 1), "f.csv", "more than 64 MB");
    row("Latin-1",
        "gr\xF6\xDF"
        "e,t\n1,a\n",
        "f.csv:1:3", "not UTF-8");
    row("overlong UTF-8", "x,t\n1,\xC0\xAF\n", "f.csv:2:3", "not UTF-8");
    row("a surrogate in UTF-8", "x,t\n1,\xED\xA0\x80\n", "f.csv:2:3", "not UTF-8");
    row("UTF-8 cut off", "x,t\n1,a\xE2\x82", "f.csv:2:4", "not UTF-8");
    row("UTF-16 with byte order mark", QByteArray("\xFF\xFEx\0,\0t\0", 8), "f.csv:1:1", "not UTF-8");
    row("UTF-16 without", QByteArray("x\0,\0t\0", 6), "f.csv:1:2", "a NUL character");
    row("columns count characters", "größe,überall,t\nä,2,a\n", "f.csv:2:1", "\"ä\" in column \"größe\"");
    row("characters before the cell", "t,x\n\"äöü€😀\",z\n", "f.csv:2:9", "\"z\" in column \"x\"", "t");
    row("lines count within quotes", "t,x,y\n\"a\nb\",1,z\n", "f.csv:3:6", "\"z\" in column \"y\"", "t");
    row("the byte order mark is no character", "\xEF\xBB\xBFx,,t\n", "f.csv:1:3", "column 2 has no name");
}

void CsvReaderTest::refuses() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, where);
    QFETCH(QByteArray, message);
    const auto table = readCsv(text.toStdString(), "f.csv", target.toStdString());
    QVERIFY(!table.ok());
    QCOMPARE(table.error().kind, ErrorKind::BadInput);
    QCOMPARE(QByteArray::fromStdString(table.error().where), where);
    const QByteArray said = QByteArray::fromStdString(table.error().message.english());
    QVERIFY2(said.contains(message), said.constData());
    QVERIFY2(!said.contains('\n') && !said.contains("%1") && !said.contains("%2"), said.constData());
}

void CsvReaderTest::numericTarget() {
    const auto numbers = readCsv("x;t\n1;2,5\n2;-1\n3;2,50\n", "f.csv", "");
    QVERIFY(numbers.ok());
    QCOMPARE(numbers.value().targetNumbers, (std::vector<double>{2.5, -1.0}));
    QCOMPARE(numbers.value().targets, (std::vector<int>{0, 1, 0}));
    QCOMPARE(numbers.value().targetPlace, std::string("f.csv:1:3"));
    // One text makes it a column of classes, and the table says which.
    const auto mixed = readCsv("x,t\n1,5\n2,n/a\n3,x\n", "f.csv", "");
    QVERIFY(mixed.ok());
    QVERIFY(mixed.value().targetNumbers.empty());
    QCOMPARE(mixed.value().targetPlace, std::string("f.csv:3:3"));
}

void CsvReaderTest::readsLimits() {
    QByteArray wide = header(256) + "\n" + repeated("1,", 255) + "1\n";
    const auto columns = readCsv(wide.toStdString(), "f.csv", "");
    QVERIFY(columns.ok());
    QCOMPARE(columns.value().featureNames.size(), std::size_t{255});

    const QByteArray tall = "x,t\n" + repeated("1,2\n", 1000000);
    const auto rows = readCsv(tall.toStdString(), "f.csv", "");
    QVERIFY(rows.ok());
    QCOMPARE(rows.value().targets.size(), std::size_t{1000000});

    // Exactly 64 MB is not too much: the error is another one.
    const auto large = readCsv(std::string(maxCsvBytes, 'x'), "f.csv", "");
    QVERIFY(!large.ok());
    QCOMPARE(large.error().where, std::string("f.csv:1:1"));
}

void CsvReaderTest::messagesAreOneShortLine() {
    const std::string cell = "line\nbreak " + std::string(5000, 'x');
    const auto bad = readCsv("x,t\n\"" + cell + "\",a\n", "f.csv", "");
    QVERIFY(!bad.ok());
    const std::string message = bad.error().english();
    QVERIFY(message.size() < 300);
    QVERIFY(message.find('\n') == std::string::npos);
    QVERIFY(message.find("line break xxx") != std::string::npos);

    const auto many = readCsv(header(256).toStdString() + "\n", "f.csv", "none");
    QVERIFY(!many.ok());
    QVERIFY(many.error().english().size() < 300);
    QVERIFY(many.error().english().find("a20, …") != std::string::npos);
}

void CsvReaderTest::columns() {
    const auto names = csvColumns("\xEF\xBB\xBF\"a;b\"; c ;d\n1;2\n", "f.csv");
    QVERIFY(names.ok());
    QCOMPARE(names.value(), (std::vector<std::string>{"a;b", "c", "d"}));
    const auto none = csvColumns("", "f.csv");
    QVERIFY(!none.ok());
    QCOMPARE(none.error().where, std::string("f.csv:1:1"));
    const auto twice = csvColumns("a,a\n", "f.csv");
    QVERIFY(!twice.ok());
    QCOMPARE(twice.error().where, std::string("f.csv:1:3"));
}

QTEST_GUILESS_MAIN(CsvReaderTest)
#include "csv_reader_test.moc"
