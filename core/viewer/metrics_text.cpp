#include "viewer/metrics_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

namespace obm {

namespace {

bool isNameByte(char c, bool isFirst)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' ||
           (!isFirst && c >= '0' && c <= '9');
}

std::optional<double> numberOf(std::string_view text)
{
    if (text.starts_with('+'))
        text.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value); // Inf and NaN as well
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

// One line with a sample; each step takes what it has read off its front.
class LineReader
{
public:
    explicit LineReader(std::string_view line)
        : m_rest(line)
    {}

    std::optional<MetricSample> read()
    {
        MetricSample sample;
        sample.name = takeName();
        if (sample.name.empty() || !takeLabels(sample) || !take(' '))
            return std::nullopt;
        const std::string_view number = takeWord();
        const auto value = numberOf(number);
        const bool hasTime = take(' ');
        if (!value || (hasTime && !isWhole(takeWord())) || !m_rest.empty())
            return std::nullopt;
        sample.value = *value;
        return sample;
    }

private:
    bool take(char c)
    {
        if (!m_rest.starts_with(c))
            return false;
        m_rest.remove_prefix(1);
        return true;
    }
    std::string takeName()
    {
        std::size_t size = 0;
        while (size < m_rest.size() && isNameByte(m_rest[size], size == 0))
            ++size;
        std::string name(m_rest.substr(0, size));
        m_rest.remove_prefix(size);
        return name;
    }
    std::string_view takeWord()
    {
        const std::string_view word = m_rest.substr(0, m_rest.find(' '));
        m_rest.remove_prefix(word.size());
        return word;
    }
    static bool isWhole(std::string_view text)
    {
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        return error == std::errc() && end == text.data() + text.size();
    }
    bool takeLabels(MetricSample& sample)
    {
        if (!take('{') || take('}'))
            return true;
        do {
            std::string name = takeName();
            std::string value;
            if (name.empty() || sample.label(name) || !take('=') || !takeQuoted(value))
                return false;
            sample.labels.emplace_back(std::move(name), std::move(value));
        } while (take(',') && !m_rest.starts_with('}'));
        return take('}');
    }
    bool takeQuoted(std::string& out)
    {
        if (!take('"'))
            return false;
        while (!take('"')) {
            const bool isEscaped = take('\\');
            if (m_rest.empty() || (isEscaped && !std::string_view("\\\"n").contains(m_rest.front())))
                return false;
            out += isEscaped && m_rest.front() == 'n' ? '\n' : m_rest.front();
            m_rest.remove_prefix(1);
        }
        return true;
    }

    std::string_view m_rest;
};

} // namespace

std::expected<std::vector<MetricSample>, std::string> parseMetrics(std::string_view text)
{
    std::vector<MetricSample> samples;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.empty() || line.starts_with('#'))
            continue;
        auto sample = LineReader(line).read();
        if (!sample)
            return std::unexpected(fmt::format("line {} is no metric", number));
        samples.push_back(std::move(*sample));
    }
    return samples;
}

const std::string* MetricSample::label(std::string_view key) const
{
    const auto found = std::ranges::find(labels, key, &MetricLabel::first);
    return found == labels.end() ? nullptr : &found->second;
}

bool MetricSample::has(const MetricLabel& wanted) const
{
    return wanted.first.empty() || std::ranges::find(labels, wanted) != labels.end();
}

double metricOr(const std::vector<MetricSample>& samples, std::string_view name, double otherwise,
                const MetricLabel& label)
{
    const auto found = std::ranges::find_if(
        samples, [&](const MetricSample& sample) { return sample.name == name && sample.has(label); });
    return found == samples.end() ? otherwise : found->value;
}

std::uint64_t countOf(double value)
{
    constexpr double countMax = 9e15; // beyond it a double counts no longer by one
    return value > 0 ? static_cast<std::uint64_t>(std::min(value, countMax)) : 0;
}

} // namespace obm
