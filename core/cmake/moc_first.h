// What moc reads before every header: it fails on <concepts> when one of ours reaches that first.
#pragma once

#include <cstddef>
