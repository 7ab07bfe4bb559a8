# What `cmake --install` copies, in two components that are also the two Debian
# packages: `opstat`, the command line with the Python package that draws its
# reports, and `dev`, the harness with its CMake package and opstat.pc.
include(CMakePackageConfigHelpers)
include(cmake/wrapped_members.cmake)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/opstat)
set(pc_dir ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

if(OPSTAT_TOOLS)
  install(TARGETS opstat COMPONENT opstat)
  # Absent under sanitizers and beside a static libbenchmark.
  if(TARGET opstat_preload)
    install(TARGETS opstat_preload COMPONENT opstat)
  endif()
  include(cmake/manual.cmake)
  install(DIRECTORY reports DESTINATION ${CMAKE_INSTALL_DATADIR}/opstat
    COMPONENT opstat
    FILES_MATCHING PATTERN *.py PATTERN *.j2 PATTERN *.css
    PATTERN requirements.txt PATTERN __pycache__ EXCLUDE)
endif()

install(TARGETS opstat_harness EXPORT opstatTargets ARCHIVE COMPONENT dev)
install(EXPORT opstatTargets NAMESPACE opstat:: DESTINATION ${package_dir}
  COMPONENT dev)
install(FILES harness/benchmark_build.cc harness/benchmark_build.h
  harness/sanitizer.h DESTINATION ${opstat_build_source_dir} COMPONENT dev)

# In a folder where find_package does not look: with bin/ of the build on PATH
# it looks through the build, where what this file includes is not.
set(made ${PROJECT_BINARY_DIR}/to-install)
configure_package_config_file(cmake/opstatConfig.cmake.in
  ${made}/opstatConfig.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${made}/opstatConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES
  ${made}/opstatConfig.cmake
  ${made}/opstatConfigVersion.cmake
  cmake/add_benchmark.cmake
  cmake/benchmark_flags.cmake
  cmake/check_benchmark.cmake
  cmake/wrapped_members.cmake
  DESTINATION ${package_dir} COMPONENT dev)

file(RELATIVE_PATH prefix_from_pc /${pc_dir} /)
string(REGEX REPLACE "/$" "" prefix_from_pc ${prefix_from_pc})
set(wrap_options ${opstat_wrapped_members})
list(TRANSFORM wrap_options PREPEND "-Wl,--wrap=")
list(JOIN wrap_options " " wrap_options)
configure_file(cmake/opstat.pc.in ${PROJECT_BINARY_DIR}/opstat.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/opstat.pc DESTINATION ${pc_dir} COMPONENT dev)
