# opstat_record_flags(<harness>): programs that link the target <harness> say in
# their reports with which flags they were compiled (harness/benchmark_build.cc).
# A macro, to be called by cmake_language(DEFER): CMAKE_CXX_FLAGS are then those
# at the end of the directory that it is called in.
macro(opstat_record_flags harness)
  set(opstat_flags "${CMAKE_CXX_FLAGS}")
  foreach(opstat_config DEBUG RELEASE RELWITHDEBINFO MINSIZEREL)
    string(APPEND opstat_flags
      "$<$<CONFIG:${opstat_config}>: ${CMAKE_CXX_FLAGS_${opstat_config}}>")
  endforeach()
  # CMAKE_CXX_FLAGS are written for a shell. The compiler sees the definition as
  # tokens, and would warn of a quote whose other half is escaped.
  string(REPLACE "\\" "" opstat_flags "${opstat_flags}")
  set(opstat_options "$<JOIN:$<TARGET_PROPERTY:COMPILE_OPTIONS>, >")
  set(opstat_lto "$<$<BOOL:$<TARGET_PROPERTY:INTERPROCEDURAL_OPTIMIZATION>>: -flto>")
  # In parentheses, which clang-tidy asks of any macro, this one included.
  # BUILD_INTERFACE: not exported, the next project has flags of its own.
  target_compile_definitions(${harness} INTERFACE
    "$<BUILD_INTERFACE:OPSTAT_BENCHMARK_FLAGS=(${opstat_flags} ${opstat_options}${opstat_lto})>")
endmacro()
