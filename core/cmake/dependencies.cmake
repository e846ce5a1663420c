# Everything obmonitor links, in one place. scripts/packages names the Debian packages that bring it.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(simdjson REQUIRED)
find_package(fmt REQUIRED)
find_package(prometheus-cpp REQUIRED)
pkg_check_modules(tomlplusplus REQUIRED IMPORTED_TARGET tomlplusplus)
if(OBM_FUZZ) # the libraries without Qt need no more
  return()
endif()

find_package(Qt6 6.4 REQUIRED COMPONENTS Core Network WebSockets)
# The window. Without these obmonitor is headless; OBM_WINDOW=OFF builds that half alone.
option(OBM_WINDOW "Build the window where Qt Widgets and Charts are installed" ON)
if(OBM_WINDOW)
  find_package(Qt6 6.4 QUIET OPTIONAL_COMPONENTS Widgets Charts DBus LinguistTools)
endif()
if(NOT (Qt6Widgets_FOUND AND Qt6Charts_FOUND AND Qt6DBus_FOUND))
  set(OBM_WINDOW OFF)
  message(STATUS "No window: Qt6 Widgets, Charts or DBus is missing, or OBM_WINDOW is off")
endif()
find_package(CLI11 REQUIRED)
pkg_check_modules(rdkafka REQUIRED IMPORTED_TARGET rdkafka>=2.0)
# How long the embedded broker lets a group's first members wait for others: librdkafka 2.0 cannot be told.
include(CheckSymbolExists)
set(CMAKE_REQUIRED_LIBRARIES PkgConfig::rdkafka)
check_symbol_exists(rd_kafka_mock_group_initial_rebalance_delay_ms "librdkafka/rdkafka.h;librdkafka/rdkafka_mock.h"
                    OBM_MOCK_JOIN_DELAY)
unset(CMAKE_REQUIRED_LIBRARIES)
pkg_check_modules(hiredis REQUIRED IMPORTED_TARGET hiredis>=0.14)
# TLS to Redis: hiredis 1.x brings it, Debian 12's 0.14 does not. Without it rediss:// is a configuration error.
pkg_check_modules(hiredis_ssl QUIET IMPORTED_TARGET hiredis_ssl openssl)
