#include "ui/symbols/symbol_column.h"

#include "ui/format/format.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>

#include <array>
#include <optional>
#include <utility>

namespace obm {

namespace {

struct ColumnText
{
    const char* title;
    const char* help;
    const char* widest;
};

// In the order of SymbolColumn.
constexpr std::array<ColumnText, symbolColumnCount> texts = {{
    {QT_TRANSLATE_NOOP("symbols", "Symbol"), QT_TRANSLATE_NOOP("symbols", "The exchange's name"), "1000PEPEUSDT"},
    {QT_TRANSLATE_NOOP("symbols", "State"),
     QT_TRANSLATE_NOOP("symbols", "Whether its book is proven, or what it waits for"), "◔ waiting for a snap"},
    {QT_TRANSLATE_NOOP("symbols", "For"), QT_TRANSLATE_NOOP("symbols", "How long it has been in this state"),
     "23 h 59 min"},
    {QT_TRANSLATE_NOOP("symbols", "Best bid"), QT_TRANSLATE_NOOP("symbols", "The highest price somebody buys at"),
     "104,000.00"},
    {QT_TRANSLATE_NOOP("symbols", "Best ask"), QT_TRANSLATE_NOOP("symbols", "The lowest price somebody sells at"),
     "104,000.00"},
    {QT_TRANSLATE_NOOP("symbols", "Spread"), QT_TRANSLATE_NOOP("symbols", "Best ask less best bid"), "0.00010"},
    {QT_TRANSLATE_NOOP("symbols", "Events/s"), QT_TRANSLATE_NOOP("symbols", "Depth events applied or kept, a second"),
     "1,000/s"},
    {QT_TRANSLATE_NOOP("symbols", "Data age"), QT_TRANSLATE_NOOP("symbols", "Since its last event was received"),
     "59 min"},
    {QT_TRANSLATE_NOOP("symbols", "Gaps"),
     QT_TRANSLATE_NOOP("symbols", "Events that went missing, by the exchange's ids"), "9,999"},
    {QT_TRANSLATE_NOOP("symbols", "Resyncs"), QT_TRANSLATE_NOOP("symbols", "How often it synchronised again"), "9,999"},
    {QT_TRANSLATE_NOOP("symbols", "Audit"),
     QT_TRANSLATE_NOOP("symbols", "How much of the book was equal to a fresh snapshot the last time, and when"),
     "99.99 %, 59 min"},
    {QT_TRANSLATE_NOOP("symbols", "Kafka lag"),
     QT_TRANSLATE_NOOP("symbols", "Messages of its partition that are not read yet"), "99,999"},
    {QT_TRANSLATE_NOOP("symbols", "Writes/s"), QT_TRANSLATE_NOOP("symbols", "Of its live field in Redis, a second"),
     "1,000/s"},
    {QT_TRANSLATE_NOOP("symbols", "Redis age"), QT_TRANSLATE_NOOP("symbols", "Since Redis acknowledged its last write"),
     "59 min"},
    {QT_TRANSLATE_NOOP("symbols", "Latency"),
     QT_TRANSLATE_NOOP("symbols", "Of its last event, from the exchange's clock to applied"), "9,999 ms"},
}};

const ColumnText& textsOf(SymbolColumn column)
{
    return texts[static_cast<std::size_t>(column)];
}

QString translated(const char* text)
{
    return QCoreApplication::translate("symbols", text);
}

QString stateText(const SymbolRow& row)
{
    const QString words = row.words.empty() ? translated(toText(row.state)) : QString::fromStdString(row.words);
    return QStringLiteral("%1 %2").arg(QString::fromUtf8(symbolOf(row.state)), words);
}

QString sinceText(const SymbolRow& row, std::int64_t nowEpochMs)
{
    return row.sinceEpochMs > 0 ? format::duration(nowEpochMs - row.sinceEpochMs) : format::blank();
}

// "100 %, 3 min"
QString auditText(const SymbolRow& row)
{
    if (!row.auditMatch)
        return format::blank();
    const QString match =
        *row.auditMatch == 10'000 ? QStringLiteral("100") : QString::number(*row.auditMatch / 100.0, 'f', 2);
    return QStringLiteral("%1 %, %2").arg(match, format::age(row.auditAgeMs));
}

// What differs in no digit that is shown is no change.
template <typename Value>
bool differInText(const std::optional<Value>& a, const std::optional<Value>& b, QString (*formatted)(Value))
{
    return a != b && format::orBlank(a, formatted) != format::orBlank(b, formatted);
}

template <typename Value>
std::weak_ordering ordered(const Value& a, const Value& b)
{
    return a < b ? std::weak_ordering::less : b < a ? std::weak_ordering::greater : std::weak_ordering::equivalent;
}

// Worst first when it rises: what is not live is what a person looks for.
int urgency(SyncState state)
{
    static constexpr std::array order = {1, 2, 3, 4, 0}; // waiting, buffering, bridging, live, rejected
    return order[static_cast<std::size_t>(state)];
}

} // namespace

QString titleOf(SymbolColumn column)
{
    return translated(textsOf(column).title);
}

QString helpOf(SymbolColumn column)
{
    return translated(textsOf(column).help);
}

QString widestOf(SymbolColumn column)
{
    return QString::fromUtf8(textsOf(column).widest);
}

bool isNumber(SymbolColumn column)
{
    return column != SymbolColumn::Symbol && column != SymbolColumn::State;
}

QString cellText(const SymbolRow& row, SymbolColumn column, std::int64_t nowEpochMs)
{
    switch (column) {
    case SymbolColumn::Symbol:
        return QString::fromStdString(row.symbol);
    case SymbolColumn::State:
        return stateText(row);
    case SymbolColumn::Since:
        return sinceText(row, nowEpochMs);
    case SymbolColumn::Bid:
        return format::orBlank(row.bestBid, format::price);
    case SymbolColumn::Ask:
        return format::orBlank(row.bestAsk, format::price);
    case SymbolColumn::Spread:
        return format::orBlank(row.spread, format::price);
    case SymbolColumn::Events:
        return format::orBlank(row.eventsPerSecond, format::rate);
    case SymbolColumn::Age:
        return format::orBlank(row.ageMs, format::age);
    case SymbolColumn::Gaps:
        return format::count(static_cast<std::int64_t>(row.gaps));
    case SymbolColumn::Resyncs:
        return format::count(static_cast<std::int64_t>(row.resyncs));
    case SymbolColumn::Audit:
        return auditText(row);
    case SymbolColumn::Lag:
        return format::orBlank(row.lagMessages, format::count);
    case SymbolColumn::Writes:
        return format::orBlank(row.writesPerSecond, format::rate);
    case SymbolColumn::WriteAge:
        return format::orBlank(row.writeAgeMs, format::age);
    case SymbolColumn::Latency:
        return format::orBlank(row.latencyMs, format::age);
    }
    std::unreachable();
}

bool differs(const SymbolRow& before, std::int64_t beforeEpochMs, const SymbolRow& after, std::int64_t afterEpochMs,
             SymbolColumn column)
{
    switch (column) {
    case SymbolColumn::Symbol:
        return before.symbol != after.symbol;
    case SymbolColumn::State:
        return before.state != after.state || before.words != after.words;
    case SymbolColumn::Since:
        return sinceText(before, beforeEpochMs) != sinceText(after, afterEpochMs);
    case SymbolColumn::Bid:
        return before.bestBid != after.bestBid;
    case SymbolColumn::Ask:
        return before.bestAsk != after.bestAsk;
    case SymbolColumn::Spread:
        return before.spread != after.spread;
    case SymbolColumn::Events:
        return differInText(before.eventsPerSecond, after.eventsPerSecond, format::rate);
    case SymbolColumn::Age:
        return differInText(before.ageMs, after.ageMs, format::age);
    case SymbolColumn::Gaps:
        return before.gaps != after.gaps;
    case SymbolColumn::Resyncs:
        return before.resyncs != after.resyncs;
    case SymbolColumn::Audit:
        return auditText(before) != auditText(after);
    case SymbolColumn::Lag:
        return before.lagMessages != after.lagMessages;
    case SymbolColumn::Writes:
        return differInText(before.writesPerSecond, after.writesPerSecond, format::rate);
    case SymbolColumn::WriteAge:
        return differInText(before.writeAgeMs, after.writeAgeMs, format::age);
    case SymbolColumn::Latency:
        return differInText(before.latencyMs, after.latencyMs, format::age);
    }
    std::unreachable();
}

std::weak_ordering compared(const SymbolRow& a, const SymbolRow& b, SymbolColumn column)
{
    switch (column) {
    case SymbolColumn::Symbol:
        return a.symbol <=> b.symbol;
    case SymbolColumn::State:
        return urgency(a.state) <=> urgency(b.state);
    case SymbolColumn::Since: // the shorter time in a state is the later beginning
        return b.sinceEpochMs <=> a.sinceEpochMs;
    case SymbolColumn::Bid:
        return ordered(a.bestBid, b.bestBid);
    case SymbolColumn::Ask:
        return ordered(a.bestAsk, b.bestAsk);
    case SymbolColumn::Spread:
        return ordered(a.spread, b.spread);
    case SymbolColumn::Events:
        return ordered(a.eventsPerSecond, b.eventsPerSecond);
    case SymbolColumn::Age:
        return ordered(a.ageMs, b.ageMs);
    case SymbolColumn::Gaps:
        return a.gaps <=> b.gaps;
    case SymbolColumn::Resyncs:
        return a.resyncs <=> b.resyncs;
    case SymbolColumn::Audit: // the worst, then the oldest
        return a.auditMatch != b.auditMatch ? ordered(a.auditMatch, b.auditMatch) : b.auditAgeMs <=> a.auditAgeMs;
    case SymbolColumn::Lag:
        return ordered(a.lagMessages, b.lagMessages);
    case SymbolColumn::Writes:
        return ordered(a.writesPerSecond, b.writesPerSecond);
    case SymbolColumn::WriteAge:
        return ordered(a.writeAgeMs, b.writeAgeMs);
    case SymbolColumn::Latency:
        return ordered(a.latencyMs, b.latencyMs);
    }
    std::unreachable();
}

QString blankReason(const SymbolRow& row, SymbolColumn column)
{
    if (hasValue(row, column))
        return {};
    if (column == SymbolColumn::Audit && row.blank.empty())
        return translated(QT_TRANSLATE_NOOP("symbols", "Not held against a snapshot yet"));
    const bool isOfBook = column == SymbolColumn::Bid || column == SymbolColumn::Ask ||
                          column == SymbolColumn::Spread || column == SymbolColumn::Age;
    return QString::fromStdString(isOfBook || row.blank.empty() ? row.words : row.blank);
}

bool hasValue(const SymbolRow& row, SymbolColumn column)
{
    switch (column) {
    case SymbolColumn::Since:
        return row.sinceEpochMs > 0;
    case SymbolColumn::Bid:
        return row.bestBid.has_value();
    case SymbolColumn::Ask:
        return row.bestAsk.has_value();
    case SymbolColumn::Spread:
        return row.spread.has_value();
    case SymbolColumn::Events:
        return row.eventsPerSecond.has_value();
    case SymbolColumn::Age:
        return row.ageMs.has_value();
    case SymbolColumn::Audit:
        return row.auditMatch.has_value();
    case SymbolColumn::Lag:
        return row.lagMessages.has_value();
    case SymbolColumn::Writes:
        return row.writesPerSecond.has_value();
    case SymbolColumn::WriteAge:
        return row.writeAgeMs.has_value();
    case SymbolColumn::Latency:
        return row.latencyMs.has_value();
    default:
        return true;
    }
}

} // namespace obm
