#pragma once

#include "core/inspection/inspection.h"

#include <memory>

namespace flatline {

/// Inspects on a thread of its own: the newest snapshot and neuron in, the newest finished result out. A look under way
/// at another neuron, or at a run that has been restarted, is cancelled.
class InspectionWorker {
public:
    InspectionWorker();
    ~InspectionWorker(); ///< blocks until the step or rate under way is done
    InspectionWorker(const InspectionWorker&) = delete;
    InspectionWorker& operator=(const InspectionWorker&) = delete;

    /// Any thread; does not block. A snapshot without that neuron is passed over.
    void show(std::shared_ptr<const Snapshot> snapshot, NeuronPlace place, BeatsOf which);
    /// Any thread; null before the first one is finished.
    [[nodiscard]] std::shared_ptr<const Inspection> latest() const;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace flatline
