// The seed of a property test: another one each time, or OBM_SEED to run a failure again. A failing test prints it.
#pragma once

#include <QByteArray>
#include <QTest>

#include <cstdint>
#include <random>

namespace obm::test {

inline std::uint64_t seedOfRun()
{
    bool isGiven = false;
    const std::uint64_t given = qgetenv("OBM_SEED").toULongLong(&isGiven);
    return isGiven ? given : std::random_device()();
}

// At the end of a test function.
inline void tellSeedOnFailure(std::uint64_t seed)
{
    if (QTest::currentTestFailed())
        qWarning("run again with OBM_SEED=%llu", static_cast<unsigned long long>(seed));
}

} // namespace obm::test
