// Lets QCOMPARE print what a std::string holds.
#pragma once

#include <QTest>

#include <string>

namespace QTest {

template <>
inline char* toString(const std::string& text)
{
    return qstrdup(text.c_str());
}

} // namespace QTest
