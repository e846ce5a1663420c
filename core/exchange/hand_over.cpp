#include "exchange/hand_over.h"

#include <algorithm>
#include <utility>

namespace obm {

void HandOver::add(const std::string& stream)
{
    m_streams.try_emplace(stream);
}

void HandOver::remove(const std::string& stream)
{
    const auto found = m_streams.find(stream);
    if (found == m_streams.end())
        return;
    m_moved -= found->second.moved;
    m_streams.erase(found);
}

bool HandOver::fromOld(const DepthEvent& event, std::int64_t nowMs)
{
    Stream* stream = find(event.stream);
    if (!stream)
        return true;
    stream->lastOldMs = nowMs;
    if (stream->moved)
        return false;
    stream->passedId = std::max(stream->passedId, event.lastId);
    if (!stream->held.empty() && stream->held.front().previousLastId <= stream->passedId)
        move(*stream);
    return true;
}

bool HandOver::fromSuccessor(const DepthEvent& event, std::int64_t nowMs)
{
    Stream* stream = find(event.stream);
    if (!stream)
        return true;
    if (stream->firstSuccessorMs == none)
        stream->firstSuccessorMs = nowMs;
    stream->lastSuccessorMs = nowMs;
    if (!stream->moved) {
        const bool continues = stream->passedId != none && event.previousLastId <= stream->passedId;
        const bool oldIsSilent = nowMs - std::max(stream->lastOldMs, stream->firstSuccessorMs) >= m_quietMs;
        if (!continues && !oldIsSilent) {
            hold(*stream, event);
            return false;
        }
        move(*stream);
    }
    const bool isNew = event.lastId > stream->passedId;
    stream->passedId = std::max(stream->passedId, event.lastId);
    return isNew;
}

std::vector<HeldEvent> HandOver::takeReleased()
{
    return std::exchange(m_released, {});
}

bool HandOver::isComplete(std::int64_t subscribedMs, std::int64_t nowMs) const
{
    return std::ranges::all_of(m_streams,
                               [&](const auto& entry) { return mayMove(entry.second, subscribedMs, nowMs); });
}

void HandOver::moveAll()
{
    for (auto& [name, stream] : m_streams)
        if (!stream.moved)
            move(stream);
}

bool HandOver::mayMove(const Stream& stream, std::int64_t subscribedMs, std::int64_t nowMs) const
{
    if (stream.moved)
        return true;
    if (nowMs - std::max({subscribedMs, stream.lastOldMs, stream.lastSuccessorMs}) < m_quietMs)
        return false;
    // An event well after the acknowledgement that only the old connection had: the successor does not deliver the
    // stream.
    const bool onlyOldDelivers = stream.firstSuccessorMs == none && stream.lastOldMs > subscribedMs + m_quietMs / 2;
    return !onlyOldDelivers;
}

HandOver::Stream* HandOver::find(std::string_view stream)
{
    const auto found = m_streams.find(stream);
    return found != m_streams.end() ? &found->second : nullptr;
}

void HandOver::move(Stream& stream)
{
    stream.moved = true;
    ++m_moved;
    for (HeldEvent& event : std::exchange(stream.held, {})) {
        if (event.lastId <= stream.passedId)
            continue;
        stream.passedId = event.lastId;
        m_released.push_back(std::move(event));
    }
}

void HandOver::hold(Stream& stream, const DepthEvent& event)
{
    if (stream.held.size() == heldEventsMax)
        stream.held.pop_front();
    stream.held.push_back(
        {std::string(event.stream), std::string(event.data), event.receivedMs, event.previousLastId, event.lastId});
}

} // namespace obm
