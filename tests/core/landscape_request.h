#pragma once

#include "core/landscape/landscape_worker.h"
#include "core/training/trainer.h"

/// What the tests of landscapes share.
namespace flatline::fixtures {

/// A landscape of the trainer's network as it is now.
inline SurfaceRequest requestFor(const Trainer& trainer, const PlaneChoice& choice, int side = 11) {
    PlaneContext context;
    SurfaceRequest request;
    request.spec = context.spec = trainer.network().spec();
    request.dataset = context.dataset = trainer.dataset();
    request.parameters = context.parameters = std::make_shared<const std::vector<float>>(trainer.parameters());
    request.choice = choice;
    context.seed = 7;
    request.plane = makePlane(choice, context).value();
    request.side = side;
    return request;
}

} // namespace flatline::fixtures
