#include "app/files/files.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>

namespace flatline {

Error fileError(const QString& path, const char* text, const QString& detail) {
    return {ErrorKind::File, path.toStdString(), {text, {detail.toStdString()}}};
}

namespace {

/// Into a QByteArray or a std::string. At first room for what there is and one byte more: the next read tells whether
/// that was all, and a pipe or a device has no size that could be asked for beforehand.
template <class Bytes>
Result<Bytes> readBytes(const QString& path, qint64 maximum) {
    if (QFileInfo(path).isDir())
        return fileError(path, FLATLINE_TEXT("this is a folder; a file is needed"));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return fileError(path, FLATLINE_TEXT("cannot be read: %1"), file.errorString());
    constexpr qint64 leastRoom = 65536;
    using Size = decltype(Bytes().size());
    Bytes content;
    qint64 filled = 0;
    for (qint64 got = 1; got > 0 && filled <= maximum; filled += got) {
        if (filled == static_cast<qint64>(content.size())) {
            const qint64 wanted = std::max({leastRoom, 2 * filled, file.size() + 1});
            content.resize(static_cast<Size>(std::min(wanted, maximum + 1)));
        }
        got = std::max<qint64>(file.read(content.data() + filled, static_cast<qint64>(content.size()) - filled), 0);
    }
    if (file.error() != QFileDevice::NoError)
        return fileError(path, FLATLINE_TEXT("cannot be read: %1"), file.errorString());
    if (filled > maximum)
        return badInput(path.toStdString(), FLATLINE_TEXT("the file is larger than %1 MB"),
                        {std::to_string(maximum >> 20)});
    content.resize(static_cast<Size>(filled));
    return content;
}

} // namespace

Result<QByteArray> readFile(const QString& path, qint64 maximum) {
    return readBytes<QByteArray>(path, maximum);
}

Result<std::string> readText(const QString& path, qint64 maximum) {
    return readBytes<std::string>(path, maximum);
}

bool isStream(const QString& path) {
    const QFileInfo info(path);
    return info.exists() && !info.isFile() && !info.isDir();
}

namespace {

/// A disk that fills up takes a part first, and says only at the next attempt why it takes no more.
bool writeAll(QIODevice& device, const QByteArray& content) {
    qint64 written = 0;
    while (written < content.size()) {
        const qint64 taken = device.write(content.constData() + written, content.size() - written);
        if (taken <= 0)
            return false;
        written += taken;
    }
    return true;
}

/// Replacing a device or a pipe by a file would take it away from everybody.
Result<void> writeStream(const QString& path, const QByteArray& content) {
    QFile stream(path);
    if (!stream.open(QIODevice::WriteOnly | QIODevice::Unbuffered) || !writeAll(stream, content))
        return fileError(path, FLATLINE_TEXT("cannot be written: %1"), stream.errorString());
    return {};
}

} // namespace

Result<void> checkWritable(const QString& path) {
    const QFileInfo info(path);
    if (info.isDir())
        return fileError(path, FLATLINE_TEXT("this is a folder; a file is needed"));
    const QFileInfo folder(info.path());
    if (!folder.isDir())
        return fileError(path, FLATLINE_TEXT("cannot be written: there is no folder %1"), folder.filePath());
    if (!isStream(path) && !folder.isWritable())
        return fileError(path, FLATLINE_TEXT("cannot be written: nothing may be written into the folder %1"),
                         folder.filePath());
    return {};
}

Result<void> writeFile(const QString& path, const QByteArray& content) {
    if (isStream(path))
        return writeStream(path, content);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return fileError(path, FLATLINE_TEXT("cannot be written: %1"), file.errorString());
    // commit() alone would put a shortened file in place.
    if (!writeAll(file, content) || !file.flush()) {
        const QString why = file.errorString();
        file.cancelWriting();
        return fileError(path, FLATLINE_TEXT("cannot be written: %1"), why);
    }
    if (!file.commit())
        return fileError(path, FLATLINE_TEXT("cannot be written: %1"), file.errorString());
    return {};
}

} // namespace flatline
