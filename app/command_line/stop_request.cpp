#include "app/command_line/stop_request.h"

#include <array>
#include <atomic>
#include <csignal>

namespace flatline {
namespace {

constexpr std::array signals{SIGINT, SIGTERM};

std::atomic<int> asked = 0;
static_assert(std::atomic<int>::is_always_lock_free); // else a signal's handler may not touch it

void ask(int signal) {
    asked = signal;
    std::signal(signal, SIG_DFL);
}

} // namespace

StopRequest::StopRequest() {
    asked = 0;
    for (const int signal : signals)
        if (std::signal(signal, ask) == SIG_IGN)
            std::signal(signal, SIG_IGN);
}

StopRequest::~StopRequest() {
    for (const int signal : signals)
        if (std::signal(signal, SIG_DFL) == SIG_IGN)
            std::signal(signal, SIG_IGN);
}

int StopRequest::received() {
    return asked;
}

} // namespace flatline
