#pragma once

namespace flatline {

/// While it lives, Ctrl-C and SIGTERM ask the program to come to an end instead of ending it; the second time they do.
/// One at a time. Signals that were ignored before stay so.
class StopRequest {
public:
    StopRequest();
    ~StopRequest();
    StopRequest(const StopRequest&) = delete;
    StopRequest& operator=(const StopRequest&) = delete;

    /// The signal that asked, or 0. Any thread.
    [[nodiscard]] static int received();
};

} // namespace flatline
