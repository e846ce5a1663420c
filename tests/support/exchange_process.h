// The local exchange as a process of its own: its addresses, faults by its control paths, and its truth file.
// After restart() it has the same port, and one truth file more. Thread: that of the test.
#pragma once

#include "support/exchange_client.h"
#include "support/program.h"
#include "support/truth.h"

#include <QStringList>
#include <QTemporaryDir>
#include <QUrl>

#include <memory>

namespace obm::test {

class ExchangeProcess
{
public:
    // NotWritten: for long runs, in which the file would grow to gigabytes.
    enum class TruthFile { Written, NotWritten };

    // Such as {"--symbols", "6", "--seed", "7"}; port and truth file are added.
    explicit ExchangeProcess(QStringList arguments, TruthFile truthFile = TruthFile::Written);

    [[nodiscard]] QStringList configuration() const; // --set of its addresses
    [[nodiscard]] QUrl wsUrl() const { return QUrl(m_wsUrl); }
    [[nodiscard]] QUrl restUrl() const { return m_restUrl; }
    [[nodiscard]] qint64 processId() const { return m_program->processId(); }

    QJsonObject control(const QString& what); // of its control paths: "state"
    void inject(const QString& fault);
    void clearFaults();
    // Every event until now.
    const TruthReader& truth();
    [[nodiscard]] int faultHits(); // until now

    void signal(int number) { m_program->signal(number); }
    void kill() { m_program->kill(); }
    std::optional<int> stop() { return m_program->stop(); }
    void restart(); // on the port it had
    void showOutput() const { m_program->showOutput(); }

private:
    void start(int port);

    QStringList m_arguments;
    TruthFile m_truthFile;
    QTemporaryDir m_folder;
    QStringList m_truthFiles;
    TruthReader m_truth;
    QString m_wsUrl;
    QUrl m_restUrl;
    std::unique_ptr<Program> m_program;
};

} // namespace obm::test
