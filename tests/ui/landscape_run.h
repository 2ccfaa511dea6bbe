#pragma once

#include "core/network/objective.h"
#include "ui/views/view.h"

#include <cmath>

/// Surfaces and frames for tests of the landscape: no run, closed forms.
namespace flatline {

inline std::shared_ptr<Surface> makeSurface(int side = 51) {
    auto surface = std::make_shared<Surface>();
    surface->step = 900;
    surface->run = 1;
    surface->side = side;
    surface->centre = 0.05;
    for (int row = 0; row < side; ++row)
        for (int column = 0; column < side; ++column) {
            const double a = surface->coordinate(column);
            const double b = surface->coordinate(row);
            surface->loss.push_back(0.05 * std::exp(2.0 * a * a + 3.0 * b * b + 0.5 * a));
        }
    surface->path = {{600, -0.8, 0.2}, {700, -0.5, -0.4}, {880, 3.0, 0.1}, {890, -0.1, 0.0}};
    return surface;
}

inline std::shared_ptr<Snapshot> makeSnapshot(std::vector<int> hidden = {8, 8}) {
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->run = 1;
    NetworkSpec spec;
    spec.inputs = 2;
    spec.hidden = std::move(hidden);
    spec.outputs = 2;
    spec.objective = findObjective("softmax");
    snapshot->spec = spec;
    auto dataset = std::make_shared<Dataset>();
    dataset->featureNames = {"x", "y"};
    dataset->classNames = {"0", "1"};
    snapshot->dataset = dataset;
    snapshot->parameters = std::make_shared<std::vector<float>>(114, 0.0F);
    auto curves = std::make_shared<Curves>();
    curves->marks.push_back({700, ThermalKick{}, 7, 1});
    snapshot->curves = curves;
    return snapshot;
}

inline Frame makeFrame(std::shared_ptr<const Surface> surface, NeuronId selected = {}) {
    return {makeSnapshot(), std::move(surface), selected};
}

/// A dead neuron's own plane: dead where a is below 0.4.
inline std::shared_ptr<Surface> makePlateau() {
    auto surface = makeSurface(21);
    surface->choice = {"neuron", 2, 4};
    surface->slope = {0.0, 0.0};
    surface->path.clear();
    DeadRegion region;
    region.neuron = NeuronPlace{1, 3};
    region.neurons = 16;
    region.exact = true;
    region.corners = {{-1.0, -1.0}, {0.4, -1.0}, {0.4, 1.0}, {-1.0, 1.0}};
    region.share = 0.7;
    region.way = WayToLife{0.4, 1};
    for (int row = 0; row < 21; ++row)
        for (int column = 0; column < 21; ++column) {
            const double a = surface->coordinate(column);
            surface->loss[static_cast<std::size_t>(row * 21 + column)] = a <= 0.4 ? 0.9 : 1.3 - a;
            region.life.push_back(static_cast<float>(a - 0.4));
            region.count.push_back(a <= 0.4 ? 3 : 2);
        }
    surface->centre = 0.9;
    surface->dead = region;
    return surface;
}

} // namespace flatline
