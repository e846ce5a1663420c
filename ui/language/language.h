// The language of the window: the system's or the person's choice, from one start to the next.
// The words of the monitor are in it too. The log is English in all of them, and so is what comes from elsewhere: names
// of states, errors of the configuration, of Kafka, Redis and the exchange.
// Thread: main.
#pragma once

#include <QString>
#include <QStringList>

namespace obm {

enum class Language { System, English, Vietnamese };

// As it is kept between starts.
[[nodiscard]] Language keptLanguage();
void keepLanguage(Language language);

// With the application made, and before its first widget.
void installLanguage(Language language);

// The translation to load for languages in the order in which a person wants them; empty: English, as written.
[[nodiscard]] QString translationFor(const QStringList& languages);

} // namespace obm
