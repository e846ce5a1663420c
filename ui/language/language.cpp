#include "ui/language/language.h"

#include "monitor/words.h"

#include <QCoreApplication>
#include <QLocale>
#include <QSettings>
#include <QTranslator>

#include <memory>
#include <string>

namespace obm {

namespace {

const QString keyLanguage = QStringLiteral("window/language");
const QString english = QStringLiteral("en");
const QString vietnamese = QStringLiteral("vi");

QStringList wanted(Language language)
{
    switch (language) {
    case Language::System:
        break;
    case Language::English:
        return {english};
    case Language::Vietnamese:
        return {vietnamese};
    }
    return QLocale::system().uiLanguages();
}

// lupdate gives their namespace to them as the context.
std::string monitorWords(const char* text)
{
    return QCoreApplication::translate("obm", text).toStdString();
}

} // namespace

Language keptLanguage()
{
    const QString kept = QSettings().value(keyLanguage).toString();
    return kept == english ? Language::English : kept == vietnamese ? Language::Vietnamese : Language::System;
}

void keepLanguage(Language language)
{
    QSettings settings;
    if (language == Language::System)
        settings.remove(keyLanguage);
    else
        settings.setValue(keyLanguage, language == Language::English ? english : vietnamese);
}

QString translationFor(const QStringList& languages)
{
    for (const QString& language : languages) {
        const QString name = language.section(QLatin1Char('-'), 0, 0).section(QLatin1Char('_'), 0, 0);
        if (name == vietnamese)
            return vietnamese;
        if (name == english)
            break;
    }
    return {};
}

void installLanguage(Language language)
{
    const QString name = translationFor(wanted(language));
    if (name.isEmpty())
        return;
    auto translator = std::make_unique<QTranslator>();
    if (!translator->load(QStringLiteral(":/translations/obmonitor_%1.qm").arg(name)))
        return; // built without Qt's linguist tools
    translator->setParent(QCoreApplication::instance());
    QCoreApplication::installTranslator(translator.release());
    setWordsTranslation(monitorWords);
}

} // namespace obm
