#include "pipeline/store_inbox.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace obm {

void StoreInbox::change(OwnershipChange::Kind kind, std::vector<std::string> symbols)
{
    {
        const std::lock_guard lock(m_mutex);
        if (kind != OwnershipChange::Kind::Claim) {
            const Symbols gone(symbols.begin(), symbols.end());
            drop(m_live, gone);
            drop(m_full, gone);
            std::erase_if(m_stamps, [&](const SymbolStamp& row) { return gone.contains(row.symbol); });
            tellRoom();
        }
        m_changes.push_back({kind, std::move(symbols)});
    }
    wake();
}

void StoreInbox::putStamps(std::vector<SymbolStamp> stamps)
{
    {
        const std::lock_guard lock(m_mutex);
        m_stamps.swap(stamps);
    }
    wake();
}

StoreDelivery StoreInbox::take(std::size_t fullBytes)
{
    m_wakeup.acknowledge();
    StoreDelivery delivery;
    const std::lock_guard lock(m_mutex);
    delivery.changes.swap(m_changes);
    delivery.live = std::move(std::exchange(m_live, {}).texts);
    delivery.full = takeFirst(m_full, fullBytes);
    delivery.stamps.swap(m_stamps);
    tellRoom();
    return delivery;
}

bool StoreInbox::hasFull()
{
    const std::lock_guard lock(m_mutex);
    return !m_full.texts.empty();
}

std::size_t StoreInbox::fullBytes()
{
    const std::lock_guard lock(m_mutex);
    return m_full.bytes;
}

bool StoreInbox::hasRoom()
{
    const std::lock_guard lock(m_mutex);
    m_isRoomWanted = m_full.bytes >= m_fullBytesLimit;
    return !m_isRoomWanted;
}

void StoreInbox::tellRoom()
{
    if (m_isRoomWanted && m_full.bytes < m_fullBytesLimit) {
        m_isRoomWanted = false;
        m_wishWakeup.notify();
    }
}

void StoreInbox::wantAll()
{
    m_isAllWanted = true;
    m_wishWakeup.notify();
}

void StoreInbox::put(Newest& newest, BookText text)
{
    const std::lock_guard lock(m_mutex);
    const auto [place, isNew] = newest.places.try_emplace(text.id, newest.texts.size());
    newest.bytes += text.json.size();
    if (isNew) {
        newest.texts.push_back(std::move(text));
    } else {
        BookText& older = newest.texts[place->second];
        newest.bytes -= older.json.size();
        older = std::move(text);
    }
}

void StoreInbox::drop(Newest& newest, const Symbols& symbols)
{
    std::erase_if(newest.texts, [&](const BookText& text) { return symbols.contains(text.symbol); });
    index(newest);
}

void StoreInbox::index(Newest& newest)
{
    newest.places.clear();
    newest.bytes = 0;
    for (const BookText& text : newest.texts) {
        newest.places.emplace(text.id, newest.places.size());
        newest.bytes += text.json.size();
    }
}

std::vector<BookText> StoreInbox::takeFirst(Newest& newest, std::size_t bytesMax)
{
    if (newest.bytes <= bytesMax)
        return std::move(std::exchange(newest, {}).texts);
    std::size_t bytes = 0;
    const auto isWithin = [&](const BookText& text) { return (bytes += text.json.size()) <= bytesMax; };
    auto end = std::ranges::find_if_not(newest.texts, isWithin);
    if (end == newest.texts.begin() && bytesMax > 0)
        ++end;
    std::vector<BookText> first(std::move_iterator(newest.texts.begin()), std::move_iterator(end));
    newest.texts.erase(newest.texts.begin(), end);
    index(newest);
    return first;
}

} // namespace obm
