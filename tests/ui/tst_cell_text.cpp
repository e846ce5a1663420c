// The text of a cell: in its room, at its side, cut off where it does not fit, and the same each time.
#include "ui/table/cell_text.h"

#include <QGuiApplication>
#include <QImage>
#include <QTest>

using namespace obm;

namespace {

constexpr QRect room(20, 10, 120, 24);

QImage painted(CellText& cell, bool isRightAligned, const QString& text)
{
    QImage image(160, 50, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setPen(Qt::black);
    cell.draw(painter, room, isRightAligned, text);
    return image;
}

// The least rectangle with all that is not white.
QRect inkOf(const QImage& image)
{
    QRegion ink;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixel(x, y) != qRgb(255, 255, 255))
                ink += QRect(x, y, 1, 1);
        }
    }
    return ink.boundingRect();
}

} // namespace

class TestCellText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void staysInItsRoom_data();
    void staysInItsRoom();
    void alignsDigits();
    void cutsOffWhatDoesNotFit();
};

void TestCellText::staysInItsRoom_data()
{
    QTest::addColumn<bool>("isRightAligned");
    QTest::addColumn<QString>("text");
    QTest::newRow("number") << true << QStringLiteral("63,947.30");
    QTest::newRow("number with a unit") << true << QStringLiteral("120 ms");
    QTest::newRow("number of no room") << true << QStringLiteral("63,947.30").repeated(4);
    QTest::newRow("dash") << true << QStringLiteral("–");
    QTest::newRow("words") << false << QStringLiteral("● live");
    QTest::newRow("many words") << false << QStringLiteral("◔ waiting for a snapshot: 12 before it, about 34 s");
    QTest::newRow("other letters") << false << QStringLiteral("đang chờ ảnh chụp");
}

void TestCellText::staysInItsRoom()
{
    QFETCH(bool, isRightAligned);
    QFETCH(QString, text);
    CellText cell(QGuiApplication::font());
    const QImage first = painted(cell, isRightAligned, text);
    const QRect ink = inkOf(first);
    QVERIFY(!ink.isEmpty());
    QVERIFY(room.adjusted(-1, 0, 1, 0).contains(ink)); // a stroke may be smoothed over the edge
    const int edge = isRightAligned ? room.right() - ink.right() : ink.left() - room.left();
    QVERIFY2(edge <= 6, qPrintable(QString::number(edge)));
    QCOMPARE(painted(cell, isRightAligned, text), first); // from what was kept
}

void TestCellText::alignsDigits()
{
    CellText cell(QGuiApplication::font());
    const QRect ones = inkOf(painted(cell, true, QStringLiteral("0.11110")));
    const QRect zeros = inkOf(painted(cell, true, QStringLiteral("0.00000")));
    QCOMPARE(ones, zeros);
}

void TestCellText::cutsOffWhatDoesNotFit()
{
    CellText cell(QGuiApplication::font());
    const QString start = QStringLiteral("waiting for a snapshot, ");
    // The same beginning, other ends that nobody can see: the same picture.
    QCOMPARE(painted(cell, false, start.repeated(3)), painted(cell, false, start.repeated(9)));
    QVERIFY(painted(cell, false, start.repeated(3)) != painted(cell, false, start.left(6)));
}

QTEST_MAIN(TestCellText)
#include "tst_cell_text.moc"
