// One fault of the local exchange, as given on the command line or by a test.
#pragma once

#include <QList>
#include <QString>
