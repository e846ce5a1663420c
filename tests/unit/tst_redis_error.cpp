// What Redis 6, 7 and 8 say when they refuse something, and what obmonitor makes of it.
#include "redis/error.h"
#include "support/std_string.h"

#include <QTest>

using namespace obm;

class tst_RedisError : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsTheKind_data();
    void tellsTheKind();
    void namesEveryKind();
};

void tst_RedisError::tellsTheKind_data()
{
    QTest::addColumn<QString>("reply");
    QTest::addColumn<RedisErrorKind>("kind");
    using Kind = RedisErrorKind;
    QTest::newRow("loading") << "LOADING Redis is loading the dataset in memory" << Kind::Loading;
    QTest::newRow("replica") << "READONLY You can't write against a read only replica." << Kind::ReadOnly;
    QTest::newRow("replica, script of Redis 6")
        << "@user_script: 12: -READONLY You can't write against a read only replica." << Kind::ReadOnly;
    QTest::newRow("lost primary") << "MASTERDOWN Link with MASTER is down" << Kind::ReadOnly;
    QTest::newRow("memory") << "OOM command not allowed when used memory > 'maxmemory'." << Kind::OutOfMemory;
    QTest::newRow("memory, script of Redis 6") << "-OOM command not allowed" << Kind::OutOfMemory;
    QTest::newRow("no password") << "NOAUTH Authentication required." << Kind::NoAuth;
    QTest::newRow("wrong password") << "WRONGPASS invalid username-password pair or user is disabled." << Kind::NoAuth;
    QTest::newRow("password not asked for")
        << "ERR AUTH <password> called without any password configured for the default user." << Kind::NoAuth;
    QTest::newRow("command") << "NOPERM this user has no permissions to run the 'evalsha' command"
                             << Kind::NoPermission;
    QTest::newRow("key in a script") << "ERR ACL failure in script: No permissions to access a key"
                                     << Kind::NoPermission;
    QTest::newRow("type") << "WRONGTYPE Operation against a key holding the wrong kind of value" << Kind::WrongType;
    QTest::newRow("disk") << "MISCONF Redis is configured to save RDB snapshots, but ..." << Kind::DiskFailure;
    QTest::newRow("busy") << "BUSY Redis is busy running a script." << Kind::Busy;
    QTest::newRow("clients") << "ERR max number of clients reached" << Kind::Away;
    QTest::newRow("source") << "FOREIGNSOURCE obmonitor:source is x" << Kind::ForeignSource;
    QTest::newRow("cluster") << "MOVED 3999 127.0.0.1:6381" << Kind::Other;
    QTest::newRow("unknown") << "ERR unknown command 'evalsha'" << Kind::Other;
    QTest::newRow("empty") << "" << Kind::Other;
    QTest::newRow("cut place") << "@user_script" << Kind::Other;
}

void tst_RedisError::tellsTheKind()
{
    QFETCH(QString, reply);
    QFETCH(RedisErrorKind, kind);
    const RedisError error = redisErrorOf(reply.toStdString());
    QCOMPARE(redisErrorName(error.kind), redisErrorName(kind));
}

void tst_RedisError::namesEveryKind()
{
    for (std::size_t kind = 0; kind < redisErrorKindCount; ++kind)
        QVERIFY(!redisErrorName(static_cast<RedisErrorKind>(kind)).empty());
    QCOMPARE(std::string(redisErrorName(RedisErrorKind::Other)), std::string("other"));
}

QTEST_APPLESS_MAIN(tst_RedisError)
#include "tst_redis_error.moc"
