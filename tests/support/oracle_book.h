// A book kept by other means than the product's, to compare with: a std::map per side keyed by the price's digits as a
// string of fixed width, filled from QJsonDocument. Slow and simple on purpose.
#pragma once

#include "book/order_book.h"

#include <QByteArray>
#include <QJsonArray>
#include <QString>

#include <map>
#include <optional>

namespace obm::test {

// "63947.30" -> "00000000000063947.30000000": sorts as its number does, however it was written.
std::string paddedPrice(const std::string& text);

class OracleSide
{
public:
    explicit OracleSide(bool isBid)
        : m_isBid(isBid)
    {}

    void load(const QJsonArray& levels, int limit);
    void apply(const QJsonArray& levels);
    // "price:quantity price:quantity ..." best first, at most `levelsMax`.
    [[nodiscard]] QByteArray text(std::size_t levelsMax) const;
    [[nodiscard]] std::size_t size() const { return m_levels.size(); }

private:
    struct Texts
    {
        std::string price;
        std::string quantity;
    };
    [[nodiscard]] bool isProven(const std::string& padded) const;
    // The rule of a bounded book: beyond 8 times the limit, the better half of that stays and is all that is proven.
    void bound();

    bool m_isBid;
    std::size_t m_limit = 0;
    std::map<std::string, Texts> m_levels; // rising by price
    std::optional<std::string> m_worst;
};

class OracleBook
{
public:
    void load(const QByteArray& snapshot, int limit);
    // Its own reading of the rule, for a chain that is known to be whole: nothing older than the snapshot.
    void apply(const QByteArray& update);

    OracleSide bids{true};
    OracleSide asks{false};

private:
    qint64 m_snapshotId = 0;
};

// The same text of the product's ladder.
QByteArray textOf(const PriceLadder& ladder, std::size_t levelsMax);

} // namespace obm::test
