#include "core/landscape/principal_plane.h"

#include "core/base/result.h"
#include "core/base/symmetric_eigen.h"
#include "core/landscape/directions.h"

#include <algorithm>
#include <cmath>

namespace flatline {
namespace {

constexpr double reach = 0.9;
constexpr double straight = 1e-8; // of the variance: it strays from the line by less than a picture shows

/// How far what is learnt has moved since the keyframe, backwards: theta_then - theta_now.
Direction movedSince(const Keyframe& keyframe, const PlaneContext& context, const Layout& layout) {
    const std::vector<float>& now = *context.parameters;
    Direction moved = parametersIn(keyframe, context.spec, layout, now);
    if (moved.empty())
        return moved;
    for (const Block& block : layout.blocks())
        for (std::size_t i = block.offset; i < block.offset + block.size(); ++i)
            moved[i] = isLearnt(block.kind) ? moved[i] - now[i] : 0.0F;
    return moved;
}

/// As columns; the last one is 0, the parameters now.
Eigen::MatrixXf pathMatrix(const PlaneContext& context, const Layout& layout) {
    std::vector<Direction> moves;
    for (const auto& keyframe : context.path) {
        Direction moved = movedSince(*keyframe, context, layout);
        const double length = dot(moved, moved);
        if (length > 0.0 && std::isfinite(length))
            moves.push_back(std::move(moved));
    }
    Eigen::MatrixXf path =
        Eigen::MatrixXf::Zero(static_cast<Eigen::Index>(layout.size()), static_cast<Eigen::Index>(moves.size()) + 1);
    for (std::size_t i = 0; i < moves.size(); ++i)
        std::ranges::copy(moves[i], path.col(static_cast<Eigen::Index>(i)).data());
    return path;
}

/// The columns' inner products about their mean: with C = I - 1 1'/n,  C X'X C.
Eigen::MatrixXd centredGram(const Eigen::MatrixXf& path, const std::atomic<bool>* cancelled) {
    const Eigen::Index count = path.cols();
    Eigen::MatrixXd gram(count, count);
    for (Eigen::Index i = 0; i < count; ++i) {
        const Eigen::VectorXd column = path.col(i).cast<double>();
        for (Eigen::Index j = 0; j <= i; ++j)
            gram(i, j) = gram(j, i) = column.dot(path.col(j).cast<double>());
        if (cancelled != nullptr && cancelled->load(std::memory_order_relaxed))
            return {};
    }
    const Eigen::RowVectorXd columns = gram.colwise().mean();
    gram.rowwise() -= columns;
    const Eigen::VectorXd rows = gram.rowwise().mean();
    gram.colwise() -= rows;
    return gram;
}

/// The principal direction that a Gram matrix's eigenvector stands for, as long as the path needs it. Its sign is that
/// of `before`, or else such that the path begins to the left, or below.
Direction principal(const Eigen::MatrixXf& path, const Eigen::VectorXd& weights, const Direction* before) {
    const Eigen::VectorXd centred = weights.array() - weights.mean();
    Eigen::VectorXd direction = Eigen::VectorXd::Zero(path.rows());
    for (Eigen::Index i = 0; i < path.cols(); ++i)
        direction += centred[i] * path.col(i).cast<double>();
    direction.normalize();
    double farthest = 0.0;
    double beginning = 0.0;
    for (Eigen::Index i = 0; i < path.cols(); ++i) {
        const double place = direction.dot(path.col(i).cast<double>());
        farthest = std::max(farthest, std::abs(place));
        beginning = i == 0 ? place : beginning;
    }
    Direction result(static_cast<std::size_t>(path.rows()));
    for (std::size_t i = 0; i < result.size(); ++i)
        result[i] = static_cast<float>(farthest / reach * direction[static_cast<Eigen::Index>(i)]);
    if (before != nullptr ? dot(result, *before) < 0.0 : beginning > 0.0)
        scale(result, -1.0);
    return result;
}

} // namespace

std::optional<Plane> principalPlane(const PlaneChoice& /*choice*/, const PlaneContext& context) {
    const Layout layout = layoutOf(context.spec);
    const Eigen::MatrixXf path = pathMatrix(context, layout);
    Plane plane;
    if (path.cols() < 2) {
        const auto direction = [&](std::uint32_t which) {
            return filterNormalized(layout, *context.parameters,
                                    RandomStream(context.seed, StreamId::Directions, which), true);
        };
        plane.first = direction(0);
        plane.second = direction(1);
        plane.remark = FLATLINE_TEXT("no path yet: random directions");
        return plane;
    }
    const Eigen::MatrixXd gram = centredGram(path, context.cancelled);
    if (gram.size() == 0)
        return std::nullopt;
    const SymmetricEigen eigen = symmetricEigen(gram);
    const Eigen::Index last = path.cols() - 1;
    const double total = gram.trace();
    const double first = eigen.values[last];
    const double second = std::max(0.0, eigen.values[last - 1]);
    plane.explained = {first / total, second / total};
    const Plane* before = context.before;
    plane.first = principal(path, eigen.vectors.col(last), before != nullptr ? &before->first : nullptr);
    if (second > straight * first) {
        plane.second = principal(path, eigen.vectors.col(last - 1), before != nullptr ? &before->second : nullptr);
    } else {
        plane.second = randomOfLength(std::sqrt(dot(plane.first, plane.first)), layout, *context.parameters,
                                      RandomStream(context.seed, StreamId::Directions, 1), plane.first);
        plane.remark = FLATLINE_TEXT("a straight path so far: the second direction is random");
    }
    return plane;
}

} // namespace flatline
