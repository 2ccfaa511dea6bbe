#include "core/training/moment.h"

#include "core/training/fields.h"

namespace flatline {

void MomentWriter::forget() {
    *this = {};
}

// The axis grows at once when more than 2 % of the values lie outside it, and shrinks only when half of it
// would do for 99.9 %: a histogram whose axis jitters cannot be read.
void MomentWriter::adaptHistogramRange(const Diagnosis& diagnosis) {
    std::int64_t count = 0;
    std::int64_t outside = 0;
    std::int64_t outsideHalf = 0;
    for (const LayerDiagnosis& layer : diagnosis.layers) {
        const Histogram& z = layer.preActivations;
        count += z.count;
        outside += z.below + z.above;
        const std::size_t quarter = z.bins.size() / 4;
        for (std::size_t i = 0; i < z.bins.size(); ++i)
            outsideHalf += i < quarter || i >= z.bins.size() - quarter ? z.bins[i] : 0;
    }
    outsideHalf += outside;
    if (outside * 50 > count && m_histogramRange < 1e6F)
        m_histogramRange *= 2.0F;
    else if (outsideHalf * 1000 < count && m_histogramRange > 1.5F)
        m_histogramRange /= 2.0F;
}

void MomentWriter::write(Trainer& trainer, bool fields, Snapshot& snapshot) {
    Examination now = trainer.examine(m_histogramRange);
    adaptHistogramRange(now.diagnosis);
    if (fields)
        m_fields = makeFields(trainer.network(), trainer.parameters(), *trainer.dataset(), trainer.stepsDone());
    snapshot.error = trainer.divergence();
    snapshot.settings = trainer.settings();
    snapshot.restart = trainer.restartSettings();
    snapshot.dataset = trainer.dataset();
    snapshot.spec = trainer.network().spec();
    snapshot.parameters = std::make_shared<const std::vector<float>>(trainer.parameters());
    if (auto move = trainer.pendingMove(); !move.empty())
        snapshot.pendingMove = std::make_shared<const std::vector<float>>(std::move(move));
    snapshot.now = std::move(now.observation);
    snapshot.diagnosis = std::make_shared<const Diagnosis>(std::move(now.diagnosis));
    snapshot.lives = trainer.lives();
    snapshot.fields = m_fields;
}

} // namespace flatline
