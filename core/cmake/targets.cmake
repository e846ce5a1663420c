# obm_options: what every target of the project is compiled with.
add_library(obm_options INTERFACE)
target_include_directories(obm_options INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/core)
target_compile_options(obm_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion)

# moc fails on libstdc++'s <concepts> when that is the first standard header it meets: it uses macros of another one
# (Qt 6.4 with GCC 12).
set(CMAKE_AUTOMOC_MOC_OPTIONS --include ${PROJECT_SOURCE_DIR}/core/cmake/moc_first.h)

# What nearly every file of the Qt side includes, compiled once: two thirds of the time of a build. For targets without
# further definitions that these headers look at.
function(obm_precompile target)
  if(NOT TARGET obm_precompiled)
    set(empty ${PROJECT_BINARY_DIR}/precompiled.cpp)
    file(TOUCH ${empty})
    add_library(obm_precompiled OBJECT ${empty})
    target_link_libraries(obm_precompiled PRIVATE obm_options fmt::fmt Qt6::Core)
    target_compile_definitions(obm_precompiled PRIVATE QT_NO_KEYWORDS QT_NO_CAST_TO_ASCII _FILE_OFFSET_BITS=64)
    target_precompile_headers(obm_precompiled PRIVATE <QDateTime> <QJsonDocument> <QJsonObject> <QLoggingCategory>
      <QObject> <QString> <QTimer> <algorithm> <deque> <expected> <functional> <map> <memory> <optional> <span> <string>
      <unordered_map> <vector> <fmt/format.h>)
  endif()
  target_compile_definitions(${target} PRIVATE _FILE_OFFSET_BITS=64)
  target_precompile_headers(${target} REUSE_FROM obm_precompiled)
endfunction()

# obm_library(FOLDER [QT] [LIBRARIES ...]): core/FOLDER as a static library obm_FOLDER.
# Without QT it cannot include a Qt header: none is on its include path.
function(obm_library folder)
  cmake_parse_arguments(arg "QT" "" "LIBRARIES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.cpp
                                      ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.h)
  if(NOT sources)
    add_library(obm_${folder} INTERFACE)
    return()
  endif()
  add_library(obm_${folder} STATIC ${sources})
  set_target_properties(obm_${folder} PROPERTIES LINKER_LANGUAGE CXX)
  target_link_libraries(obm_${folder} PUBLIC obm_options Threads::Threads fmt::fmt ${arg_LIBRARIES})
  if(arg_QT)
    set_target_properties(obm_${folder} PROPERTIES AUTOMOC ON)
    target_link_libraries(obm_${folder} PUBLIC Qt6::Core)
    target_compile_definitions(obm_${folder} PUBLIC QT_NO_KEYWORDS QT_NO_CAST_TO_ASCII)
    obm_precompile(obm_${folder})
  endif()
endfunction()
