# opstat_check_benchmark(<complaint>): whether opstat::harness can count in the
# Google Benchmark that was found; sets <complaint> to a sentence, or to "".
include_guard()
include(CheckCXXSourceCompiles)

function(opstat_check_benchmark complaint)
  set(${complaint} "" PARENT_SCOPE)
  get_target_property(imported benchmark::benchmark IMPORTED)
  # One that this very build makes does not exist yet; the linker will tell.
  if(NOT imported)
    return()
  endif()

  include(${CMAKE_CURRENT_FUNCTION_LIST_DIR}/wrapped_members.cmake)
  get_target_property(library benchmark::benchmark LOCATION)
  foreach(member ${opstat_wrapped_members})
    string(APPEND declarations "void ${member}();")
    string(APPEND calls "${member}();")
  endforeach()
  set(CMAKE_REQUIRED_LIBRARIES benchmark::benchmark)
  set(CMAKE_REQUIRED_FLAGS -w)
  set(CMAKE_REQUIRED_QUIET ON)
  # An answer is kept for its library alone, and only when it is yes.
  string(MAKE_C_IDENTIFIER "OPSTAT_HOOKS_${library}" hooks)
  check_cxx_source_compiles("extern \"C\" { ${declarations} } int main() { ${calls} }" ${hooks})
  if(NOT ${hooks})
    unset(${hooks} CACHE)
    set(${complaint}
      "opstat cannot count allocations with this Google Benchmark: ${library} does not have \
StartKeepRunning, FinishKeepRunning, PauseTiming and ResumeTiming of benchmark::State as functions \
of their own, which opstat::harness wraps when the program is linked. Use Google Benchmark 1.7.1 \
(Debian 12: sudo apt-get install libbenchmark-dev)."
      PARENT_SCOPE)
  endif()
endfunction()
