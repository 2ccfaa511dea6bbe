#include "core/base/background_thread.h"

#if defined(__linux__)
#include <sys/resource.h>
#endif

namespace flatline {

void yieldToTheWindow() {
#if defined(__linux__)
    // On Linux a process id of 0 means the calling thread.
    constexpr int lowest = 19;
    (void)setpriority(PRIO_PROCESS, 0, lowest);
#endif
}

} // namespace flatline
