#pragma once

#include "app/command_line/options.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace flatline {

/// What `flatline verify` was asked for.
struct VerifyOptions {
    QStringList lessons; ///< ids or files; left out: all built-in ones
    int seeds = 100;     ///< 1 to this: an interval of ten points or less where nearly all hold
    int jobs = 1;
    QString csv; ///< empty: none
    bool quiet = false;
};

[[nodiscard]] std::vector<OptionRow> verifyOptionTable();
[[nodiscard]] Result<VerifyOptions> readVerifyOptions(const ParsedOptions& given);

} // namespace flatline
