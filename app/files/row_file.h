#pragma once

#include "core/base/result.h"

#include <QFile>
#include <QString>

#include <memory>
#include <string_view>

namespace flatline {

/// A text that grows by whole rows. Each goes to the system at once: a program that is killed leaves what it had, and
/// at most one torn row.
class RowFile {
public:
    /// Makes or empties the file; "-" is standard output. Errors: File.
    [[nodiscard]] static Result<RowFile> replace(const QString& path);
    /// Cuts the file after its first `size` bytes and goes on there. Errors: File.
    [[nodiscard]] static Result<RowFile> extend(const QString& path, qint64 size);

    /// A row with its line's end. Where only a part of it finds room, that part is taken away again. Errors: File.
    Result<void> add(std::string_view row);

private:
    RowFile(const QString& path, std::unique_ptr<QFile> file);

    QString m_path;
    std::unique_ptr<QFile> m_file;
};

} // namespace flatline
