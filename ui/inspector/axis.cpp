#include "ui/inspector/axis.h"

#include <algorithm>
#include <cmath>

namespace obm {

std::vector<double> roundTicks(double least, double most, int wanted)
{
    if (!(most > least) || wanted < 1)
        return {};
    const double rough = (most - least) / wanted;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    double step = power * 10;
    for (const double factor : {5.0, 2.0, 1.0}) {
        if (power * factor >= rough * 0.999)
            step = power * factor;
    }
    std::vector<double> ticks;
    for (double index = std::ceil(least / step - 1e-9); index * step <= most + step * 1e-9; ++index)
        ticks.push_back(index * step);
    return ticks;
}

} // namespace obm
