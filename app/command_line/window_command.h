#pragma once

namespace flatline {

/// `flatline [EXPERIMENT]`: opens the lab. Makes the application itself. Returns the exit code.
int windowCommand(int& argc, char** argv);

} // namespace flatline
