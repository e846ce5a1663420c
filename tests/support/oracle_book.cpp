#include "support/oracle_book.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace obm::test {

namespace {

QByteArray joined(const std::string& price, const std::string& quantity)
{
    return QByteArray::fromStdString(price + ':' + quantity + ' ');
}

bool isZero(const std::string& quantity)
{
    return quantity.find_first_not_of("0.") == std::string::npos;
}

std::string textAt(const QJsonValue& level, int index)
{
    return level.toArray().at(index).toString().toStdString();
}

} // namespace

std::string paddedPrice(const std::string& text)
{
    constexpr std::size_t wholeDigits = 16;
    constexpr std::size_t fractionDigits = 12;
    const std::size_t point = text.find('.');
    const std::string whole = text.substr(0, point);
    const std::string fraction = point == std::string::npos ? "" : text.substr(point + 1);
    return std::string(wholeDigits - whole.size(), '0') + whole + '.' + fraction +
           std::string(fractionDigits - fraction.size(), '0');
}

bool OracleSide::isProven(const std::string& padded) const
{
    return !m_worst || (m_isBid ? padded >= *m_worst : padded <= *m_worst);
}

void OracleSide::load(const QJsonArray& levels, int limit)
{
    m_levels.clear();
    m_worst.reset();
    m_limit = static_cast<std::size_t>(limit);
    apply(levels);
    if (levels.size() >= limit)
        m_worst = m_isBid ? m_levels.begin()->first : m_levels.rbegin()->first;
}

void OracleSide::apply(const QJsonArray& levels)
{
    for (const QJsonValue& level : levels) {
        const std::string price = textAt(level, 0);
        const std::string quantity = textAt(level, 1);
        const std::string key = paddedPrice(price);
        if (isZero(quantity))
            m_levels.erase(key);
        else if (isProven(key))
            m_levels[key] = {price, quantity};
    }
    bound();
}

void OracleSide::bound()
{
    if (m_levels.size() <= 8 * m_limit)
        return;
    while (m_levels.size() > 4 * m_limit)
        m_levels.erase(m_isBid ? m_levels.begin() : std::prev(m_levels.end()));
    m_worst = m_isBid ? m_levels.begin()->first : m_levels.rbegin()->first;
}

QByteArray OracleSide::text(std::size_t levelsMax) const
{
    QByteArray text;
    std::size_t count = 0;
    const auto add = [&](const Texts& level) { text += joined(level.price, level.quantity); };
    if (m_isBid) {
        for (auto at = m_levels.rbegin(); at != m_levels.rend() && count < levelsMax; ++at, ++count)
            add(at->second);
    } else {
        for (auto at = m_levels.begin(); at != m_levels.end() && count < levelsMax; ++at, ++count)
            add(at->second);
    }
    return text;
}

void OracleBook::load(const QByteArray& snapshot, int limit)
{
    const QJsonObject body = QJsonDocument::fromJson(snapshot).object();
    m_snapshotId = body["lastUpdateId"].toInteger();
    bids.load(body["bids"].toArray(), limit);
    asks.load(body["asks"].toArray(), limit);
}

void OracleBook::apply(const QByteArray& update)
{
    const QJsonObject body = QJsonDocument::fromJson(update).object();
    if (body["u"].toInteger() < m_snapshotId)
        return;
    bids.apply(body["b"].toArray());
    asks.apply(body["a"].toArray());
}

QByteArray textOf(const PriceLadder& ladder, std::size_t levelsMax)
{
    QByteArray text;
    for (const Level& level : ladder.bestFirst() | std::views::take(levelsMax))
        text += joined(level.price.toString(), level.quantity.toString());
    return text;
}

} // namespace obm::test
