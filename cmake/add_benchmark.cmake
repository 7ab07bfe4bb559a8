# opstat_add_benchmark(<target> [ARGS...]): `ctest -L benchmark` runs the program
# alone, with ARGS, and leaves its samples in <target>.json in the binary folder.
# The test fails when a benchmark reports an error or none was selected, which
# Google Benchmark itself calls a success. Needs enable_testing().
function(opstat_add_benchmark target)
  add_test(NAME ${target} COMMAND ${target} ${ARGN}
    --benchmark_out=${CMAKE_CURRENT_BINARY_DIR}/${target}.json
    --benchmark_out_format=json)
  set_tests_properties(${target} PROPERTIES
    LABELS benchmark
    RUN_SERIAL ON
    FAIL_REGULAR_EXPRESSION "ERROR OCCURRED;Failed to match any benchmarks")
endfunction()
