#include "app/command_line/verify_command.h"

#include "app/command_line/console.h"
#include "app/command_line/stop_request.h"
#include "app/command_line/verify_report.h"
#include "app/files/files.h"

#include <QCoreApplication>

#include <iostream>
#include <sstream>

namespace flatline {
namespace {

constexpr int notHeld = 1;
constexpr int bySignal = 128; // and its number: what shells make of it

QString tr(const char* text) {
    return QCoreApplication::translate("command_line", text);
}

QString helpText() {
    return tr("Usage: flatline verify [LESSON...] [options]\n\n"
              "Checks what lessons claim: each claim's runs are trained with many seeds, its quantity is measured, "
              "and\n"
              "it is kept if it holds on the share of the seeds that it promises. LESSON is a lesson file, or an id "
              "that\n"
              "`flatline list lessons` shows; left out: all built-in lessons. `flatline list quantities` shows what "
              "can\n"
              "be measured. For example:\n\n"
              "  flatline verify plateau my-lesson.md --seeds 20\n\n") +
           optionsHelp(verifyOptionTable()) +
           tr("\nThe interval behind a share is the one in which it lies with 95 % confidence (Wilson). The median is\n"
              "that of the quantity measured. A claim does not hold on a seed where its quantity is not a number, as\n"
              "where a run has diverged. Figures do not depend on the number of jobs.\n\n"
              "Exit codes: 0 all claims held, 1 a claim did not hold, 2 wrong usage, 3 bad input (a lesson's mistake\n"
              "with file, line and key), 4 could not read or write, 130 stopped by Ctrl-C (143: by SIGTERM).\n");
}

Result<void> writeCsv(const VerifyOptions& options, const std::vector<VerifiedClaim>& rows) {
    std::ostringstream csv;
    writeVerified(csv, rows);
    return writeFile(options.csv, QByteArray::fromStdString(csv.str()));
}

bool allHeld(const std::vector<VerifiedClaim>& rows, const std::vector<ClaimTally>& tallies) {
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (!tallies[i].keeps(rows[i].promised))
            return false;
    return true;
}

int verify(const VerifyOptions& options) {
    const auto claims = findClaims(options);
    if (!claims)
        return report(claims.error());
    if (claims.value().empty())
        return report(Error{ErrorKind::BadInput,
                            options.lessons.value(0).toStdString(),
                            {FLATLINE_TEXT("there is no claim to check"), {}}});
    if (!options.csv.isEmpty())
        if (const auto possible = checkWritable(options.csv); !possible)
            return report(possible.error());
    const StopRequest stop;
    const VerifyOutcome outcome = runVerify(claims.value(), options);
    if (!print(verifyTable(claims.value(), outcome.tallies, options.quiet)))
        return static_cast<int>(ErrorKind::File);
    if (outcome.error)
        return report(*outcome.error);
    if (outcome.tallies.size() < claims.value().size())
        return bySignal + StopRequest::received();
    const std::vector<VerifiedClaim> rows = verifiedRows(claims.value(), outcome.tallies);
    if (!options.csv.isEmpty())
        if (const auto written = writeCsv(options, rows); !written)
            return report(written.error());
    if (!options.quiet)
        std::cerr << verifySummary(claims.value(), outcome.tallies, options.seeds).toStdString() << '\n';
    return allHeld(rows, outcome.tallies) ? 0 : notHeld;
}

} // namespace

int verifyCommand(const QStringList& words) {
    const auto given = parseOptions(words, verifyOptionTable());
    if (!given)
        return report(given.error());
    if (given.value().has("help"))
        return print(helpText()) ? 0 : static_cast<int>(ErrorKind::File);
    const auto options = readVerifyOptions(given.value());
    return options ? verify(options.value()) : report(options.error());
}

} // namespace flatline
