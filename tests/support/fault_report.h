// One line for each fault that a test injects, for the table of tests/README.md:
//   FAULT topic deleted: right again after 3124 ms, promised 10000 ms
// Thread: any.
#pragma once

#include <QString>
#include <QtTest/qtestcase.h>

namespace obm::test {

// Says it, and is true when the promise was kept.
inline bool keptPromise(const QString& fault, qint64 tookMs, qint64 promisedMs)
{
    qInfo("FAULT %s: right again after %lld ms, promised %lld ms", qPrintable(fault), static_cast<long long>(tookMs),
          static_cast<long long>(promisedMs));
    return tookMs <= promisedMs;
}

} // namespace obm::test
