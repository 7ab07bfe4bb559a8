# libopstat_preload.so: the same counting for a program that was not linked
# with it. It replaces functions of a shared libbenchmark that the program
# brings, and so links none itself.
get_target_property(library benchmark::benchmark TYPE)
if(OPSTAT_SANITIZE OR NOT library STREQUAL SHARED_LIBRARY)
  return()
endif()
add_library(opstat_preload SHARED ${counting} attachment_preload.cc)
set_target_properties(opstat_preload PROPERTIES
  CXX_VISIBILITY_PRESET hidden
  INTERPROCEDURAL_OPTIMIZATION OFF)
target_include_directories(opstat_preload PRIVATE ${PROJECT_SOURCE_DIR}
  $<TARGET_PROPERTY:benchmark::benchmark,INTERFACE_INCLUDE_DIRECTORIES>)
target_compile_options(opstat_preload PRIVATE -fno-builtin -fno-lto)
target_link_libraries(opstat_preload PRIVATE ${CMAKE_DL_LIBS} Threads::Threads opstat_flags)
target_compile_definitions(opstat_preload PRIVATE
  OPSTAT_BENCHMARK_FILE="$<TARGET_FILE_NAME:benchmark::benchmark>"
  OPSTAT_BENCHMARK_SONAME="$<TARGET_SONAME_FILE_NAME:benchmark::benchmark>")
