// When a partition's end passed an offset, by what was seen of it: how old a group's place is, without asking the
// group. Units: ms of any clock that does not go back. Thread: that of its owner; pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>

namespace obm {

class EndTimes
{
public:
    static constexpr std::size_t samplesMax = 600; // ten minutes at one a second

    // An end that went back (the topic was made anew) begins anew.
    void note(std::int64_t end, std::int64_t nowMs);
    // For how long there has been something at `offset` or beyond; 0: there is nothing. At most as long as it was
    // watched.
    [[nodiscard]] std::int64_t behindMs(std::int64_t offset, std::int64_t nowMs) const;

private:
    struct Sample
    {
        std::int64_t end;
        std::int64_t atMs; // when it was first seen there
    };

    std::deque<Sample> m_samples;
};

} // namespace obm
