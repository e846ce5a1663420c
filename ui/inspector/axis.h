// Round values for the lines of a chart's axis, and where a value lies between two ends of a widget.
// Thread: pure functions.
#pragma once

#include <vector>

namespace obm {

// Multiples of 1, 2 or 5 times a power of ten within [least, most], about `wanted` of them.
std::vector<double> roundTicks(double least, double most, int wanted);

struct AxisSpan // values to pixels, linearly
{
    double least = 0;
    double most = 1;
    double from = 0; // the pixel of `least`
    double to = 1;

    [[nodiscard]] double pixel(double value) const
    {
        return most > least ? from + (value - least) / (most - least) * (to - from) : from;
    }
    [[nodiscard]] double value(double pixel) const
    {
        return to != from ? least + (pixel - from) / (to - from) * (most - least) : least;
    }
};

} // namespace obm
