# `cpack` (make deb) writes two Debian packages: opstat and libopstat-dev.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "The opstat authors")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL opstat dev)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
# What is packaged has been built before: `make deb` says what that is.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)

set(CPACK_COMPONENT_OPSTAT_DESCRIPTION
  "Honest comparisons of Google Benchmark programs\n\
 Runs, compares and keeps benchmarks: one process a sample, exact allocation\n\
 counts, verdicts with their reasons.")
set(CPACK_DEBIAN_OPSTAT_PACKAGE_NAME opstat)
set(CPACK_DEBIAN_OPSTAT_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_OPSTAT_PACKAGE_SHLIBDEPS ON)
# Measuring needs none of these: they name the commit and draw the reports.
set(CPACK_DEBIAN_OPSTAT_PACKAGE_RECOMMENDS "git, python3-jinja2, python3-matplotlib")
set(CPACK_DEBIAN_OPSTAT_PACKAGE_SUGGESTS "libopstat-dev, libpq5")

set(CPACK_COMPONENT_DEV_DESCRIPTION
  "Exact allocation counts for Google Benchmark programs\n\
 The harness to link, with its CMake package and pkg-config file.")
set(CPACK_DEBIAN_DEV_PACKAGE_NAME libopstat-dev)
set(CPACK_DEBIAN_DEV_PACKAGE_SECTION libdevel)
# The harness reads benchmark::State as one version lays it out.
math(EXPR next "${benchmark_VERSION_PATCH} + 1")
set(CPACK_DEBIAN_DEV_PACKAGE_DEPENDS
  "libbenchmark-dev (>= ${benchmark_VERSION}), libbenchmark-dev (<< ${benchmark_VERSION_MAJOR}.${benchmark_VERSION_MINOR}.${next}~)")
set(CPACK_DEBIAN_DEV_PACKAGE_RECOMMENDS opstat)
include(CPack)
