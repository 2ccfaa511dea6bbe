#include "app/files/row_file.h"

#include "app/files/files.h"

#include <cstdio>

#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#endif

namespace flatline {
namespace {

Error cannotWrite(const QString& path, const QFile& file) {
    return fileError(path, FLATLINE_TEXT("cannot be written: %1"), file.errorString());
}

bool openStandardOutput(QFile& file) {
#ifdef _WIN32
    _setmode(_fileno(stdout), _O_BINARY); // the rows end in CR LF already
#endif
    return file.open(stdout, QIODevice::WriteOnly | QIODevice::Unbuffered);
}

} // namespace

RowFile::RowFile(const QString& path, std::unique_ptr<QFile> file)
    : m_path(path)
    , m_file(std::move(file)) {}

Result<RowFile> RowFile::replace(const QString& path) {
    auto file = std::make_unique<QFile>(path);
    const bool open = path == QLatin1String("-") ? openStandardOutput(*file)
                                                 : file->open(QIODevice::WriteOnly | QIODevice::Unbuffered);
    if (!open)
        return cannotWrite(path, *file);
    return RowFile(path, std::move(file));
}

Result<RowFile> RowFile::extend(const QString& path, qint64 size) {
    auto file = std::make_unique<QFile>(path);
    if (!file->open(QIODevice::ReadWrite | QIODevice::Unbuffered) || !file->resize(size) || !file->seek(size))
        return cannotWrite(path, *file);
    return RowFile(path, std::move(file));
}

Result<void> RowFile::add(std::string_view row) {
    const qint64 before = m_file->pos();
    while (!row.empty()) {
        const qint64 taken = m_file->write(row.data(), static_cast<qint64>(row.size()));
        if (taken <= 0) {
            const Error error = cannotWrite(m_path, *m_file);
            if (!m_file->isSequential())
                m_file->resize(before);
            return error;
        }
        row.remove_prefix(static_cast<std::size_t>(taken));
    }
    return {};
}

} // namespace flatline
