// An update as the exchange writes it is read the short way, any other the general way. Here both read the same texts,
// right ones and damaged ones: a blank in front makes the parser take the general way, and changes nothing else. And
// what can be read has the ids that are found without reading it.
#include "market/depth_parser.h"
#include "market/event_ids.h"
#include "support/seed.h"

#include <QTest>

using namespace obm;

namespace {

const std::string texts[] = {
    R"({"e":"depthUpdate","E":1721347022504,"T":1721347022500,"s":"BTCUSDT","ps":"BTCUSDT","U":11,"u":20,"pu":9,)"
    R"("b":[["63947.30","0.113"],["63900.00","0.000"]],"a":[["63947.40","5"]],"st":1})",
    R"({"e":"depthUpdate","E":999999999999999,"s":"A","U":0,"u":123456789012345,"pu":12345678,"b":[],)"
    R"("a":[["0.00001234","1234567"],["1","12345678"],["1234567.8","99999999999.5"],["92233720368.54775807","0.1"]]})",
    R"({"e":"depthUpdate","E":1,"s":"A","U":1,"u":9007199254740993,"pu":0,"b":[["0.1234567","0"]],"a":[]})",
};

using namespace std::string_literals;
const std::string alphabet = "\"{}[],:.\\-+ 0123456789eEbBsSuUapt/;\0\x1f\x7f\xc3\xbf"s;

std::string told(const std::vector<Level>& levels)
{
    std::string text;
    for (const Level& level : levels)
        text += level.price.toString() + ':' + level.quantity.toString() + ' ';
    return text;
}

// All that the parser makes of a text.
std::string verdict(const std::string& text)
{
    DepthParser parser; // a new one: which fault is named may depend on what an earlier text left behind
    DepthUpdate update;
    const auto parsed = parser.parseUpdate(text, update);
    if (!parsed)
        return std::string(toText(parsed.error().fault)) + ' ' + parsed.error().detail + ' ' + update.symbol;
    std::string all = update.symbol + " b " + told(update.bids) + " a " + told(update.asks);
    for (const std::int64_t number : {update.eventTimeMs, update.firstId, update.lastId, update.previousLastId})
        all += ' ' + std::to_string(number);
    if (const auto ids = eventIds(text);
        !ids || ids->previousLastId != update.previousLastId || ids->lastId != update.lastId)
        all = "other ids without parsing: " + all;
    return all;
}

} // namespace

class TestUpdateForms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreeOnTruncatedTexts();
    void agreeOnEachByteChanged();
    void agreeOnRandomDamage();

private:
    void compare(const std::string& text)
    {
        const std::string shortWay = verdict(text);
        const std::string generalWay = verdict(' ' + text);
        QVERIFY2(shortWay == generalWay && !shortWay.starts_with("other"),
                 (text + "\n" + shortWay + "\n" + generalWay).c_str());
    }
};

void TestUpdateForms::agreeOnTruncatedTexts()
{
    for (const std::string& text : texts) {
        for (std::size_t size = 0; size <= text.size(); ++size)
            compare(text.substr(0, size));
    }
}

void TestUpdateForms::agreeOnEachByteChanged()
{
    for (const std::string& text : texts) {
        for (std::size_t at = 0; at < text.size(); ++at) {
            for (const char byte : alphabet) {
                std::string changed = text;
                changed[at] = byte;
                compare(changed);
            }
        }
    }
}

void TestUpdateForms::agreeOnRandomDamage()
{
    const std::uint64_t seed = test::seedOfRun();
    const auto check = qScopeGuard([seed] { test::tellSeedOnFailure(seed); });
    std::mt19937_64 random(seed);
    const auto below = [&random](std::size_t end) { return random() % end; };
    for (int round = 0; round < 20'000 && !QTest::currentTestFailed(); ++round) {
        std::string text = texts[below(std::size(texts))];
        for (std::size_t damage = 1 + below(3); damage > 0; --damage) {
            const std::size_t at = below(text.size());
            const std::size_t size = below(2) * below(12);
            text.replace(at, size, below(2), alphabet[below(alphabet.size())]);
        }
        compare(text);
    }
}

QTEST_APPLESS_MAIN(TestUpdateForms)
#include "tst_update_forms.moc"
