// Waits for a condition, with the event loop running: AWAIT for what becomes true, AWAIT_EQUAL for what becomes equal.
// Why not QTRY_VERIFY and QTRY_COMPARE: they evaluate what they waited for again, twice, so that a condition that is
// right to hold for a moment only fails; and they wait for twice the limit before they fail.
// Thread: that of the test, in a function that returns void.
#pragma once

#include <QTest>

// condition: evaluated every few milliseconds, never again once it held.
#define AWAIT_WITHIN(condition, limitMs)                                                                               \
    do {                                                                                                               \
        if (!QTest::qVerify(QTest::qWaitFor([&] { return static_cast<bool>(condition); }, limitMs), #condition, "",    \
                            __FILE__, __LINE__))                                                                       \
            return;                                                                                                    \
    } while (false)

// Only if it never was equal in time are both compared once more, so that a failure shows the values.
#define AWAIT_EQUAL_WITHIN(actual, expected, limitMs)                                                                  \
    do {                                                                                                               \
        if (!QTest::qWaitFor([&] { return (actual) == (expected); }, limitMs))                                         \
            QCOMPARE(actual, expected);                                                                                \
    } while (false)

#define AWAIT(condition) AWAIT_WITHIN(condition, 5'000)
#define AWAIT_EQUAL(actual, expected) AWAIT_EQUAL_WITHIN(actual, expected, 5'000)
