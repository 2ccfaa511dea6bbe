#pragma once

#include "core/kernels/code/product_code.h"

namespace flatline::kernels {

inline constexpr int widestOfAll = 12;

/// The largest tiles: as many sums as fit the registers beside what is loaded for them, twelve of sixteen.
template <class V>
[[nodiscard]] constexpr int widestTile(int vectors) {
    const int widest = V::registers / 16 *
                       (vectors == 1   ? 12
                        : vectors == 2 ? 6
                        : vectors == 3 ? 4
                        : vectors == 4 ? 3
                                       : 2);
    return widest < widestOfAll ? widest : widestOfAll;
}
inline constexpr int mostVectors = 6;

using TileFunction = void (*)(const Product&, int lane, int strips, int column);

template <class V, int Vectors, int Columns>
constexpr TileFunction tileOf() {
    constexpr int columns = Columns <= widestTile<V>(Vectors) ? Columns : 1;
    return Tile<V, Vectors, columns>::run;
}

/// The tile of so many vectors and columns (1 to widestTile).
template <class V, int Vectors>
TileFunction tileFunction(int columns) {
    static constexpr TileFunction functions[] = {
        tileOf<V, Vectors, 1>(), tileOf<V, Vectors, 2>(),  tileOf<V, Vectors, 3>(),  tileOf<V, Vectors, 4>(),
        tileOf<V, Vectors, 5>(), tileOf<V, Vectors, 6>(),  tileOf<V, Vectors, 7>(),  tileOf<V, Vectors, 8>(),
        tileOf<V, Vectors, 9>(), tileOf<V, Vectors, 10>(), tileOf<V, Vectors, 11>(), tileOf<V, Vectors, 12>(),
    };
    return functions[columns - 1];
}

/// Strips of lanes over all columns, in tiles of nearly equal width.
template <class V, int Vectors>
void tiles(const Product& p, int lane, int strips) {
    const int count = (p.n + widestTile<V>(Vectors) - 1) / widestTile<V>(Vectors);
    if (count == 1) { // spares the division
        tileFunction<V, Vectors>(p.n)(p, lane, strips, 0);
        return;
    }
    const int narrow = p.n / count;
    const int wider = p.n - narrow * count;
    int column = 0;
    for (int i = 0; i < count; ++i) {
        const int columns = narrow + (i < wider ? 1 : 0);
        tileFunction<V, Vectors>(columns)(p, lane, strips, column);
        column += columns;
    }
}

/// Few columns want tall tiles, many columns wide ones: enough sums to hide the latency of an addition.
[[nodiscard]] constexpr int stripHeight(int vectors, int columns, int depth) {
    int best = columns <= 2 ? 6 : columns == 3 ? 4 : columns == 4 ? 3 : 2;
    if (best == 2 && vectors >= 3) {
        const bool fuller =
            depth <= 128 && (vectors % 3 == 0 || vectors > 8) && 3 * ((columns + 5) / 6) > 2 * ((columns + 3) / 4);
        if (vectors % 2 != 0 || fuller)
            best = 3;
    }
    return best < vectors ? best : (vectors == 5 ? 3 : vectors);
}

/// Sums of few terms over many lanes.
template <class V, int Depth>
void shallowProduct(const Product& p) {
    constexpr int widest = Depth == 1 ? 6 : 4;
    int column = 0;
    for (; column + widest <= p.n; column += widest)
        ShallowTile<V, Depth, widest>::run(p, column);
    switch (p.n - column) {
    case 1:
        ShallowTile<V, Depth, 1>::run(p, column);
        break;
    case 2:
        ShallowTile<V, Depth, 2>::run(p, column);
        break;
    case 3:
        ShallowTile<V, Depth, 3>::run(p, column);
        break;
    case 4:
        ShallowTile<V, Depth, 4>::run(p, column);
        break;
    case 5:
        ShallowTile<V, Depth, 5>::run(p, column);
        break;
    default:
        break;
    }
}

/// That many vectors of lanes from a lane on. Where A is small, a tile goes through all its strips in one go; else a
/// strip through all columns, which read it again and again.
template <class V>
void strips(const Product& p, int from, int whole) {
    const bool small = p.m * p.k <= 4096;
    int done = 0;
    while (done < whole) {
        const int vectors = stripHeight(whole - done, p.n, p.k);
        const int count = small ? (whole - done) / vectors : 1;
        const int lane = from + done * V::lanes;
        switch (vectors) {
        case 1:
            tiles<V, 1>(p, lane, count);
            break;
        case 2:
            tiles<V, 2>(p, lane, count);
            break;
        case 3:
            tiles<V, 3>(p, lane, count);
            break;
        case 4:
            tiles<V, 4>(p, lane, count);
            break;
        default:
            tiles<V, mostVectors>(p, lane, count);
            break;
        }
        done += vectors * count;
    }
}

template <class V>
void shallowProduct(const Product& p) {
    if (p.k == 1)
        shallowProduct<V, 1>(p);
    else
        shallowProduct<V, 2>(p);
}

/// Many lanes in wide registers, as far as those are filled.
template <class V>
void wideShallowProduct(const Product& p) {
    const int wide = (p.exact ? p.m : padded(p.m)) / V::Wide::lanes * V::Wide::lanes;
    if (p.m <= wide) {
        shallowProduct<typename V::Wide>(p);
        return;
    }
    Product part = p;
    part.m = wide;
    shallowProduct<typename V::Wide>(part);
    part.a += wide;
    part.c += wide;
    part.factor += p.factor != nullptr ? wide : 0;
    part.m = p.m - wide;
    shallowProduct<V>(part);
}

template <class V>
void product(const Product& p) {
    if (p.m <= 0 || p.n <= 0)
        return;
    const int whole = (p.m + V::lanes - 1) / V::lanes;
    if (p.k <= 2 && p.laneInit == nullptr && whole >= 3 && p.finish != Finish::Descend) {
        if constexpr (requires { typename V::Wide; })
            wideShallowProduct<V>(p);
        else
            shallowProduct<V>(p);
        return;
    }
    int done = 0;
    if constexpr (requires { typename V::Wide; }) {
        done = whole / 2 * 2; // what is readable ends with one of V's vectors
        strips<typename V::Wide>(p, 0, done / 2);
    }
    strips<V>(p, done * V::lanes, whole - done);
}

} // namespace flatline::kernels
