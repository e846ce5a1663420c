# obm_needs_kafka(TIER/NAME...): these tests get one real Kafka, started once for all of them and stopped after the last.
# It lets large messages through: obmonitor has to bear them. Where it cannot be had (no Java, no jars) the tests are
# skipped: kafka_start says why.
set(OBM_KAFKA_DIR ${CMAKE_BINARY_DIR}/test/kafka)
add_test(NAME kafka_start COMMAND sh -c
  "'${PROJECT_SOURCE_DIR}/scripts/kafka' start --dir '${OBM_KAFKA_DIR}' --set message.max.bytes=16000000 || test $? -eq 3")
add_test(NAME kafka_stop COMMAND ${PROJECT_SOURCE_DIR}/scripts/kafka stop --dir ${OBM_KAFKA_DIR})
set_tests_properties(kafka_start PROPERTIES FIXTURES_SETUP kafka TIMEOUT 300)
set_tests_properties(kafka_stop PROPERTIES FIXTURES_CLEANUP kafka TIMEOUT 60)

function(obm_needs_kafka)
  foreach(test IN LISTS ARGN)
    get_filename_component(target ${test} NAME)
    set_property(TEST ${test} APPEND PROPERTY FIXTURES_REQUIRED kafka)
    set_property(TEST ${test} APPEND PROPERTY ENVIRONMENT "OBM_KAFKA_DIR=${OBM_KAFKA_DIR}")
    target_compile_definitions(${target} PRIVATE OBM_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  endforeach()
endfunction()
