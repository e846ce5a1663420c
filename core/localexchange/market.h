// The source of an exchange's books and events: synthetic markets or a recording.
// A market owns the truth: its book() right after an event is the book at that event's u.
// Thread: the local exchange's; everything is called there.
#pragma once

#include "localexchange/stream_name.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace obm::localexchange {

struct TextLevel
{
    std::string price;
    std::string quantity;
};

struct BookText
{
    std::int64_t lastUpdateId = 0;
    std::int64_t eventTimeMs = 0;
    std::vector<TextLevel> bids; // falling
    std::vector<TextLevel> asks; // rising
};

// One depth event of one stream. `data` lives until the callback returns.
struct MarketEvent
{
    std::size_t symbol = 0;
    SpeedSet speeds; // the streams that carry it
    std::string_view data;
    std::int64_t lastId = 0; // "u"
    bool bookKnown = true;   // false: of a recording, before its snapshot
};

// What exchangeInfo tells of a symbol.
struct Listing
{
    std::string symbol;
    std::string tickSize;
    std::string stepSize;
    std::string status = "TRADING";
};

class Market
{
public:
    using EventSink = std::function<void(const MarketEvent&)>;

    virtual ~Market() = default;

    virtual std::vector<Listing> listings() const = 0;
    // The best `levelsMax` of each side, as they are now.
    virtual BookText book(std::size_t symbol, std::size_t levelsMax) const = 0;
    // Somebody takes, or nobody takes any more, this stream.
    virtual void setWanted(std::size_t symbol, Speed speed, bool wanted) = 0;
    // Begins to play; a second call does nothing.
    virtual void play() = 0;
    // Sends what is not sent yet, and changes nothing any more: the books can be compared at leisure. False: it cannot.
    virtual bool standStill() { return false; }
    // Base ticks left out since the start because this process had no time for them.
    virtual std::int64_t ticksSkipped() const { return 0; }
    // A connection that was behind has caught up.
    virtual void resume() {}

    EventSink onEvent;
    std::function<void()> onFinished;
    std::function<bool()> isBehind; // true: a connection has too much unsent
};

} // namespace obm::localexchange
