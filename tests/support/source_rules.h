// The rules of the source tree that a machine can check: functions from a file's text to what breaks a rule.
// Why apart from tst_source_tree.cpp: so that each rule is first shown to catch its counterexample.
// Thread: pure functions.
#pragma once

#include <QHash>
#include <QList>
#include <QSet>
#include <QString>
#include <QStringList>

#include <expected>

namespace obm::test {

inline constexpr int headerLinesMax = 200;
inline constexpr int sourceLinesMax = 400;
inline constexpr int functionLinesMax = 70;
inline constexpr int columnsMax = 120;

struct SourceFile
{
    QString path; // from the project's root: core/market/depth.h
    QStringList lines;
    QStringList code; // the same lines without comments, and with string and character literals emptied

    static SourceFile scan(const QString& path, const QString& text);
    [[nodiscard]] bool isHeader() const { return path.endsWith(QLatin1String(".h")); }
    [[nodiscard]] QString folder() const; // "core/market", "app", "tests/unit"
};

struct Violation
{
    QString path;
    int line = 0;
    QString message;

    [[nodiscard]] QString toString() const;
};

using Violations = QList<Violation>;

// What core/CMakeLists.txt says: which core folder may include which. It is the only place where that is written down.
struct LibraryGraph
{
    QHash<QString, QSet<QString>> uses; // folder -> folders it links, through others too; itself included
    QSet<QString> withQt;

    // The error names a library that uses one declared below it: arrows only point down.
    static std::expected<LibraryGraph, QString> parse(const QString& cmake);
};

Violations checkSize(const SourceFile& file);
Violations checkFunctionLength(const SourceFile& file);
Violations checkLayout(const SourceFile& file);        // tabs, trailing blanks, columns, end of file
Violations checkHeaderOpening(const SourceFile& file); // a comment, then #pragma once
Violations checkUnfinished(const SourceFile& file);    // marks of unfinished work
Violations checkForbidden(const SourceFile& file);     // calls, types and names the house does without
Violations checkIncludes(const SourceFile& file, const LibraryGraph& graph);

} // namespace obm::test
