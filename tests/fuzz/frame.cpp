// A text message of a combined stream.
#include "fuzz/depth_text.h"
#include "fuzz/fuzz.h"
#include "market/depth_parser.h"
#include "market/stream_name.h"

namespace obm::fuzz {

namespace {

void checkIsPart(std::string_view part, std::string_view text)
{
    const bool isInside = part.data() >= text.data() && part.data() + part.size() <= text.data() + text.size();
    require(part.empty() || isInside, "parts of a frame lie in its text");
}

void checkFrame(const CombinedFrame& frame, std::string_view text)
{
    checkIsPart(frame.data, text);
    checkIsPart(frame.errorMessage, text);
    require(frame.stream.empty() == frame.data.empty(), "a stream has data, and no other message has");
    require(frame.stream.empty() || symbolOfDepthStream(frame.stream).has_value(), "diff depth only");
    require(frame.data.empty() || (frame.data.front() == '{' && frame.data.back() == '}'), "data is an object");
    require(!frame.controlId || *frame.controlId >= 0, "an id is no negative number");
}

bool isSame(const CombinedFrame& a, const CombinedFrame& b)
{
    return a.stream == b.stream && a.data == b.data && a.controlId == b.controlId && a.errorMessage == b.errorMessage &&
           a.event == b.event;
}

} // namespace

void tryInput(std::string_view input)
{
    DepthParser parser;
    const auto frame = parser.parseFrame(input);
    const ExactlyPadded copy(input);
    DepthParser another; // the views of a frame live until the next call
    const auto inPlace = another.parseFrame(copy.text());
    require(frame.has_value() == inPlace.has_value(), "copied or in place, the verdict is the same");
    if (!frame)
        return checkError(frame.error());
    checkFrame(*frame, input);
    checkFrame(*inPlace, copy.text().text());
    require(isSame(*frame, *inPlace), "copied or in place, the frame is the same");
    DepthUpdate update;
    if (const auto parsed = another.parseUpdate(frame->data, update); !parsed)
        checkError(parsed.error());
}

} // namespace obm::fuzz
