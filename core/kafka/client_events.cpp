#include "kafka/client_events.h"

#include "kafka/handles.h"
#include "kafka/kafka_conf.h"
#include "kafka/kafka_log.h"
#include "kafka/login_hint.h"

#include <librdkafka/rdkafka.h>

#include <QtCore/QDateTime>

#include <array>
#include <string_view>
#include <utility>

namespace obm {
namespace {

constexpr int syslogCritical = 2;
constexpr int syslogWarning = 4;
constexpr int syslogInfo = 6;

std::int64_t nowMs()
{
    return QDateTime::currentMSecsSinceEpoch();
}

// FAIL: a lost connection, and FATAL: the error callback tells them as well. CONFWARN: kafka.properties serve both
// kinds of client, and each warns of what only the other one uses. AUTOCREATE: a broker before 0.11, or the embedded
// one.
bool isNoise(std::string_view kind)
{
    return kind == "FAIL" || kind == "FATAL" || kind == "CONFWARN" || kind == "AUTOCREATE";
}

} // namespace

struct ClientEvents::Callbacks
{
    static ClientEvents& of(void* opaque) { return *static_cast<ClientEvents*>(opaque); }

    static void log(const rd_kafka_t* client, int level, const char* kind, const char* text)
    {
        ClientEvents& events = of(rd_kafka_opaque(client));
        events.onLog(level, kind, withoutSecrets(text, events.m_config).c_str());
    }
    static void error(rd_kafka_t* client, int code, const char* reason, void* opaque)
    {
        ClientEvents& events = of(opaque);
        events.onError(client, code, withoutSecrets(reason, events.m_config).c_str());
    }
    static int stats(rd_kafka_t*, char* json, size_t size, void* opaque)
    {
        of(opaque).onStats(json, size);
        return 0; // librdkafka frees the text
    }
};

ClientEvents::ClientEvents(std::string name, KafkaConfig config, void* owner)
    : m_name(std::move(name))
    , m_config(std::move(config))
    , m_owner(owner)
    , m_link(nowMs())
{}

void ClientEvents::install(rd_kafka_conf_s& conf)
{
    rd_kafka_conf_set_opaque(&conf, this);
    rd_kafka_conf_set_log_cb(&conf, &Callbacks::log);
    rd_kafka_conf_set_error_cb(&conf, &Callbacks::error);
    rd_kafka_conf_set_stats_cb(&conf, &Callbacks::stats);
}

void ClientEvents::noteError(KafkaError error)
{
    ++m_errors[error.name];
    if (error.code == RD_KAFKA_RESP_ERR__AUTHENTICATION)
        error.text += loginHint(m_config, rd_kafka_version());
    if (RateLimit& limit = limitOf(error.name, errorLinesMax); limit.allow(nowMs()))
        qCWarning(lcKafka).noquote() << m_name.c_str() << error.name.c_str() << error.text.c_str()
                                     << limit.suppressedNote().c_str();
    m_isLastErrorSaid = true;
    m_lastError = std::move(error);
}

void ClientEvents::noteFatal(rd_kafka_s& client)
{
    std::array<char, 512> text{};
    const auto code = rd_kafka_fatal_error(&client, text.data(), text.size());
    m_fatalError = kafkaError(code, withoutSecrets(text.data(), m_config));
    m_fatalError->isFatal = true;
    noteError(*m_fatalError);
}

void ClientEvents::noteTraffic()
{
    const BrokerLinkStatus before = m_link.status();
    if (m_link.noteTraffic(nowMs()))
        sayUp(before);
}

void ClientEvents::sayUp(const BrokerLinkStatus& before)
{
    if (before.state == BrokerState::Away)
        qCInfo(lcKafka).noquote() << m_name.c_str() << "reaches" << m_config.bootstrapServers.c_str() << "again after"
                                  << (nowMs() - before.sinceMs) / 1000 << "s";
    else
        qCInfo(lcKafka).noquote() << m_name.c_str() << "connected to" << m_config.bootstrapServers.c_str();
}

// A refused login or certificate has a line of its own before this one.
void ClientEvents::sayAway(const std::string& reason)
{
    const std::string why = m_isLastErrorSaid ? "" : ": " + (m_lastError ? m_lastError->text : reason);
    qCWarning(lcKafka).noquote() << m_name.c_str() << "reaches no broker at" << m_config.bootstrapServers.c_str()
                                 << ("and goes on trying" + why).c_str();
}

void ClientEvents::onLog(int level, const char* kind, const char* text)
{
    if (level > syslogInfo || isNoise(kind)) {
        qCDebug(lcKafka).noquote() << m_name.c_str() << kind << text;
        return;
    }
    RateLimit& limit = limitOf(kind, RateLimit::linesMaxDefault);
    if (!limit.allow(nowMs()))
        return;
    const std::string note = limit.suppressedNote();
    if (level <= syslogCritical)
        qCCritical(lcKafka).noquote() << m_name.c_str() << kind << text << note.c_str();
    else if (level <= syslogWarning)
        qCWarning(lcKafka).noquote() << m_name.c_str() << kind << text << note.c_str();
    else
        qCInfo(lcKafka).noquote() << m_name.c_str() << kind << text << note.c_str();
}

void ClientEvents::onError(rd_kafka_s* client, int code, const char* reason)
{
    switch (code) {
    case RD_KAFKA_RESP_ERR__FATAL:
        noteFatal(*client);
        return;
    case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
        ++m_errors[rd_kafka_err2name(RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN)];
        if (m_link.noteAllDown(nowMs()))
            sayAway(reason);
        return;
    case RD_KAFKA_RESP_ERR__TRANSPORT: // said by the line above when it was the last broker
        ++m_errors[rd_kafka_err2name(RD_KAFKA_RESP_ERR__TRANSPORT)];
        m_lastError = kafkaError(code, reason);
        m_isLastErrorSaid = false;
        return;
    default:
        noteError(kafkaError(code, reason));
    }
}

void ClientEvents::onStats(const char* json, std::size_t size)
{
    m_stats = parseClientStats(QByteArray::fromRawData(json, static_cast<qsizetype>(size)));
    const BrokerLinkStatus before = m_link.status();
    if (!m_link.noteBrokers(m_stats.brokersUp, m_stats.brokersTried, nowMs()))
        return;
    if (m_link.status().isUp())
        sayUp(before);
    else
        sayAway("no connection");
}

RateLimit& ClientEvents::limitOf(const std::string& kind, int linesMax)
{
    const bool isTooMany = !m_limits.contains(kind) && m_limits.size() >= logKindsMax;
    return m_limits.try_emplace(isTooMany ? std::string() : kind, linesMax).first->second;
}

} // namespace obm
