#include "support/source_rules.h"

#include <QRegularExpression>

namespace obm::test {

namespace {

// Empties literals and drops comments, character by character; newlines stay, so that line numbers hold.
class LiteralStripper
{
public:
    explicit LiteralStripper(const QString& text)
        : m_text(text)
    {}

    QString run()
    {
        while (m_at < m_text.size()) {
            step();
        }
        return m_code;
    }

private:
    [[nodiscard]] bool looksAt(QLatin1String what) const { return QStringView(m_text).sliced(m_at).startsWith(what); }
    [[nodiscard]] QChar previous() const { return m_at > 0 ? m_text[m_at - 1] : QChar(u' '); }

    void step()
    {
        if (looksAt(QLatin1String("//"))) {
            dropUntil(QStringLiteral("\n"), false);
        } else if (looksAt(QLatin1String("/*"))) {
            dropUntil(QStringLiteral("*/"), true);
        } else if (looksAt(QLatin1String("R\"")) && !previous().isLetterOrNumber()) {
            dropRawString();
        } else if (m_text[m_at] == u'"') {
            dropQuoted();
        } else if (m_text[m_at] == u'\'' && !previous().isLetterOrNumber()) { // 1'000 is a number
            dropQuoted();
        } else {
            m_code += m_text[m_at++];
        }
    }

    // Skips to `end` (and over it), keeping the newlines in between.
    void dropUntil(const QString& end, bool over)
    {
        const qsizetype found = m_text.indexOf(end, m_at + 1);
        const qsizetype stop = found < 0 ? m_text.size() : found + (over ? end.size() : 0);
        m_code += QString(m_text.mid(m_at, stop - m_at).count(u'\n'), u'\n');
        m_at = stop;
    }

    void dropRawString()
    {
        const qsizetype open = m_text.indexOf(u'(', m_at);
        const QString delimiter = m_text.mid(m_at + 2, open - m_at - 2);
        m_code += QStringLiteral("\"\"");
        dropUntil(u')' + delimiter + u'"', true);
    }

    void dropQuoted()
    {
        const QChar quote = m_text[m_at++];
        while (m_at < m_text.size() && m_text[m_at] != quote && m_text[m_at] != u'\n') {
            m_at += m_text[m_at] == u'\\' ? 2 : 1;
        }
        m_code += QString(2, quote);
        if (m_at < m_text.size() && m_text[m_at] == quote) {
            ++m_at;
        }
    }

    const QString& m_text;
    QString m_code;
    qsizetype m_at = 0;
};

struct Library
{
    QString folder;
    QStringList arguments;
};

QList<Library> librariesOf(QString cmake)
{
    static const QRegularExpression comment(QStringLiteral("#[^\n]*"));
    static const QRegularExpression call(QStringLiteral("obm_library\\(([^)]*)\\)"));
    static const QRegularExpression blanks(QStringLiteral("\\s+"));
    QList<Library> libraries;
    cmake.remove(comment);
    for (auto it = call.globalMatch(cmake); it.hasNext();) {
        QStringList words = it.next().captured(1).split(blanks, Qt::SkipEmptyParts);
        const QString folder = words.takeFirst();
        libraries.append({folder, words});
    }
    return libraries;
}

} // namespace

SourceFile SourceFile::scan(const QString& path, const QString& text)
{
    return {path, text.split(u'\n'), LiteralStripper(text).run().split(u'\n')};
}

QString SourceFile::folder() const
{
    return path.left(path.lastIndexOf(u'/'));
}

QString Violation::toString() const
{
    return QStringLiteral("%1:%2: %3").arg(path).arg(line).arg(message);
}

std::expected<LibraryGraph, QString> LibraryGraph::parse(const QString& cmake)
{
    LibraryGraph graph;
    for (const Library& library : librariesOf(cmake)) {
        QSet<QString> uses = {library.folder};
        for (const QString& argument : library.arguments) {
            if (!argument.startsWith(QLatin1String("obm_"))) {
                continue;
            }
            const QString used = argument.mid(4);
            if (!graph.uses.contains(used)) {
                return std::unexpected(
                    QStringLiteral("core/CMakeLists.txt: %1 uses %2, which is not above it").arg(library.folder, used));
            }
            uses.unite(graph.uses[used]);
        }
        graph.uses.insert(library.folder, uses);
        if (library.arguments.contains(QLatin1String("QT"))) {
            graph.withQt.insert(library.folder);
        }
    }
    return graph;
}

} // namespace obm::test
