// The words of the monitor in another language, and English where that language fails.
#include "monitor/words.h"
#include "support/std_string.h"

#include <QtTest>

#include <string_view>

using namespace obm;

namespace {

std::string translated(const char* english)
{
    const std::string_view text = english;
    if (text == "{} of {} live")
        return "{1}/{0} ao vivo";
    if (text == "{} is silent")
        return "{} {} cala-se";
    if (text == "{} s")
        return "{:x} s";
    if (text == "{} more")
        return "{ mais";
    return text == "gap" ? "lacuna" : english;
}

} // namespace

class TestMonitorWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { setWordsTranslation(translated); }
    void cleanupTestCase() { setWordsTranslation(nullptr); }
    void areTranslated();
    void fallBackToEnglish_data();
    void fallBackToEnglish();
    void areEnglishWithoutATranslation();
};

void TestMonitorWords::areTranslated()
{
    QCOMPARE(obm::words("{} of {} live", 540, 600), std::string("600/540 ao vivo"));
    QCOMPARE(obm::words("gap"), std::string("lacuna"));
    QCOMPARE(term("gap"), std::string("lacuna"));
}

void TestMonitorWords::fallBackToEnglish_data()
{
    QTest::addColumn<std::string>("words");
    QTest::addColumn<std::string>("english");
    const auto row = [](const char* name, const std::string& words, const char* english) {
        QTest::newRow(name) << words << std::string(english);
    };
    row("a value that is not there", obm::words("{} is silent", "BTCUSDT"), "BTCUSDT is silent");
    row("another kind of value", obm::words("{} s", "2.5"), "2.5 s");
    row("a brace too many", obm::words("{} more", 3), "3 more");
    row("no translation", obm::words("live at u {}", 7), "live at u 7");
    row("no translation, no value", obm::words("writes"), "writes");
}

void TestMonitorWords::fallBackToEnglish()
{
    QFETCH(std::string, words);
    QTEST(words, "english");
}

void TestMonitorWords::areEnglishWithoutATranslation()
{
    setWordsTranslation(nullptr);
    QCOMPARE(obm::words("{} of {} live", 540, 600), std::string("540 of 600 live"));
    QCOMPARE(obm::words("gap"), std::string("gap"));
    setWordsTranslation(translated);
}

QTEST_GUILESS_MAIN(TestMonitorWords)
#include "tst_monitor_words.moc"
