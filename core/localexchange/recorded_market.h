// Plays a recording: its events at their recorded pace times `speed`, bytes as recorded, and the true book beside them.
// Every depth stream name of a recorded symbol carries the same events.
// Before a symbol's bridging event its book is the recorded snapshot; after the end it is the last one, and goes on
// being served. Looped: at the seam one event turns the last book into the recorded snapshot; from then on ids and
// times are rewritten, raised by what the passes before used, so that the chain, the books and the times go on. Events
// older than the snapshot are left out of every later pass. A connection that falls behind holds the play, so that any
// speed can be asked for. Thread: that of the timer, the local exchange's.
#pragma once

#include "localexchange/market.h"
#include "localexchange/recording.h"

#include <QElapsedTimer>
#include <QTimer>

namespace obm::localexchange {

class RecordedMarket : public Market
{
public:
    RecordedMarket(Recording recording, double speed, bool loop);

    std::vector<Listing> listings() const override;
    BookText book(std::size_t symbol, std::size_t levelsMax) const override;
    void setWanted(std::size_t, Speed, bool) override {} // events are there already
    void play() override;
    void resume() override;

private:
    struct State
    {
        RecordedBook book;
        std::int64_t lastId = 0; // as sent
        std::int64_t timeMs = 0;
        bool known = false; // bridged
    };

    void playDue();
    void arm();
    void send(std::size_t index);
    void emitRecorded(const RecordedEvent& event);
    void emitRewritten(const RecordedEvent& event);
    void apply(const RecordedEvent& event, std::int64_t lastId, std::int64_t timeMs);
    void endPass();
    void emitSeam(std::size_t symbol);
    [[nodiscard]] std::int64_t dueNs(std::size_t index) const;

    Recording m_recording;
    double m_speed;
    bool m_loop;
    std::vector<State> m_states;
    std::size_t m_next = 0;
    std::int64_t m_pass = 0;
    bool m_started = false;
    bool m_held = false; // until a connection has caught up
    QElapsedTimer m_clock;
    QTimer m_timer;
};

} // namespace obm::localexchange
