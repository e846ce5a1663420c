#include "support/x_server.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QStandardPaths>
#include <QtEndian>

#include <xcb/xcb.h>

#include <csignal>
#include <cstdlib>
#include <memory>
#include <span>
#include <string_view>
#include <sys/prctl.h>

namespace obm::test {

namespace {

struct Free
{
    void operator()(void* reply) const { std::free(reply); }
};
template <typename Reply>
using ReplyPtr = std::unique_ptr<Reply, Free>;

struct Disconnect
{
    void operator()(xcb_connection_t* connection) const { xcb_disconnect(connection); }
};

xcb_atom_t atomOf(xcb_connection_t* connection, std::string_view name)
{
    const auto cookie = xcb_intern_atom(connection, 0, static_cast<std::uint16_t>(name.size()), name.data());
    const ReplyPtr<xcb_intern_atom_reply_t> reply(xcb_intern_atom_reply(connection, cookie, nullptr));
    return reply ? reply->atom : xcb_atom_t{XCB_ATOM_NONE};
}

bool isOnScreen(xcb_connection_t* connection, xcb_window_t window)
{
    const auto cookie = xcb_get_window_attributes(connection, window);
    const ReplyPtr<xcb_get_window_attributes_reply_t> reply(
        xcb_get_window_attributes_reply(connection, cookie, nullptr));
    return reply && reply->map_state == XCB_MAP_STATE_VIEWABLE;
}

void askToClose(xcb_connection_t* connection, xcb_window_t window)
{
    xcb_client_message_event_t event{};
    event.response_type = XCB_CLIENT_MESSAGE;
    event.format = 32;
    event.window = window;
    event.type = atomOf(connection, "WM_PROTOCOLS");
    event.data.data32[0] = atomOf(connection, "WM_DELETE_WINDOW");
    event.data.data32[1] = XCB_CURRENT_TIME;
    xcb_send_event(connection, 0, window, XCB_EVENT_MASK_NO_EVENT, reinterpret_cast<const char*>(&event));
}

} // namespace

XServer::XServer(QSize screen)
{
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); }); // a test may crash
    m_process.start(QStringLiteral("Xvfb"),
                    {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-screen"), QStringLiteral("0"),
                     QStringLiteral("%1x%2x24").arg(screen.width()).arg(screen.height()), QStringLiteral("-nolisten"),
                     QStringLiteral("tcp"), QStringLiteral("-fbdir"), m_folder.path()});
    const QDeadlineTimer deadline(deadlineMs);
    while (!m_process.canReadLine() && m_process.waitForReadyRead(static_cast<int>(deadline.remainingTime()))) {
    }
    if (const QByteArray number = m_process.readLine().trimmed(); !number.isEmpty())
        m_display = QStringLiteral(":%1").arg(QString::fromLatin1(number));
}

XServer::~XServer()
{
    m_process.terminate();
    if (!m_process.waitForFinished(deadlineMs))
        m_process.kill();
}

bool XServer::isInstalled()
{
    return !QStandardPaths::findExecutable(QStringLiteral("Xvfb")).isEmpty();
}

// Xvfb keeps the screen in a file in the form of xwd: a header of big-endian words, colours, and rows of pixels.
QImage XServer::picture() const
{
    enum Word { HeaderSize = 0, Width = 4, Height = 5, BytesPerLine = 12, Colours = 19, WordCount = 25 };
    constexpr qsizetype colourSize = 12;
    QFile file(m_folder.filePath(QStringLiteral("Xvfb_screen0")));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray bytes = file.readAll();
    if (bytes.size() < qsizetype(WordCount) * 4)
        return {};
    const auto word = [&](Word which) { return qFromBigEndian<quint32>(bytes.constData() + which * 4); };
    const qsizetype from = word(HeaderSize) + word(Colours) * colourSize;
    const qsizetype size = static_cast<qsizetype>(word(BytesPerLine)) * word(Height);
    if (bytes.size() < from + size)
        return {};
    return QImage(reinterpret_cast<const uchar*>(bytes.constData() + from), static_cast<int>(word(Width)),
                  static_cast<int>(word(Height)), static_cast<int>(word(BytesPerLine)), QImage::Format_RGB32)
        .copy();
}

int XServer::closeWindows() const
{
    const std::unique_ptr<xcb_connection_t, Disconnect> connection(xcb_connect(qPrintable(m_display), nullptr));
    if (xcb_connection_has_error(connection.get()) != 0)
        return 0;
    const xcb_window_t root = xcb_setup_roots_iterator(xcb_get_setup(connection.get())).data->root;
    const ReplyPtr<xcb_query_tree_reply_t> tree(
        xcb_query_tree_reply(connection.get(), xcb_query_tree(connection.get(), root), nullptr));
    if (!tree)
        return 0;
    int count = 0;
    const std::span windows(xcb_query_tree_children(tree.get()),
                            static_cast<std::size_t>(xcb_query_tree_children_length(tree.get())));
    for (const xcb_window_t window : windows) {
        if (!isOnScreen(connection.get(), window))
            continue;
        askToClose(connection.get(), window);
        ++count;
    }
    xcb_flush(connection.get());
    return count;
}

} // namespace obm::test
