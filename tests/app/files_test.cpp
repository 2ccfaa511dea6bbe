#include "app/files/files.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

#if defined(Q_OS_UNIX)
#include <sys/stat.h>
#endif

using namespace flatline;

/// Reading a file whole: whatever its size, never more than allowed, from a pipe too.
class FilesTest : public QObject {
    Q_OBJECT

private slots:
    void readsAllSizes();
    void refusesWhatIsTooLarge();
    void readsPipes();
    void saysWhatIsMissing();

private:
    QString write(const QByteArray& content) {
        QFile file(m_folder.filePath("file"));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            return {};
        return file.fileName();
    }
    QTemporaryDir m_folder;
};

namespace {

QByteArray content(int size) {
    QByteArray bytes(size, '\0');
    for (int i = 0; i < size; ++i)
        bytes[i] = static_cast<char>(i % 251);
    return bytes;
}

} // namespace

void FilesTest::readsAllSizes() {
    for (const int size : {0, 1, 65535, 65536, 65537, 1'000'000}) {
        const QByteArray wanted = content(size);
        const QString path = write(wanted);
        QCOMPARE(readFile(path, 1 << 20).value(), wanted);
        QCOMPARE(QByteArray::fromStdString(readText(path, 1 << 20).value()), wanted);
    }
}

void FilesTest::refusesWhatIsTooLarge() {
    const QString path = write(content(70'000));
    QVERIFY(readFile(path, 70'000));
    QVERIFY(!readFile(path, 69'999));
    QCOMPARE(readText(path, 69'999).error().kind, ErrorKind::BadInput);
}

void FilesTest::readsPipes() {
#if defined(Q_OS_UNIX)
    const QString path = m_folder.filePath("pipe");
    QCOMPARE(mkfifo(QFile::encodeName(path).constData(), 0600), 0);
    const QByteArray wanted = content(300'000);
    for (const qint64 maximum : {qint64{300'000}, qint64{299'999}}) {
        std::thread writer([&] {
            QFile pipe(path);
            if (pipe.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
                pipe.write(wanted);
        });
        const auto text = readText(path, maximum);
        writer.join();
        QCOMPARE(static_cast<bool>(text), maximum == wanted.size());
        if (text)
            QCOMPARE(QByteArray::fromStdString(text.value()), wanted);
    }
#endif
}

void FilesTest::saysWhatIsMissing() {
    QCOMPARE(readText(m_folder.path(), 100).error().kind, ErrorKind::File);
    QCOMPARE(readText(m_folder.filePath("nothing"), 100).error().kind, ErrorKind::File);
}

QTEST_GUILESS_MAIN(FilesTest)
#include "files_test.moc"
