#include "core/base/number_text.h"
#include "core/data/csv_number.h"

#include <QTest>

#include <bit>
#include <random>

using namespace flatline;

/// Cells as numbers: the quick way that most of them take must give what the slow one gives, to the last bit.
class CsvNumberTest : public QObject {
    Q_OBJECT

private slots:
    void plainNumbersAreTheNearestDoubles();
    void commasArePointsWhereTheyMayBe();
    void oddTexts_data();
    void oddTexts();
};

namespace {

std::string drawnNumber(std::mt19937& random) {
    const auto below = [&](unsigned bound) { return static_cast<std::size_t>(random() % bound); };
    std::string text;
    for (std::size_t length = 1 + below(20); text.size() < length;)
        text += static_cast<char>('0' + below(10));
    if (below(4) > 0)
        text.insert(text.begin() + static_cast<std::ptrdiff_t>(below(static_cast<unsigned>(text.size()) + 1)), '.');
    if (below(2) > 0)
        text.insert(text.begin(), '-');
    if (below(8) == 0)
        text.append(1, 'e').append(std::to_string(static_cast<int>(below(31)) - 15));
    return text;
}

} // namespace

void CsvNumberTest::plainNumbersAreTheNearestDoubles() {
    std::mt19937 random(1);
    for (int i = 0; i < 200'000; ++i) {
        const std::string text = drawnNumber(random);
        const auto wanted = parseReal(text);
        const CsvNumber number = parseCsvNumber(text, false);
        QVERIFY2(wanted && number.kind == CsvNumber::Kind::Finite, text.c_str());
        QVERIFY2(std::bit_cast<std::uint64_t>(number.value) == std::bit_cast<std::uint64_t>(*wanted), text.c_str());
    }
}

void CsvNumberTest::commasArePointsWhereTheyMayBe() {
    for (const char* text : {"1,5", "-0,25", "123456789,125", "1234567890123,4567", "7,"}) {
        std::string withPoint = text;
        withPoint[withPoint.find(',')] = '.';
        QCOMPARE(parseCsvNumber(text, true).value, *parseReal(withPoint));
        QCOMPARE(parseCsvNumber(text, false).kind, CsvNumber::Kind::NotANumber);
    }
    QCOMPARE(parseCsvNumber("1.5", true).value, 1.5);
    QCOMPARE(parseCsvNumber("1,2,3", true).kind, CsvNumber::Kind::NotANumber);
    QCOMPARE(parseCsvNumber("1.2,3", true).kind, CsvNumber::Kind::NotANumber);
}

void CsvNumberTest::oddTexts_data() {
    QTest::addColumn<QByteArray>("text");
    for (const char* text : {"-",
                             ".",
                             "-.",
                             "+1",
                             "+-1",
                             "--1",
                             "1-",
                             "1..2",
                             "1.2.3",
                             ".5",
                             "-.5",
                             "5.",
                             "0x10",
                             "1 2",
                             "1e5",
                             "1e",
                             "e5",
                             "nan",
                             "inf",
                             "-0",
                             "00012",
                             "999999999999999",
                             "9999999999999999"})
        QTest::newRow(text) << QByteArray(text);
}

void CsvNumberTest::oddTexts() {
    QFETCH(QByteArray, text);
    const auto wanted = parseReal(text.toStdString());
    const CsvNumber number = parseCsvNumber(text.toStdString(), false);
    QCOMPARE(number.kind == CsvNumber::Kind::Finite, wanted.has_value() && std::isfinite(*wanted));
    if (number.kind == CsvNumber::Kind::Finite)
        QCOMPARE(std::bit_cast<std::uint64_t>(number.value), std::bit_cast<std::uint64_t>(*wanted));
}

QTEST_APPLESS_MAIN(CsvNumberTest)
#include "csv_number_test.moc"
