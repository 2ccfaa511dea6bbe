#pragma once

namespace flatline {

/// Asks the system to run the calling thread only where the window needs no time. Does nothing where the system has
/// no such wish for a single thread.
void yieldToTheWindow();

} // namespace flatline
