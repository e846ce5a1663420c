# Everything obmonitor links, in one place. scripts/packages names the Debian packages that bring it.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(Qt6 6.4 REQUIRED COMPONENTS Core Network WebSockets)
find_package(simdjson REQUIRED)
find_package(fmt REQUIRED)
find_package(prometheus-cpp REQUIRED)
find_package(CLI11 REQUIRED)
pkg_check_modules(tomlplusplus REQUIRED IMPORTED_TARGET tomlplusplus)
pkg_check_modules(rdkafka REQUIRED IMPORTED_TARGET rdkafka>=2.0)
pkg_check_modules(hiredis REQUIRED IMPORTED_TARGET hiredis>=0.14)
# TLS to Redis: hiredis 1.x brings it, Debian 12's 0.14 does not. Without it rediss:// is a configuration error.
pkg_check_modules(hiredis_ssl QUIET IMPORTED_TARGET hiredis_ssl openssl)
