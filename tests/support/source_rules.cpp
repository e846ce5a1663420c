#include "support/source_rules.h"

#include <QRegularExpression>

namespace obm::test {

namespace {

int lineCount(const SourceFile& file)
{
    return static_cast<int>(file.lines.size()) - (file.lines.last().isEmpty() ? 1 : 0);
}

// Finds functions by their braces at namespace and class level; what lies inside a function belongs to it.
class FunctionScan
{
public:
    explicit FunctionScan(const SourceFile& file)
        : m_file(file)
    {}

    Violations run()
    {
        bool continued = false;
        for (m_line = 1; m_line <= m_file.code.size(); ++m_line) {
            const QString& text = m_file.code[m_line - 1];
            const bool preprocessor = continued || text.trimmed().startsWith(u'#');
            continued = preprocessor && text.endsWith(u'\\');
            for (const QChar c : preprocessor ? QString() : text) {
                m_bodyDepth > 0 ? insideBody(c) : atScope(c);
            }
            if (m_bodyDepth == 0) {
                endLine();
            }
        }
        return m_found;
    }

private:
    void atScope(QChar c)
    {
        if (m_bodyClosed && !c.isSpace()) { // `: m_a{1}, m_b{2} {` is one function
            m_bodyClosed = false;
            if (c != u',' && c != u'{') {
                m_statement.clear();
            }
        }
        if (c == u'{') {
            open();
        } else if (c == u'}' || c == u';' || (c == u':' && isAccessLabel())) {
            m_statement.clear();
        } else if (!m_statement.isEmpty() || !c.isSpace()) {
            append(c);
        }
    }

    void append(QChar c)
    {
        if (m_statement.isEmpty()) {
            m_statementLine = m_line;
        }
        m_statement += c;
    }

    void open()
    {
        static const QRegularExpression scope(
            QStringLiteral("^(template\\s*<.*>\\s*)?(inline\\s+)?(namespace|class|struct|union|enum|extern)\\b"));
        const QString head = QString(m_statement).remove(QStringLiteral("alignas("));
        if (head.contains(scope) && !head.contains(u'(')) {
            m_statement.clear();
        } else {
            m_bodyDepth = 1;
        }
    }

    void insideBody(QChar c)
    {
        m_bodyDepth += c == u'{' ? 1 : c == u'}' ? -1 : 0;
        if (m_bodyDepth > 0) {
            return;
        }
        m_bodyClosed = true;
        const int length = m_line - m_statementLine + 1;
        const bool isFunction = m_statement.contains(u'(') && !m_statement.trimmed().endsWith(u'=');
        if (isFunction && length > functionLinesMax) {
            m_found.append({m_file.path, m_statementLine,
                            QStringLiteral("a function of %1 lines, at most %2").arg(length).arg(functionLinesMax)});
        }
    }

    void endLine()
    {
        static const QRegularExpression macro(QStringLiteral("^Q_(OBJECT|GADGET|NAMESPACE)$"));
        if (m_statement.trimmed().contains(macro)) {
            m_statement.clear();
        }
    }

    [[nodiscard]] bool isAccessLabel() const
    {
        static const QRegularExpression label(
            QStringLiteral("^(public|protected|private|Q_SIGNALS)(\\s+Q_SLOTS)?\\s*$"));
        return m_statement.contains(label);
    }

    const SourceFile& m_file;
    Violations m_found;
    QString m_statement;
    int m_statementLine = 0;
    int m_line = 0;
    int m_bodyDepth = 0;
    bool m_bodyClosed = false;
};

struct ForbiddenPattern
{
    const char* pattern;
    const char* message;
    const char* folders = ""; // a regular expression on the folder; empty: everywhere
};

constexpr ForbiddenPattern forbiddenPatterns[] = {
    {":\\s*(public|protected|private)?\\s*QThread\\b", "a QThread subclass: move a plain object to a QThread"},
    {"\\bprocessEvents\\b", "a nested event loop: processEvents"},
    {"\\bBlockingQueuedConnection\\b", "one thread waits for another: BlockingQueuedConnection"},
    {"\\b(sleep|msleep|usleep|nanosleep|qSleep|qWait|sleep_for|sleep_until)\\s*\\(",
     "a sleep: wait for an event or a condition"},
    {"\\bQTRY_", "QTRY_... looks again at what held for a moment: AWAIT (tests/support/await.h)"},
    {"\\b(float|double)\\b", "floating point where prices and quantities are", "^core/(market|book)$"},
    {"\\b(class|struct)\\s+(?!\\w*ExchangeInfo\\b)\\w*(Manager|Helper|Util|Utils|Handler|Service|Info)\\b(?!\\s*;)",
     "a name that says nothing: Manager, Helper, Util, Handler, Service, Info"},
};

void matchLines(const SourceFile& file, const QStringList& lines, const QString& pattern, const QString& message,
                Violations& found)
{
    const QRegularExpression expression(pattern);
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (lines[i].contains(expression)) {
            found.append({file.path, static_cast<int>(i) + 1, message});
        }
    }
}

// Why a quoted include is not allowed in `file`; empty if it is.
QString quotedIncludeFault(const SourceFile& file, const QString& included, const LibraryGraph& graph)
{
    if (included.endsWith(QLatin1String(".moc")) || file.path.startsWith(QLatin1String("tests/"))) {
        return {};
    }
    const QString target = included.section(u'/', 0, 0);
    const QString top = file.path.section(u'/', 0, 0);
    const QString own = file.path.section(u'/', 1, 1);
    if (target == QLatin1String("app") || target == QLatin1String("ui")) {
        const bool down = top == QLatin1String("app") || top == target;
        return down ? QString() : QStringLiteral("includes point down: %1 never includes %2").arg(top, target);
    }
    static const QSet<QString> behindMonitor = {QStringLiteral("exchange"), QStringLiteral("kafka"),
                                                QStringLiteral("localexchange"), QStringLiteral("redis")};
    if (top == QLatin1String("ui") && behindMonitor.contains(target)) {
        return QStringLiteral("ui sees %1 through the values of core/monitor only").arg(target);
    }
    if (!graph.uses.contains(target)) {
        return QStringLiteral("\"%1\" is not written from core/ or the project's root").arg(included);
    }
    if (top == QLatin1String("core") && !graph.uses.value(own).contains(target)) {
        return QStringLiteral("core/%1 does not link obm_%2 (core/CMakeLists.txt)").arg(own, target);
    }
    return {};
}

// The same for an include in angle brackets.
QString systemIncludeFault(const SourceFile& file, const QString& included, const LibraryGraph& graph)
{
    static const QRegularExpression qt(QStringLiteral("^Q(t|[A-Z])"));
    const QString top = file.path.section(u'/', 0, 0);
    const QString own = file.path.section(u'/', 1, 1);
    if (top == QLatin1String("core") && graph.uses.contains(own) && !graph.withQt.contains(own) &&
        included.contains(qt)) {
        return QStringLiteral("core/%1 is free of Qt").arg(own);
    }
    if (top != QLatin1String("tests") && included.startsWith(QLatin1String("librdkafka/")) &&
        own != QLatin1String("kafka")) {
        return QStringLiteral("librdkafka is known to core/kafka only");
    }
    if (top != QLatin1String("tests") && included.startsWith(QLatin1String("hiredis/")) &&
        own != QLatin1String("redis")) {
        return QStringLiteral("hiredis is known to core/redis only");
    }
    return {};
}

} // namespace

Violations checkSize(const SourceFile& file)
{
    const int limit = file.isHeader() ? headerLinesMax : sourceLinesMax;
    const int count = lineCount(file);
    if (count <= limit) {
        return {};
    }
    return {{file.path, count, QStringLiteral("%1 lines, at most %2").arg(count).arg(limit)}};
}

Violations checkFunctionLength(const SourceFile& file)
{
    return FunctionScan(file).run();
}

Violations checkLayout(const SourceFile& file)
{
    Violations found;
    matchLines(file, file.lines, QStringLiteral("\\t"), QStringLiteral("a tab"), found);
    matchLines(file, file.lines, QStringLiteral("\\s$"), QStringLiteral("blanks at the end of the line"), found);
    matchLines(file, file.lines, QStringLiteral("^.{%1,}$").arg(columnsMax + 1),
               QStringLiteral("more than %1 columns").arg(columnsMax), found);
    if (!file.lines.last().isEmpty()) {
        found.append({file.path, lineCount(file), QStringLiteral("no newline at the end of the file")});
    }
    return found;
}

Violations checkHeaderOpening(const SourceFile& file)
{
    if (!file.isHeader()) {
        return {};
    }
    Violations found;
    if (!file.lines.first().startsWith(QLatin1String("// "))) {
        found.append({file.path, 1, QStringLiteral("a header opens with a comment: what, why, thread, units, errors")});
    }
    if (!file.lines.contains(QLatin1String("#pragma once"))) {
        found.append({file.path, 1, QStringLiteral("no #pragma once")});
    }
    return found;
}

Violations checkUnfinished(const SourceFile& file)
{
    Violations found;
    const QStringList marks = {QStringLiteral("TO"
                                              "DO"),
                               QStringLiteral("FIX"
                                              "ME"),
                               QStringLiteral("XX"
                                              "X")};
    matchLines(file, file.lines, QStringLiteral("\\b(%1)\\b").arg(marks.join(u'|')),
               QStringLiteral("a mark of unfinished work"), found);
    return found;
}

Violations checkForbidden(const SourceFile& file)
{
    Violations found;
    for (const ForbiddenPattern& forbidden : forbiddenPatterns) {
        if (file.folder().contains(QRegularExpression(QLatin1String(forbidden.folders)))) {
            matchLines(file, file.code, QLatin1String(forbidden.pattern), QLatin1String(forbidden.message), found);
        }
    }
    return found;
}

Violations checkIncludes(const SourceFile& file, const LibraryGraph& graph)
{
    static const QRegularExpression include(QStringLiteral("^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]"));
    Violations found;
    for (qsizetype i = 0; i < file.lines.size(); ++i) {
        const QRegularExpressionMatch match = include.match(file.lines[i]);
        if (!match.hasMatch()) {
            continue;
        }
        const auto check = match.captured(1) == QLatin1String("<") ? systemIncludeFault : quotedIncludeFault;
        const QString fault = check(file, match.captured(2), graph);
        if (!fault.isEmpty()) {
            found.append({file.path, static_cast<int>(i) + 1, fault});
        }
    }
    return found;
}

} // namespace obm::test
