// Reads the truth file of the local exchange: the top of book at each u of each symbol.
#pragma once

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QString>

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace obm::test {

using TextLevels = std::vector<std::pair<QString, QString>>; // price, quantity

inline TextLevels toTextLevels(const QJsonArray& levels)
{
    TextLevels result;
    for (const QJsonValue& level : levels)
        result.emplace_back(level[0].toString(), level[1].toString());
    return result;
}

struct TruthTop
{
    TextLevels bids;
    TextLevels asks;
    bool operator==(const TruthTop&) const = default;
};

class TruthReader
{
public:
    // What is in the file now; a last line that is not finished yet is left out. False: it cannot be read.
    bool load(const QString& path)
    {
        clear();
        return append(path);
    }
    void clear()
    {
        m_tops.clear();
        m_lastIds.clear();
    }
    // The same, on top of what was read before: of an exchange that was started again.
    bool append(const QString& path)
    {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return false;
        while (!file.atEnd()) {
            const QByteArray line = file.readLine();
            if (line.endsWith('\n'))
                add(QJsonDocument::fromJson(line).object());
        }
        return true;
    }

    [[nodiscard]] std::optional<TruthTop> topAt(const QString& symbol, qint64 u) const
    {
        const auto found = m_tops.find({symbol, u});
        return found == m_tops.end() ? std::nullopt : std::optional(found->second);
    }
    [[nodiscard]] std::optional<qint64> lastId(const QString& symbol) const
    {
        const auto found = m_lastIds.find(symbol);
        return found == m_lastIds.end() ? std::nullopt : std::optional(found->second);
    }
    [[nodiscard]] std::size_t size() const { return m_tops.size(); }

private:
    void add(const QJsonObject& line)
    {
        const QString symbol = line.value(QLatin1String("s")).toString();
        const qint64 u = line.value(QLatin1String("u")).toInteger();
        m_tops[{symbol, u}] = {toTextLevels(line.value(QLatin1String("b")).toArray()),
                               toTextLevels(line.value(QLatin1String("a")).toArray())};
        m_lastIds[symbol] = u;
    }

    std::map<std::pair<QString, qint64>, TruthTop> m_tops;
    std::map<QString, qint64> m_lastIds;
};

} // namespace obm::test
