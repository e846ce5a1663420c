// Every secret of the configuration, by file and by environment: whatever goes wrong with it, and however the program
// ends, nobody else gets to see it.
#include "config/config_key.h"
#include "config/reserved_kafka_properties.h"
#include "support/exchange_process.h"
#include "support/process_table.h"
#include "support/program.h"
#include "support/redis_process.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <csignal>
#include <sys/resource.h>

using namespace obm::test;

namespace {

const QByteArray mark = "sw0rdf1sh"; // in every secret, and nowhere else

const QStringList secretProperties{QStringLiteral("sasl.password"), QStringLiteral("ssl.key.password"),
                                   QStringLiteral("ssl.keystore.password"), QStringLiteral("sasl.oauthbearer.config")};

QByteArray secret(const QString& key)
{
    return mark + '-' + key.toUtf8();
}

// All of them; `more` goes behind and may be wrong.
QByteArray fileText(const QByteArray& more = {})
{
    QByteArray text = "redis.password = '" + secret(QStringLiteral("redis.password")) + "'\n";
    for (const QString& name : secretProperties)
        text += "kafka.properties.'" + name.toUtf8() + "' = '" + secret(name) + "'\n";
    return text + more;
}

Program::Variables variables()
{
    Program::Variables all{{QStringLiteral("OBMONITOR_REDIS_PASSWORD"), secret(QStringLiteral("redis.password"))}};
    for (const QString& name : secretProperties)
        all[QString::fromStdString(obm::propertyKey(name.toStdString()).variable())] = secret(name);
    return all;
}

QStringList set(const char* keyAndValue)
{
    return {QStringLiteral("--set"), QString::fromLatin1(keyAndValue)};
}

// A broker that answers whatever it is asked with something that is no answer.
class WrongBroker
{
public:
    WrongBroker()
    {
        m_server.listen(QHostAddress::LocalHost);
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
            auto* peer = m_server.nextPendingConnection();
            QObject::connect(peer, &QTcpSocket::readyRead, peer,
                             [peer] { peer->write("HTTP/1.1 400 Bad Request, you said: " + peer->readAll()); });
        });
    }
    [[nodiscard]] QString setting() const
    {
        return QStringLiteral("kafka.bootstrap_servers=127.0.0.1:%1").arg(m_server.serverPort());
    }

private:
    QTcpServer m_server;
};

} // namespace

class tst_Secrets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void knowsEverySecret();
    void isMaskedInPrint_data();
    void isMaskedInPrint();
    void isInNoRefusal_data();
    void isInNoRefusal();
    void isInNothingThatARunSays_data();
    void isInNothingThatARunSays();
    void isInNoChild();

private:
    QString file(const QByteArray& text);
    void verifyUnseen(const QByteArray& text, const char* where);
    void verifyUnseen(const Program& program);

    QTemporaryDir m_folder;
};

void tst_Secrets::initTestCase()
{
    const rlimit noCore{0, 0}; // a crash is asked for below; a core holds all memory, and is the machine's affair
    setrlimit(RLIMIT_CORE, &noCore);
}

void tst_Secrets::cleanup()
{
    QFile::remove(m_folder.filePath(QStringLiteral("a.toml")));
}

QString tst_Secrets::file(const QByteArray& text)
{
    QFile file(m_folder.filePath(QStringLiteral("a.toml")));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("the private folder cannot be written to");
    return file.fileName();
}

void tst_Secrets::verifyUnseen(const QByteArray& text, const char* where)
{
    const qsizetype at = text.indexOf(mark);
    QVERIFY2(at < 0, where + QByteArray(": ") + text.mid(std::max<qsizetype>(0, at - 200), 400));
}

void tst_Secrets::verifyUnseen(const Program& program)
{
    verifyUnseen(program.out().toUtf8(), "stdout");
    verifyUnseen(program.err().toUtf8(), "stderr");
}

// The table has no secret that is not tried here.
void tst_Secrets::knowsEverySecret()
{
    QStringList secrets;
    for (const obm::ConfigKey& key : obm::configKeys())
        if (key.secret)
            secrets << QString::fromStdString(key.name);
    QCOMPARE(secrets, QStringList{QStringLiteral("redis.password")});
    for (const QString& name : secretProperties)
        QVERIFY(obm::isSecretKafkaProperty(name.toStdString()));
}

void tst_Secrets::isMaskedInPrint_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Program::Variables>("environment");
    QTest::newRow("of the file") << fileText() << Program::Variables();
    QTest::newRow("of the environment") << QByteArray() << variables();
}

void tst_Secrets::isMaskedInPrint()
{
    QFETCH(QByteArray, text);
    QFETCH(Program::Variables, environment);
    for (const char* option : {"--print-config", "--check-config"}) {
        Program program(QStringLiteral("print"), {QString::fromLatin1(option), QStringLiteral("--config"), file(text)},
                        environment);
        QCOMPARE(program.awaitExit(), 0);
        verifyUnseen(program);
    }
}

void tst_Secrets::isInNoRefusal_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QString>("value");
    const auto inFile = [](const char* name, const QByteArray& more) {
        QTest::newRow(name) << more << QString() << QString();
    };
    const auto inVariable = [](const char* name, const char* variable, const QByteArray& value) {
        QTest::newRow(name) << QByteArray() << QString::fromLatin1(variable) << QString::fromUtf8(value);
    };
    inFile("without quotes", "[redis]\npassword = " + mark);
    inFile("without an end", "[redis]\npassword = '" + mark);
    inFile("with a wrong escape", "[redis]\npassword = \"" + mark + "\\q\"");
    inFile("given twice", "[redis]\npassword = '" + mark + "'\npassword = '" + mark + "'");
    inFile("as a list", "[redis]\npassword = ['" + mark + "']");
    inFile("as a table", "[redis]\npassword = { is = '" + mark + "' }");
    inFile("with a control character", "[redis]\npassword = \"" + mark + "\\u0007\"");
    inFile("too long", "[redis]\npassword = '" + mark.repeated(1'000) + "'");
    inFile("as a list of Kafka's", "[kafka.properties]\nsasl.password = ['" + mark + "']");
    inFile("in Redis' URL", "redis.url = 'redis://ann:" + mark + "@localhost'");
    inFile("in a URL without scheme", "redis.url = 'ann:" + mark + "@localhost:6379'");
    inFile("in a URL with slashes", "redis.url = 'redis://ann:" + mark + "/x@localhost:6379'");
    inFile("in the exchange's URL", "exchange.rest_url = 'https://ann:" + mark + "@localhost'");
    inFile("in the streams' URL", "exchange.ws_url = 'wss://ann:" + mark + "@localhost'");
    inFile("in the metrics' URL", "viewer.metrics_url = 'http://ann:" + mark + "@localhost/metrics'");
    inFile("in the servers", "kafka.bootstrap_servers = 'ann:" + mark + "@localhost:9092'");
    inFile("as a key's text", "[kafka.properties]\nsecurity.protocol = 'ssl'\nssl.key.pem = '-----BEGIN " + mark + "'");
    inFile("as JAAS", "[kafka.properties]\nsasl.jaas.config = 'password=" + mark + "'");
    inVariable("a variable too long", "OBMONITOR_REDIS_PASSWORD", mark.repeated(1'000));
    inVariable("a variable with a line feed", "OBMONITOR_REDIS_PASSWORD", mark + '\n');
    inVariable("a variable of another name", "OBMONITOR_REDIS_PASSWD", mark);
    inVariable("a variable with a URL", "OBMONITOR_REDIS_URL", "redis://:" + mark + "@localhost");
}

void tst_Secrets::isInNoRefusal()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, variable);
    QFETCH(QString, value);
    Program::Variables environment;
    if (!variable.isEmpty())
        environment[variable] = value;
    Program program(QStringLiteral("refused"),
                    {QStringLiteral("--check-config"), QStringLiteral("--config"), file(text)}, environment);
    QCOMPARE(program.awaitExit(), 2);
    verifyUnseen(program);
}

void tst_Secrets::isInNothingThatARunSays_data()
{
    QTest::addColumn<QByteArray>("mechanism");
    QTest::addColumn<QStringList>("redisOptions");
    QTest::addColumn<QStringList>("said"); // regular expressions
    QTest::addColumn<int>("endSignal");
    const QString wrong = QStringLiteral("WRONGPASS");
    const QString unknown = QStringLiteral("unknown command");
    const QString away = QStringLiteral("reaches no broker");
    const QString noToken = QStringLiteral("Unrecognized sasl.oauthbearer.config");
    const QStringList needsOne{QStringLiteral("--requirepass"), QStringLiteral("another")};
    const QStringList knowsNone{QStringLiteral("--rename-command"), QStringLiteral("AUTH"), QString()};
    const QByteArray plain = "'PLAIN'";
    // librdkafka makes its token itself then, out of a text that is none.
    const QByteArray oauth = "'OAUTHBEARER'\nkafka.properties.'enable.sasl.oauthbearer.unsecure.jwt' = true\n";
    QTest::newRow("a wrong password, ended") << plain << needsOne << QStringList{wrong, away} << SIGTERM;
    QTest::newRow("no AUTH, aborted") << plain << knowsNone << QStringList{unknown, away} << SIGABRT;
    QTest::newRow("no token, crashed") << oauth << needsOne << QStringList{wrong, noToken} << SIGSEGV;
}

// Redis refuses it, Kafka talks nonsense, librdkafka says all that it can, the log is at its most talkative.
void tst_Secrets::isInNothingThatARunSays()
{
    QFETCH(QByteArray, mechanism);
    QFETCH(QStringList, redisOptions);
    QFETCH(QStringList, said);
    QFETCH(int, endSignal);
    const WrongBroker broker;
    const RedisProcess redis(redisOptions);
    const QString config = file(fileText("kafka.properties.'security.protocol' = 'sasl_plaintext'\n"
                                         "kafka.properties.'sasl.username' = 'ann'\n"
                                         "kafka.properties.debug = 'all'\n"
                                         "kafka.properties.'sasl.mechanisms' = " +
                                         mechanism));
    Program program(QStringLiteral("run"),
                    QStringList{QStringLiteral("--headless"), QStringLiteral("--config"), config,
                                QStringLiteral("--set"), broker.setting(), QStringLiteral("--set"),
                                QStringLiteral("redis.url=") + QString::fromStdString(redis.url())} +
                        set("exchange.ws_url=local") + set("exchange.rest_url=local") +
                        set("metrics.listen=127.0.0.1:0") + set("log.level=debug"),
                    variables());
    for (const QString& expression : said)
        QVERIFY(program.await(expression).hasMatch());
    const QString address = program.await(QStringLiteral("^(?:SIMULATED )?metrics (\\S+)/metrics$")).captured(1);
    for (const char* path : {"/metrics", "/healthz", "/readyz"}) {
        const RestReply reply = RestClient(QUrl(address)).get(QString::fromLatin1(path));
        QVERIFY(!reply.body.isEmpty());
        verifyUnseen(reply.body, path);
    }
    verifyUnseen(commandLineOf(program.processId()), "its command line");
    program.signal(endSignal);
    QCOMPARE(program.awaitExit() == 0, endSignal == SIGTERM);
    QVERIFY(!program.isRunning());
    verifyUnseen(program);
}

void tst_Secrets::isInNoChild()
{
    Program program(QStringLiteral("demo"), {QStringLiteral("--demo"), QStringLiteral("--headless")}, variables());
    QVERIFY(program.await(QStringLiteral("redis unix://")).hasMatch());
    const QList<qint64> children = childrenOf(program.processId());
    QCOMPARE(children.size(), 1);
    QVERIFY(!environmentOf(children.first()).isEmpty());
    verifyUnseen(environmentOf(children.first()), "its child's environment");
    verifyUnseen(commandLineOf(children.first()), "its child's command line");
    program.kill();
    verifyUnseen(program);
}

QTEST_GUILESS_MAIN(tst_Secrets)
#include "tst_secrets.moc"
