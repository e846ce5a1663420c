// The newest immutable value of one writer, for readers that pull at their own pace (GUI, metrics, headless log).
// Why a shared pointer behind a mutex: the lock covers one pointer copy, and a reader keeps its value as long as it
// likes. Thread: any.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

namespace obm {

template <typename T>
class LatestValue
{
public:
    void publish(std::shared_ptr<const T> value)
    {
        const std::lock_guard lock(m_mutex);
        m_value.swap(value); // the old value is freed after the lock
    }

    void publish(T value) { publish(std::make_shared<const T>(std::move(value))); }

    // Null until the first publish().
    [[nodiscard]] std::shared_ptr<const T> get() const
    {
        const std::lock_guard lock(m_mutex);
        return m_value;
    }

private:
    mutable std::mutex m_mutex;
    std::shared_ptr<const T> m_value;
};

} // namespace obm
