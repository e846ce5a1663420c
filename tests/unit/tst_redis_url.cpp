#include "config/redis_url.h"
#include "support/std_string.h"

#include <QTest>

using namespace obm;
using Transport = RedisUrl::Transport;

Q_DECLARE_METATYPE(obm::RedisUrl)

class tst_RedisUrl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void neverRepeatsAPassword();
    void knowsWhetherThereIsTls();
};

void tst_RedisUrl::reads_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<RedisUrl>("expected");
    const auto url = [](Transport transport, std::string host, int port, std::string path, int database,
                        std::string username) {
        return RedisUrl{transport, std::move(host), port, std::move(path), database, std::move(username)};
    };
    QTest::newRow("the default") << "redis://localhost:6379/0" << url(Transport::Tcp, "localhost", 6379, "", 0, "");
    QTest::newRow("host alone") << "redis://cache" << url(Transport::Tcp, "cache", 6379, "", 0, "");
    QTest::newRow("slash, no db") << "redis://cache/" << url(Transport::Tcp, "cache", 6379, "", 0, "");
    QTest::newRow("user, port, db") << "redis://me@10.0.0.1:7000/5"
                                    << url(Transport::Tcp, "10.0.0.1", 7000, "", 5, "me");
    QTest::newRow("encoded user") << "redis://a%40b@h" << url(Transport::Tcp, "h", 6379, "", 0, "a@b");
    QTest::newRow("IPv6") << "redis://[::1]:7000/1" << url(Transport::Tcp, "::1", 7000, "", 1, "");
    QTest::newRow("IPv6, no port") << "redis://[fe80::1]" << url(Transport::Tcp, "fe80::1", 6379, "", 0, "");
    QTest::newRow("TLS") << "rediss://cache.example.com/2" << url(Transport::Tls, "cache.example.com", 6379, "", 2, "");
    QTest::newRow("unix") << "unix:///run/redis.sock" << url(Transport::Unix, "", 6379, "/run/redis.sock", 0, "");
    QTest::newRow("unix, db") << "unix:///run/redis.sock?db=4"
                              << url(Transport::Unix, "", 6379, "/run/redis.sock", 4, "");
    QTest::newRow("embedded") << "embedded" << url(Transport::Embedded, "", 6379, "", 0, "");
}

void tst_RedisUrl::reads()
{
    QFETCH(QString, text);
    QFETCH(RedisUrl, expected);
    const auto parsed = parseRedisUrl(text.toStdString(), true);
    QVERIFY2(parsed, parsed ? "" : parsed.error().c_str());
    QCOMPARE(parsed->host, expected.host);
    QCOMPARE(parsed->path, expected.path);
    QVERIFY(*parsed == expected);
}

void tst_RedisUrl::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    QTest::newRow("empty") << "" << "expected redis://";
    QTest::newRow("no scheme") << "localhost:6379" << "expected redis://";
    QTest::newRow("other scheme") << "http://localhost" << "expected redis://";
    QTest::newRow("upper case") << "REDIS://localhost" << "expected redis://";
    QTest::newRow("no host") << "redis://" << "host is missing";
    QTest::newRow("no host, port") << "redis://:6379" << "host is missing";
    QTest::newRow("space") << "redis://my host" << "no host name";
    QTest::newRow("port 0") << "redis://h:0" << "port";
    QTest::newRow("port beyond") << "redis://h:65536" << "port";
    QTest::newRow("port word") << "redis://h:redis" << "port";
    QTest::newRow("empty port") << "redis://h:/0" << "port";
    QTest::newRow("db word") << "redis://h/books" << "database";
    QTest::newRow("db negative") << "redis://h/-1" << "database";
    QTest::newRow("db and more") << "redis://h/1/2" << "database";
    QTest::newRow("query on TCP") << "redis://h?db=1" << "no host name";
    QTest::newRow("bare IPv6") << "redis://::1" << "host is missing";
    QTest::newRow("open bracket") << "redis://[::1" << "brackets";
    QTest::newRow("empty brackets") << "redis://[]:1" << "brackets";
    QTest::newRow("after bracket") << "redis://[::1]x" << "port may follow";
    QTest::newRow("empty user") << "redis://@h" << "user";
    QTest::newRow("bad encoding") << "redis://a%4@h" << "user";
    QTest::newRow("encoded nul") << "redis://a%00@h" << "user";
    QTest::newRow("relative socket") << "unix://redis.sock" << "absolute";
    QTest::newRow("no socket") << "unix:///" << "absolute";
    QTest::newRow("long socket") << "unix:///" + QString(107, u'x') << "107 bytes";
    QTest::newRow("other query") << "unix:///s?database=1" << "db=N";
    QTest::newRow("unix db word") << "unix:///s?db=x" << "database";
    QTest::newRow("password") << "redis://me:secret@h" << "redis.password";
    QTest::newRow("password alone") << "redis://:secret@h" << "redis.password";
}

void tst_RedisUrl::refuses()
{
    QFETCH(QString, text);
    QFETCH(QString, says);
    const auto parsed = parseRedisUrl(text.toStdString(), true);
    QVERIFY(!parsed);
    QVERIFY2(QString::fromStdString(parsed.error()).contains(says), parsed.error().c_str());
}

void tst_RedisUrl::neverRepeatsAPassword()
{
    QVERIFY(!parseRedisUrl("redis://me:secret@h").error().contains("secret"));
    QVERIFY(!parseRedisUrl("redis://me:secret@h:x/y", true).error().contains("secret"));
}

void tst_RedisUrl::knowsWhetherThereIsTls()
{
    QVERIFY(parseRedisUrl("rediss://h", true));
    const auto parsed = parseRedisUrl("rediss://h", false);
    QVERIFY(!parsed);
    QVERIFY(parsed.error().contains("TLS"));
}

QTEST_APPLESS_MAIN(tst_RedisUrl)
#include "tst_redis_url.moc"
