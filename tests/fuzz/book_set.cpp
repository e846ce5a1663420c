// All that a handler's books can be told, one thing a line: whatever comes, no crossed book is published, and u of a
// symbol does not fall.
//   m KEY VALUE, M KEY VALUE   a message of Kafka, on the key's partition or on another one
//   e SYMBOL STEP SIZE BID QUANTITY ASK QUANTITY   an event that begins STEP behind the last one; numbers all
//   s SYMBOL STEP BID QUANTITY ASK QUANTITY        a snapshot at the last event and STEP; S SYMBOL BODY: as it came
//   f, j, l, o SYMBOL          its snapshot failed; it is rejected, listed, to be synchronised again
//   a, r PARTITION; t MS       assigned, revoked; time goes on
#include "book/book_set.h"
#include "fuzz/depth_text.h"
#include "fuzz/fuzz.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <ranges>
#include <utility>

namespace obm::fuzz {

namespace {

const std::vector<std::string> symbols = {"BTCUSDT", "ETHUSDT", "ADAUSDT"};
constexpr std::int64_t epochAtStartMs = 1'800'000'000'000;
constexpr std::size_t levelsShown = 3;
constexpr std::size_t bufferedMax = 8;

int partitionOf(std::string_view symbol)
{
    const auto found = std::ranges::find(symbols, symbol);
    return static_cast<int>(found - symbols.begin());
}

// The words of a line, from the front.
class Line
{
public:
    explicit Line(std::string_view text)
        : m_rest(text)
    {}
    std::string_view word()
    {
        const std::size_t end = std::min(m_rest.find(' '), m_rest.size());
        const std::string_view word = m_rest.substr(0, end);
        m_rest.remove_prefix(std::min(end + 1, m_rest.size()));
        return word;
    }
    int number(int least, int most)
    {
        const std::string_view text = word();
        int value = least;
        std::from_chars(text.data(), text.data() + text.size(), value);
        return std::clamp(value, least, most);
    }
    std::size_t symbol() { return static_cast<std::size_t>(number(0, static_cast<int>(symbols.size()) - 1)); }
    std::vector<Level> level()
    {
        const int price = number(1, 1'000);
        return {{Decimal::fromUnits(price * Decimal::unitsPerOne, 0),
                 Decimal::fromUnits(number(0, 9) * Decimal::unitsPerOne, 0)}};
    }
    [[nodiscard]] std::string_view rest() const { return m_rest; }

private:
    std::string_view m_rest;
};

class Rig
{
public:
    Rig()
        : m_set({.liveLevels = levelsShown, .sync = {.queued = {4, 4'096}, .requested = {bufferedMax, 8'192}}},
                {[this] { return m_nowMs * 1000; }, [this] { return epochAtStartMs + m_nowMs; }},
                {.requestSnapshot = [](const std::string&, int) {},
                 .cancelSnapshot = [](const std::string&) {},
                 .kept =
                     [this](const std::vector<std::string>& kept) {
                         for (const std::string& symbol : kept) // under a new epoch: the store compares from here on
                             m_published.erase(symbol);
                     },
                 .live = [this](const BookText& text) { checkLive(text); },
                 .full = [this](const BookText& text) { checkFull(text); },
                 .hasRoomForFull = [] { return true; }})
    {
        m_set.setSymbols(symbols, &partitionOf);
        m_set.assign({0, 1, 2});
    }

    void take(std::string_view text)
    {
        Line line(text);
        const std::string_view what = line.word();
        if (what.size() == 1)
            act(what.front(), line);
        m_set.tick();
        checkStatus(m_set.status());
        m_set.publish();
    }

private:
    void act(char what, Line& line);
    void message(Line& line, int partition);
    void event(Line& line);
    void snapshot(Line& line);
    void checkLive(const BookText& text);
    void checkFull(const BookText& text);
    void checkStatus(const BookSetStatus& status);

    std::int64_t m_nowMs = 1'000;
    std::int64_t m_offset = 0;
    std::array<std::int64_t, 3> m_lastIds{100, 100, 100};
    std::map<std::string, std::int64_t> m_published;
    std::map<std::string, std::uint64_t> m_idsWentBack;
    DepthParser m_parser;
    BookSet m_set;
};

void Rig::act(char what, Line& line)
{
    switch (what) {
    case 'm':
        return message(line, -1);
    case 'M':
        return message(line, 3);
    case 'e':
        return event(line);
    case 's':
        return snapshot(line);
    case 'S':
        if (const std::string& symbol = symbols[line.symbol()]; const auto body = m_parser.parseSnapshot(line.rest()))
            m_set.onSnapshot(symbol, *body);
        return;
    case 'f':
        return m_set.onSnapshotFailed(symbols[line.symbol()]);
    case 'j':
        return m_set.onRejected(symbols[line.symbol()]);
    case 'l': {
        const std::string& symbol = symbols[line.symbol()];
        m_published.erase(symbol); // one that was rejected begins anew
        return m_set.onListed(symbol);
    }
    case 'o':
        return m_set.resync(symbols[line.symbol()]);
    case 'a':
        m_set.assign({line.number(0, 3)});
        return;
    case 'r':
        m_set.revoke({line.number(0, 3)});
        return;
    case 't':
        m_nowMs += line.number(0, 100'000);
        return;
    default:
        return;
    }
}

// partition -1: that of the key.
void Rig::message(Line& line, int partition)
{
    const std::string_view key = line.word();
    m_set.onMessage({.key = key,
                     .value = line.rest(),
                     .partition = partition < 0 ? partitionOf(key) : partition,
                     .offset = m_offset++,
                     .receivedEpochMs = epochAtStartMs + m_nowMs});
}

void Rig::event(Line& line)
{
    const std::size_t which = line.symbol();
    const std::int64_t previous = std::max<std::int64_t>(0, m_lastIds[which] + line.number(-1'000, 1'000));
    const std::int64_t last = previous + line.number(1, 1'000);
    const std::string bids = toText(line.level());
    const std::string asks = toText(line.level());
    m_lastIds[which] = last;
    const std::string text =
        fmt::format(R"(m {0} {{"e":"depthUpdate","E":{1},"s":"{0}","U":{2},"u":{3},"pu":{4},"b":{5},"a":{6}}})",
                    symbols[which], epochAtStartMs + m_nowMs, previous + 1, last, previous, bids, asks);
    Line made(text);
    static_cast<void>(made.word());
    message(made, -1);
}

void Rig::snapshot(Line& line)
{
    const std::size_t which = line.symbol();
    DepthSnapshot made;
    made.lastUpdateId = std::max<std::int64_t>(0, m_lastIds[which] + line.number(-1'000, 1'000));
    made.bids = line.level();
    made.asks = line.level();
    m_set.onSnapshotRequested(symbols[which]);
    m_set.onSnapshot(symbols[which], made);
}

void Rig::checkLive(const BookText& text)
{
    const auto view = m_set.view(text.symbol, levelsShown);
    require(view && view->state == SyncState::Live && view->lastId == text.lastId, "what is published is live");
    require(std::ranges::is_sorted(view->bids, std::greater<>(), &Level::price) &&
                std::ranges::is_sorted(view->asks, std::less<>(), &Level::price),
            "the best levels first");
    require(view->bids.empty() || view->asks.empty() || view->bids[0].price < view->asks[0].price,
            "no crossed book is published");
    const std::string expected = fmt::format(R"({{"s":"{}","b":{},"a":{},"u":{}}})", text.symbol, toText(view->bids),
                                             toText(view->asks), text.lastId);
    require(text.json == expected, "the text of the book");
    std::int64_t& published = m_published[text.symbol];
    require(text.lastId >= published, "u does not fall");
    published = text.lastId;
}

void Rig::checkFull(const BookText& text)
{
    const auto read = m_parser.parseSnapshot(text.json);
    require(read && read->lastUpdateId == text.lastId, "a whole book can be read");
    OrderBook book;
    const auto loaded = book.load(*read, maxLevelsPerSide);
    // Its last levels may have been removed: that is the truth as well.
    require(loaded.has_value() || loaded.error() == SnapshotDefect::Empty, "a whole book is one");
}

void Rig::checkStatus(const BookSetStatus& status)
{
    require(status.lastUnreadable.reason.size() < 300 && status.lastUnknownSymbol.size() < 100,
            "short words on what was wrong");
    for (const BookRow& row : status.books) {
        require(row.buffered <= bufferedMax, "a buffer within its limit");
        // The one reason for which a symbol that is kept begins to count anew.
        const std::uint64_t count = row.counters.resyncsByReason[static_cast<std::size_t>(SyncReason::IdsWentBack)];
        if (std::exchange(m_idsWentBack[row.symbol], count) != count)
            m_published.erase(row.symbol);
    }
}

} // namespace

void tryInput(std::string_view input)
{
    Rig rig;
    for (const auto line : std::views::split(input, '\n'))
        rig.take(std::string_view(line.begin(), line.end()));
}

} // namespace obm::fuzz
