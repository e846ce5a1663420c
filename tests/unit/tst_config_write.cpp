// Changing keys in a configuration file: the person's text stays, the file is replaced in one step or not at all.
#include "config/config_loader.h"
#include "config/config_text.h"
#include "config/config_write.h"
#include "support/std_string.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace obm;

namespace {

const ConfigValue number = std::int64_t{5};

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("<none>");
}

void put(const QString& path, const QByteArray& text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
}

} // namespace

Q_DECLARE_METATYPE(obm::ConfigChanges)

class tst_ConfigWrite : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void changesText_data();
    void changesText();
    void refuses_data();
    void refuses();
    void changesTheDefaultFile();
    void writesAFileThatIsNotThere();
    void keepsModeAndLink();
    void leavesAFileThatCannotBeWritten();
    void namesTheFileInUse();
    void saysWhatOverrides();
    void speaksTheFilesWords();
};

void tst_ConfigWrite::changesText_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<ConfigChanges>("changes");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char* name, const char* before, const ConfigChanges& changes, const char* after) {
        QTest::newRow(name) << QByteArray(before) << changes << QByteArray(after);
    };
    const ConfigChanges levels = {{"redis.live_levels", number}};
    row("in its place", "# mine\n[redis]\nlive_levels = 10 # deep\n\n# end", levels,
        "# mine\n[redis]\nlive_levels = 5 # deep\n\n# end");
    row("to a table", "[redis] # r\nurl = \"embedded\" # u\n\n# next\n[log]\nlevel = \"info\"\n", levels,
        "[redis] # r\nurl = \"embedded\" # u\nlive_levels = 5\n\n# next\n[log]\nlevel = \"info\"\n");
    row("to an empty table", "[redis]\n[log]\n", levels, "[redis]\nlive_levels = 5\n[log]\n");
    row("to a table at the end", "[redis]", levels, "[redis]\nlive_levels = 5");
    row("to a new table", "[log]\nlevel = \"info\"", levels, "[log]\nlevel = \"info\"\n\n[redis]\nlive_levels = 5\n");
    row("to nothing", "", levels, "[redis]\nlive_levels = 5\n");
    row("dotted", "redis.live_levels = 10 # d\n", levels, "redis.live_levels = 5 # d\n");
    row("beside a dotted one", "redis.url = \"embedded\"\nlog.level = \"info\"\n", levels,
        "redis.url = \"embedded\"\nredis.live_levels = 5\nlog.level = \"info\"\n");
    row("in a line's table", "redis = { url = \"embedded\" } # one\n", levels,
        "redis = { live_levels = 5, url = \"embedded\" } # one\n");
    row("in an empty line's table", "redis = {}\n", levels, "redis = { live_levels = 5 }\n");
    row("beside a table inside", "[kafka.properties]\n\"a.b\" = \"c\"\n", {{"kafka.linger_ms", number}},
        "[kafka.properties]\n\"a.b\" = \"c\"\n\n[kafka]\nlinger_ms = 5\n");
    row("line ends of another system", "[redis]\r\nurl = \"embedded\"\r\n[log]\r\n", levels,
        "[redis]\r\nurl = \"embedded\"\r\nlive_levels = 5\r\n[log]\r\n");
    row("behind letters of two bytes", "redis = { live_key = \"größe\", live_levels = 10 } # ñ\n", levels,
        "redis = { live_key = \"größe\", live_levels = 5 } # ñ\n");
    row("a list of several lines", "[exchange]\nsymbols = [\n  \"A\",\n  \"B\" ] # mine\nsnapshot_limit = 5\n",
        {{"exchange.symbols", std::vector<std::string>{"C", "D"}}},
        "[exchange]\nsymbols = [\"C\", \"D\"] # mine\nsnapshot_limit = 5\n");
    row("a list by a word", "exchange.symbols = [\"A\"]\n", {{"exchange.symbols", std::string("all")}},
        "exchange.symbols = \"all\"\n");
    row("several at once", "[log]\nlevel = 'info'\n",
        {{"log.level", std::string("debug")}, {"log.format", std::string("json")}, {"metrics.listen", std::string()}},
        "[log]\nlevel = \"debug\"\nformat = \"json\"\n\n[metrics]\nlisten = \"\"\n");
    row("a property", "[kafka.properties]\n\"a.b\" = \"c\"\n", {{"kafka.properties.d.e", std::string("f")}},
        "[kafka.properties]\n\"a.b\" = \"c\"\n\"d.e\" = \"f\"\n");
    row("a property, dotted", "[kafka.properties]\na.b = \"c\" # p\n", {{"kafka.properties.a.b", std::string("f")}},
        "[kafka.properties]\na.b = \"f\" # p\n");
    row("what looks like a header", "log.format = '''\n[redis]'''\n", {}, "log.format = '''\n[redis]'''\n");
}

void tst_ConfigWrite::changesText()
{
    QFETCH(QByteArray, before);
    QFETCH(ConfigChanges, changes);
    const auto changed = withChanges(before.toStdString(), "a.toml", changes);
    QVERIFY2(changed.has_value(), changed ? "" : changed.error().line().c_str());
    QTEST(QByteArray::fromStdString(*changed), "after");
}

void tst_ConfigWrite::refuses_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<ConfigChanges>("changes");
    QTest::addColumn<QString>("line");
    const auto row = [](const char* name, const char* before, const ConfigChanges& changes, const char* line) {
        QTest::newRow(name) << QByteArray(before) << changes << QString::fromUtf8(line);
    };
    row("no TOML", "[redis\n", {{"redis.live_levels", number}}, "a.toml:1:7: expected TOML: ");
    row("unknown key", "", {{"redis.levels", number}}, "change: redis.levels: expected a known key");
    row("bad value", "", {{"redis.live_levels", std::int64_t{0}}},
        "change: redis.live_levels: expected a whole number from 1 to 1000, got 0");
    row("a table that cannot be added to", "kafka.properties.a = \"b\"\n", {{"kafka.linger_ms", number}},
        "a.toml: kafka.linger_ms: expected a simpler file: change it by hand");
}

void tst_ConfigWrite::refuses()
{
    QFETCH(QByteArray, before);
    QFETCH(ConfigChanges, changes);
    QFETCH(QString, line);
    const auto changed = withChanges(before.toStdString(), "a.toml", changes);
    QVERIFY(!changed.has_value());
    const QString got = QString::fromStdString(changed.error().line());
    QVERIFY2(got.startsWith(line), qPrintable(got));
}

void tst_ConfigWrite::changesTheDefaultFile()
{
    const QByteArray before = contents(QStringLiteral(OBM_DEFAULT_CONFIG));
    ConfigChanges changes;
    for (const ConfigKey& key : configKeys())
        changes[key.name] = key.read(Config());
    const auto same = withChanges(before.toStdString(), "a.toml", changes);
    QVERIFY(same.has_value());
    QCOMPARE(QByteArray::fromStdString(*same), before);
}

void tst_ConfigWrite::writesAFileThatIsNotThere()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("config/obmonitor/obmonitor.toml"));
    QVERIFY(writeConfigFile(path.toStdString(), {{"log.level", std::string("debug")}}).has_value());
    QCOMPARE(contents(path), QByteArray("[log]\nlevel = \"debug\"\n"));
    QCOMPARE(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    QCOMPARE(QFileInfo(path).dir().entryList(QDir::Files | QDir::Hidden).size(), 1); // nothing is left beside it
    ConfigSources sources;
    sources.file = path.toStdString();
    QCOMPARE(loadConfig(sources)->config.log.level, LogLevel::Debug);
}

void tst_ConfigWrite::keepsModeAndLink()
{
    const QTemporaryDir folder;
    const QString real = folder.filePath(QStringLiteral("real.toml"));
    const QString link = folder.filePath(QStringLiteral("link.toml"));
    put(real, "# mine\n");
    const QFile::Permissions mode = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup;
    QVERIFY(QFile::setPermissions(real, mode) && QFile::link(real, link));
    QVERIFY(writeConfigFile(link.toStdString(), {{"log.level", std::string("debug")}}).has_value());
    QVERIFY(QFileInfo(link).isSymLink());
    QCOMPARE(contents(real), QByteArray("# mine\n\n[log]\nlevel = \"debug\"\n"));
    const QFile::Permissions user = QFile::ReadUser | QFile::WriteUser | QFile::ExeUser; // of who asks
    QCOMPARE(QFile::permissions(real) & ~user, mode);
}

void tst_ConfigWrite::leavesAFileThatCannotBeWritten()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.toml"));
    const auto lineOf = [&](const QString& file) {
        const auto written = writeConfigFile(file.toStdString(), {{"log.level", std::string("debug")}});
        return written ? QString() : QString::fromStdString(written.error().line());
    };
    put(path, "[log\n");
    QVERIFY(lineOf(path).contains(QStringLiteral("expected TOML")));
    QCOMPARE(contents(path), QByteArray("[log\n"));
    const QString below = path + QStringLiteral("/b.toml"); // a file is no folder
    QVERIFY2(lineOf(below).startsWith(below), qPrintable(lineOf(below)));
    QVERIFY(lineOf(QStringLiteral("/proc/obmonitor/a.toml")).contains(QStringLiteral("can be written")));
    if (geteuid() == 0)
        return; // root may write anything
    put(path, "# mine\n");
    QVERIFY(QFile::setPermissions(path, QFile::ReadOwner));
    QCOMPARE(lineOf(path), path + QStringLiteral(": expected a file that can be written: Permission denied"));
    QCOMPARE(contents(path), QByteArray("# mine\n"));
}

void tst_ConfigWrite::namesTheFileInUse()
{
    const QTemporaryDir folder;
    ConfigSources sources;
    sources.systemFile = folder.filePath(QStringLiteral("system.toml")).toStdString();
    QCOMPARE(configFileInUse(sources), std::string());
    sources.environment = {{"HOME", folder.path().toStdString()}};
    const std::string persons = folder.path().toStdString() + "/.config/obmonitor/obmonitor.toml";
    QCOMPARE(configFileInUse(sources), persons); // to be made
    put(QString::fromStdString(sources.systemFile), "");
    QCOMPARE(configFileInUse(sources), sources.systemFile);
    QVERIFY(writeConfigFile(persons, {{"log.level", std::string("debug")}}).has_value());
    QCOMPARE(configFileInUse(sources), persons);
    sources.file = "named.toml";
    QCOMPARE(configFileInUse(sources), std::string("named.toml"));
}

void tst_ConfigWrite::saysWhatOverrides()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.toml"));
    put(path, "[redis]\nlive_levels = 5\nlive_interval_ms = 5\n");
    ConfigSources sources;
    sources.file = path.toStdString();
    sources.environment = {{"OBMONITOR_REDIS_LIVE_LEVELS", "7"}};
    sources.sets = {"log.level=debug"};
    const auto loaded = loadConfig(sources);
    QVERIFY(loaded.has_value());
    QCOMPARE(overriddenBy(*loaded, "redis.live_levels").value_or(""), std::string("OBMONITOR_REDIS_LIVE_LEVELS"));
    QCOMPARE(overriddenBy(*loaded, "log.level").value_or(""), std::string("--set"));
    QVERIFY(!overriddenBy(*loaded, "redis.live_interval_ms")); // the file's own
    QVERIFY(!overriddenBy(*loaded, "redis.url"));              // a default
}

void tst_ConfigWrite::speaksTheFilesWords()
{
    const ConfigKey levels = findConfigKey("redis.live_levels").value();
    QCOMPARE(checkedValue(levels, "0").error(), std::string("expected a whole number from 1 to 1000, got 0"));
    QCOMPARE(checkedValue(levels, "x").error(), std::string("expected a whole number from 1 to 1000, got \"x\""));
    QCOMPARE(std::get<std::int64_t>(checkedValue(levels, "5").value()), 5);
    const ConfigKey symbols = findConfigKey("exchange.symbols").value();
    QCOMPARE(bareText(checkedValue(symbols, "A,B").value()), std::string("A, B"));
    QCOMPARE(findConfigKey("exchange.depth_speed")->choices, (std::vector<std::string>{"100ms", "250ms", "500ms"}));
    QCOMPARE(findConfigKey("exchange.snapshot_limit")->choices.size(), std::size_t{7});
    QVERIFY(levels.choices.empty());
}

QTEST_APPLESS_MAIN(tst_ConfigWrite)
#include "tst_config_write.moc"
