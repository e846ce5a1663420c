#include "pipeline/store_inbox.h"

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

StoreDelivery StoreInbox::take()
{
    m_wakeup.acknowledge();
    StoreDelivery delivery;
    const std::lock_guard lock(m_mutex);
    delivery.changes.swap(m_changes);
    delivery.live.swap(m_live.texts);
    delivery.full.swap(m_full.texts);
    delivery.stamps.swap(m_stamps);
    m_live.places.clear();
    m_full.places.clear();
    return delivery;
}

void StoreInbox::put(Newest& newest, BookText text)
{
    const std::lock_guard lock(m_mutex);
    const auto [place, isNew] = newest.places.try_emplace(text.id, newest.texts.size());
    if (isNew)
        newest.texts.push_back(std::move(text));
    else
        newest.texts[place->second] = std::move(text);
}

void StoreInbox::drop(Newest& newest, const Symbols& symbols)
{
    std::erase_if(newest.texts, [&](const BookText& text) { return symbols.contains(text.symbol); });
    newest.places.clear();
    for (std::size_t place = 0; place < newest.texts.size(); ++place)
        newest.places.emplace(newest.texts[place].id, place);
}

} // namespace obm
