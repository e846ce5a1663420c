#include "monitor/symbol_watch.h"

#include "monitor/symbol_words.h"
#include "monitor/words.h"

#include <algorithm>
#include <cstdlib>

namespace obm {

// One look's statuses, to be found by symbol.
struct SymbolWatch::Sources
{
    const PipelineStatus& status;
    std::int64_t steadyMs;
    std::int64_t epochMs;
    std::unordered_map<std::string_view, const BookRow*> books;
    std::unordered_map<std::string_view, const StoreRow*> stores;
    std::unordered_map<std::string_view, const SymbolStreamStatus*> streams;
    std::unordered_map<int, std::int64_t> lagMessages; // by partition

    Sources(const PipelineStatus& newStatus, std::int64_t newSteadyMs, std::int64_t newEpochMs)
        : status(newStatus)
        , steadyMs(newSteadyMs)
        , epochMs(newEpochMs)
    {
        if (status.book) {
            for (const BookRow& row : status.book->set.books)
                books.emplace(row.symbol, &row);
            for (const PartitionStatus& partition : status.book->consumer.partitions)
                lagMessages.emplace(partition.partition, partition.lagMessages);
        }
        if (status.store)
            for (const StoreRow& row : status.store->rows)
                stores.emplace(row.symbol, &row);
        if (status.feed)
            for (const SymbolStreamStatus& stream : status.feed->stream.symbols)
                streams.emplace(stream.symbol, &stream);
    }

    // From outside by the metrics of one process, which may not be the one that keeps it.
    [[nodiscard]] bool areCountersKnown(std::string_view symbol) const
    {
        return !status.outside || (status.hasCounters() && stores.contains(symbol));
    }

    template <typename Value>
    static const Value* find(const std::unordered_map<std::string_view, const Value*>& values, std::string_view symbol)
    {
        const auto found = values.find(symbol);
        return found == values.end() ? nullptr : found->second;
    }
};

namespace {

constexpr std::int64_t sinceSlackMs = 1'000; // two readings of the same moment by two clocks differ by less

std::optional<Decimal> spreadOf(const BookRow& book)
{
    if (!book.bestBid || !book.bestAsk || book.bestAsk->price < book.bestBid->price)
        return std::nullopt;
    const Decimal bid = book.bestBid->price;
    const Decimal ask = book.bestAsk->price;
    return Decimal::fromUnits(ask.units() - bid.units(), std::max(bid.fractionDigits(), ask.fractionDigits()));
}

} // namespace

SymbolWatch::SymbolWatch(const Config& config)
    : m_role(config.pipeline.role)
    , m_symbols(config.exchange.allSymbols ? std::vector<std::string>() : config.exchange.symbols)
{}

const std::vector<SymbolRow>& SymbolWatch::update(const PipelineStatus& status, std::int64_t steadyMs,
                                                  std::int64_t epochMs)
{
    ++m_look;
    const Sources sources(status, steadyMs, epochMs);
    const std::vector<std::string_view> symbols = names(status);
    m_rows.resize(symbols.size());
    for (std::size_t i = 0; i < symbols.size(); ++i) {
        SymbolRow& row = m_rows[i];
        row = {};
        row.symbol = symbols[i];
        Track& track = m_tracks[row.symbol];
        track.look = m_look;
        fill(row, track, sources);
    }
    if (m_tracks.size() > m_rows.size())
        std::erase_if(m_tracks, [this](const auto& item) { return item.second.look != m_look; });
    return m_rows;
}

std::vector<std::string_view> SymbolWatch::names(const PipelineStatus& status) const
{
    std::vector<std::string_view> symbols(m_symbols.begin(), m_symbols.end());
    if (!symbols.empty())
        return symbols;
    if (status.outside) {
        for (const BookRow& row : status.book->set.books)
            symbols.push_back(row.symbol);
        symbols.insert(symbols.end(), status.outside->withoutBook.begin(), status.outside->withoutBook.end());
        std::ranges::sort(symbols); // a book keeps its place whoever comes and goes
        return symbols;
    }
    if (status.book && !status.book->set.books.empty())
        for (const BookRow& row : status.book->set.books)
            symbols.push_back(row.symbol);
    else if (status.feed)
        for (const SymbolStreamStatus& stream : status.feed->stream.symbols)
            symbols.push_back(stream.symbol);
    return symbols;
}

void SymbolWatch::fill(SymbolRow& row, Track& track, const Sources& sources) const
{
    if (const BookRow* book = Sources::find(sources.books, row.symbol)) {
        fillBook(row, track, *book, sources);
        track.bookless = 0;
    } else {
        row.words = wordsWithoutBook(sources);
        if (track.bookless == 0)
            track.bookless = sources.epochMs;
        row.sinceEpochMs = track.bookless;
        if (const SymbolStreamStatus* stream = Sources::find(sources.streams, row.symbol)) {
            track.events.sample(stream->messages, sources.steadyMs);
            row.eventsPerSecond = track.events.perSecond();
            if (stream->lastMessageMs > 0)
                row.ageMs = std::max<std::int64_t>(0, sources.epochMs - stream->lastMessageMs);
        }
    }
    fillWrites(row, track, sources);
    if (sources.status.outside)
        row.blank = blankOf(row, sources);
}

void SymbolWatch::fillBook(SymbolRow& row, Track& track, const BookRow& book, const Sources& sources) const
{
    const BookStatus& status = *sources.status.book;
    const std::int64_t sinceTakenMs = std::max<std::int64_t>(0, sources.steadyMs - status.takenMs);
    const auto place = status.snapshotPlaces.find(book.symbol);
    row.state = book.state;
    row.words = sources.status.outside
                    ? symbolWordsFromOutside(book)
                    : symbolWords(book, place == status.snapshotPlaces.end() ? nullptr : &place->second,
                                  Sources::find(sources.streams, book.symbol));
    if (book.stateForMs >= 0)
        row.sinceEpochMs = sinceOf(track, book.state, sources.epochMs - sinceTakenMs - book.stateForMs);
    if (book.bestBid)
        row.bestBid = book.bestBid->price;
    if (book.bestAsk)
        row.bestAsk = book.bestAsk->price;
    row.spread = spreadOf(book);
    if (sources.areCountersKnown(book.symbol)) {
        track.events.sample(book.events, sources.steadyMs);
        row.eventsPerSecond = track.events.perSecond();
    }
    if (book.eventAgeMs)
        row.ageMs = *book.eventAgeMs + sinceTakenMs;
    row.gaps = book.counters.gaps;
    row.resyncs = book.counters.resyncs;
    if (book.lastAudit) {
        row.auditMatch = book.lastAudit->match();
        row.auditAgeMs = book.auditAgeMs + sinceTakenMs;
    }
    if (const auto lag = sources.lagMessages.find(book.partition); lag != sources.lagMessages.end())
        row.lagMessages = lag->second;
    row.latencyMs = book.latencyMs;
    row.lastId = book.lastId;
    row.partition = book.partition;
}

void SymbolWatch::fillWrites(SymbolRow& row, Track& track, const Sources& sources) const
{
    const StoreRow* store = Sources::find(sources.stores, row.symbol);
    if (!store || !sources.areCountersKnown(row.symbol))
        return;
    track.writes.sample(store->writes, sources.steadyMs);
    row.writesPerSecond = track.writes.perSecond();
    if (store->lastWriteEpochMs > 0)
        row.writeAgeMs = std::max<std::int64_t>(0, sources.epochMs - store->lastWriteEpochMs);
}

std::string SymbolWatch::wordsWithoutBook(const Sources& sources) const
{
    if (m_role == Role::Producer)
        return obm::words("role producer keeps no books");
    if (const OutsideView* outside = sources.status.outside.get())
        return outside->noBooks.empty() ? obm::words("nobody keeps this book") : outside->noBooks;
    if (!sources.status.book)
        return m_role == Role::Viewer ? obm::words("nothing was read yet") : obm::words("the books have not begun");
    if (sources.status.book->consumer.partitions.empty())
        return obm::words("no partition is assigned here yet");
    return obm::words("not assigned here: another process keeps it");
}

// Of a row that is seen from outside.
std::string SymbolWatch::blankOf(const SymbolRow& row, const Sources& sources)
{
    const OutsideView& outside = *sources.status.outside;
    const ConsumerStatus& group = sources.status.book->consumer;
    std::string blank;
    if (!row.lagMessages && group.lastError)
        blank = obm::words("lag: {}; else: ", group.lastError->text);
    if (!outside.noCounters.empty())
        return blank + outside.noCounters;
    return blank + (sources.areCountersKnown(row.symbol)
                        ? obm::words("neither Redis nor the metrics tell it")
                        : obm::words("the metrics are of a process that does not keep this book"));
}

std::int64_t SymbolWatch::sinceOf(Track& track, SyncState state, std::int64_t sinceEpochMs)
{
    const bool isSame = track.state == state && std::abs(track.sinceEpochMs - sinceEpochMs) < sinceSlackMs;
    if (!isSame) {
        track.state = state;
        track.sinceEpochMs = sinceEpochMs;
    }
    return track.sinceEpochMs;
}

} // namespace obm
