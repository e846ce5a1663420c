// The source tree keeps the rules of the house; and each rule is shown to catch what it forbids.
#include "support/source_rules.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace obm::test;

namespace {

using Rule = Violations (*)(const SourceFile&);

QString readAll(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

const QString exampleGraph = QStringLiteral(R"(
obm_library(market LIBRARIES simdjson::simdjson)   # obm_library(comment)
obm_library(book LIBRARIES obm_market)
obm_library(kafka QT LIBRARIES PkgConfig::rdkafka)
obm_library(pipeline QT
            LIBRARIES obm_book obm_kafka)
)");

QString function(int bodyLines)
{
    return QStringLiteral("int f()\n{\n") + QStringLiteral("    work();\n").repeated(bodyLines) + QStringLiteral("}\n");
}

QString join(const Violations& violations)
{
    QStringList lines;
    for (const Violation& violation : violations) {
        lines.append(violation.toString());
    }
    return lines.join(u'\n');
}

// One line each: a failure's own message is cut at a kilobyte.
bool report(const Violations& violations)
{
    for (const Violation& violation : violations) {
        qWarning("%s", qPrintable(violation.toString()));
    }
    return violations.isEmpty();
}

} // namespace

class SourceTreeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void treeKeepsRule_data();
    void treeKeepsRule();
    void treeIncludesPointDown();
    void ruleCatches_data();
    void ruleCatches();
    void ruleAllows_data();
    void ruleAllows();
    void functionLengthIsExact_data();
    void functionLengthIsExact();
    void includeRule_data();
    void includeRule();
    void graphIsTransitive();
    void graphRefusesUpwardLinks();

private:
    QDir m_root{QStringLiteral(OBM_SOURCE_DIR)};
    QList<SourceFile> m_files;
};

void SourceTreeTest::initTestCase()
{
    for (const char* top : {"core", "app", "ui", "tests"}) {
        QDirIterator walk(m_root.filePath(QLatin1String(top)), {QStringLiteral("*.h"), QStringLiteral("*.cpp")},
                          QDir::Files, QDirIterator::Subdirectories);
        while (walk.hasNext()) {
            const QString path = walk.next();
            m_files.append(SourceFile::scan(m_root.relativeFilePath(path), readAll(path)));
        }
    }
    QVERIFY2(m_files.size() > 10, "the source tree was not found");
}

void SourceTreeTest::treeKeepsRule_data()
{
    QTest::addColumn<Rule>("rule");
    QTest::newRow("size of files") << Rule(checkSize);
    QTest::newRow("length of functions") << Rule(checkFunctionLength);
    QTest::newRow("layout") << Rule(checkLayout);
    QTest::newRow("headers open with a comment") << Rule(checkHeaderOpening);
    QTest::newRow("nothing unfinished") << Rule(checkUnfinished);
    QTest::newRow("nothing forbidden") << Rule(checkForbidden);
}

void SourceTreeTest::treeKeepsRule()
{
    QFETCH(Rule, rule);
    Violations found;
    for (const SourceFile& file : std::as_const(m_files)) {
        found.append(rule(file));
    }
    QVERIFY(report(found));
}

void SourceTreeTest::treeIncludesPointDown()
{
    const auto graph = LibraryGraph::parse(readAll(m_root.filePath(QStringLiteral("core/CMakeLists.txt"))));
    QVERIFY2(graph.has_value(), graph ? "" : qPrintable(graph.error()));
    QVERIFY(graph->uses.contains(QStringLiteral("market")));
    Violations found;
    for (const SourceFile& file : std::as_const(m_files)) {
        found.append(checkIncludes(file, *graph));
    }
    QVERIFY(report(found));
}

void SourceTreeTest::ruleCatches_data()
{
    QTest::addColumn<Rule>("rule");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("line");
    const QString code = QStringLiteral("core/book/x.cpp");
    const QString header = QStringLiteral("core/book/x.h");
    QTest::newRow("long header") << Rule(checkSize) << header << QStringLiteral("\n").repeated(201) << 201;
    QTest::newRow("long source") << Rule(checkSize) << code << QStringLiteral("\n").repeated(401) << 401;
    QTest::newRow("long function") << Rule(checkFunctionLength) << code << function(68) << 1;
    QTest::newRow("tab") << Rule(checkLayout) << code << QStringLiteral("int a;\n\tint b;\n") << 2;
    QTest::newRow("trailing blank") << Rule(checkLayout) << code << QStringLiteral("int a; \n") << 1;
    QTest::newRow("carriage return") << Rule(checkLayout) << code << QStringLiteral("int a;\r\n") << 1;
    QTest::newRow("wide line") << Rule(checkLayout) << code << QString(121, u'x') + u'\n' << 1;
    QTest::newRow("no last newline") << Rule(checkLayout) << code << QStringLiteral("int a;") << 1;
    QTest::newRow("bare header") << Rule(checkHeaderOpening) << header << QStringLiteral("#pragma once\n") << 1;
    QTest::newRow("no pragma once") << Rule(checkHeaderOpening) << header << QStringLiteral("// What\n") << 1;
    QTest::newRow("unfinished") << Rule(checkUnfinished) << code
                                << QStringLiteral("\n// TO"
                                                  "DO later\n")
                                << 2;
    const auto forbidden = [&](const char* name, const char* text) {
        QTest::newRow(name) << Rule(checkForbidden) << code << QString::fromLatin1(text) + u'\n' << 1;
    };
    forbidden("thread subclass", "class Worker : public QThread");
    forbidden("nested loop", "QCoreApplication::processEvents();");
    forbidden("blocking connection", "connect(a, b, c, d, Qt::BlockingQueuedConnection);");
    forbidden("sleep", "std::this_thread::sleep_for(1ms);");
    forbidden("sleep in a test", "QTest::qSleep(10);");
    forbidden("wait that looks again", "QTRY_VERIFY(isDone());");
    forbidden("float", "double price = 0;");
    forbidden("empty name", "class BookManager");
}

void SourceTreeTest::ruleCatches()
{
    QFETCH(Rule, rule);
    QFETCH(QString, path);
    QFETCH(QString, text);
    const Violations found = rule(SourceFile::scan(path, text));
    QCOMPARE(found.size(), 1);
    QCOMPARE(found.first().path, path);
    QTEST(found.first().line, "line");
}

void SourceTreeTest::ruleAllows_data()
{
    QTest::addColumn<Rule>("rule");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("text");
    const QString book = QStringLiteral("core/book/x.cpp");
    const QString store = QStringLiteral("core/redis/x.cpp");
    QTest::newRow("comment") << Rule(checkForbidden) << book << QStringLiteral("int a; // no double, no sleep(1)\n");
    QTest::newRow("block comment") << Rule(checkForbidden) << book << QStringLiteral("/* double\n double */ int a;\n");
    QTest::newRow("string") << Rule(checkForbidden) << book << QStringLiteral("auto a = \"\\\" processEvents\";\n");
    QTest::newRow("raw string") << Rule(checkForbidden) << book << QStringLiteral("auto a = R\"x(\" double )\")x\";\n");
    QTest::newRow("digit separator") << Rule(checkForbidden) << book
                                     << QStringLiteral("int a = 1'000; char c = '\"';\n");
    QTest::newRow("float elsewhere") << Rule(checkForbidden) << store << QStringLiteral("double seconds = 0;\n");
    QTest::newRow("the exchange's term") << Rule(checkForbidden) << book << QStringLiteral("struct ExchangeInfo\n");
    QTest::newRow("QThread member") << Rule(checkForbidden) << store << QStringLiteral("QThread m_thread;\n");
    QTest::newRow("long table") << Rule(checkFunctionLength) << book
                                << QStringLiteral("const int table[] = {\n") + QStringLiteral("    1,\n").repeated(90) +
                                       QStringLiteral("};\n");
    QTest::newRow("long class") << Rule(checkFunctionLength) << book
                                << QStringLiteral("class alignas(64) A final : public B\n{\npublic:\n") +
                                       QStringLiteral("    int f() { return 1; }\n").repeated(90) +
                                       QStringLiteral("};\n");
}

void SourceTreeTest::ruleAllows()
{
    QFETCH(Rule, rule);
    QFETCH(QString, path);
    QFETCH(QString, text);
    const Violations found = rule(SourceFile::scan(path, text));
    QVERIFY(report(found));
}

void SourceTreeTest::functionLengthIsExact_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("head");
    QTest::addColumn<int>("headLines");
    QTest::newRow("free") << QString() << QStringLiteral("void f()\n{\n") << 2;
    QTest::newRow("in a namespace") << QStringLiteral("namespace a::b {\n\n") << QStringLiteral("void f()\n{\n") << 2;
    QTest::newRow("in a class") << QStringLiteral("struct A\n{\n    Q_OBJECT\npublic:\n")
                                << QStringLiteral("    void f() {\n") << 1;
    QTest::newRow("template") << QString() << QStringLiteral("template <class T>\nvoid f(T t)\n{\n") << 3;
    QTest::newRow("constructor") << QString() << QStringLiteral("A::A(int a)\n    : m_a{a}\n    , m_b{a}\n{\n") << 4;
    QTest::newRow("lambda") << QString() << QStringLiteral("const auto f = [](int a) {\n") << 1;
    QTest::newRow("after a macro") << QStringLiteral("#define A \\\n    {\n") << QStringLiteral("void f()\n{\n") << 2;
    QTest::newRow("inner braces") << QString() << QStringLiteral("void f()\n{\n    if (a) { b = {1, 2}; }\n") << 3;
}

void SourceTreeTest::functionLengthIsExact()
{
    QFETCH(QString, before);
    QFETCH(QString, head);
    QFETCH(int, headLines);
    const auto violations = [&](int lines) {
        const QString body = QStringLiteral("    work();\n").repeated(lines - headLines - 1);
        return checkFunctionLength(
            SourceFile::scan(QStringLiteral("core/a/a.cpp"), before + head + body + QStringLiteral("}\n")));
    };
    QCOMPARE(join(violations(functionLinesMax)), QString());
    const Violations found = violations(functionLinesMax + 1);
    QCOMPARE(found.size(), 1);
    QCOMPARE(found.first().line, before.count(u'\n') + 1);
}

void SourceTreeTest::includeRule_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("include");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const char* path, const char* include, bool allowed) {
        QTest::addRow("%s: %s", path, include) << QString::fromLatin1(path) << QString::fromLatin1(include) << allowed;
    };
    row("core/book/x.h", "\"market/depth.h\"", true);
    row("core/book/x.h", "\"book/y.h\"", true);
    row("core/book/x.h", "<vector>", true);
    row("core/market/x.h", "\"book/y.h\"", false);
    row("core/pipeline/x.cpp", "\"market/depth.h\"", true);
    row("core/kafka/x.cpp", "\"market/depth.h\"", false);
    row("core/kafka/x.cpp", "\"x.h\"", false);
    row("core/kafka/x.cpp", "\"core/kafka/x.h\"", false);
    row("core/kafka/x.cpp", "\"x.moc\"", true);
    row("core/pipeline/x.cpp", "\"ui/main_window.h\"", false);
    row("core/pipeline/x.cpp", "\"app/command_line.h\"", false);
    row("ui/x.cpp", "\"app/command_line.h\"", false);
    row("ui/x.cpp", "\"pipeline/status.h\"", true);
    row("ui/x.cpp", "\"kafka/consumer.h\"", false);
    row("app/x.cpp", "\"ui/main_window.h\"", true);
    row("core/book/x.h", "<QString>", false);
    row("core/book/x.h", "<QtCore/QString>", false);
    row("core/kafka/x.h", "<QString>", true);
    row("core/kafka/x.cpp", "<librdkafka/rdkafka.h>", true);
    row("core/pipeline/x.cpp", "<librdkafka/rdkafka.h>", false);
    row("app/x.cpp", "<hiredis/hiredis.h>", false);
    row("tests/e2e/x.cpp", "<hiredis/hiredis.h>", true);
}

void SourceTreeTest::includeRule()
{
    QFETCH(QString, path);
    QFETCH(QString, include);
    const auto graph = LibraryGraph::parse(exampleGraph);
    QVERIFY(graph.has_value());
    const Violations found =
        checkIncludes(SourceFile::scan(path, QStringLiteral("#include ") + include + u'\n'), *graph);
    QTEST(found.isEmpty(), "allowed");
}

void SourceTreeTest::graphIsTransitive()
{
    const auto graph = LibraryGraph::parse(exampleGraph);
    QVERIFY(graph.has_value());
    QCOMPARE(graph->uses.size(), 4);
    QCOMPARE(graph->uses.value(QStringLiteral("pipeline")),
             (QSet<QString>{QStringLiteral("pipeline"), QStringLiteral("book"), QStringLiteral("market"),
                            QStringLiteral("kafka")}));
    QCOMPARE(graph->withQt, (QSet<QString>{QStringLiteral("kafka"), QStringLiteral("pipeline")}));
}

void SourceTreeTest::graphRefusesUpwardLinks()
{
    const auto graph =
        LibraryGraph::parse(QStringLiteral("obm_library(market LIBRARIES obm_book)\nobm_library(book)\n"));
    QVERIFY(!graph.has_value());
    QVERIFY(graph.error().contains(QLatin1String("market uses book")));
}

QTEST_APPLESS_MAIN(SourceTreeTest)
#include "tst_source_tree.moc"
