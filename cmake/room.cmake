# opstat_room(<name> SOURCES ... [LINKS ...]): one static library a room,
# opstat::<name>, with the project's warnings and includes rooted at the repository.
include_guard()

add_library(opstat_flags INTERFACE)
target_compile_options(opstat_flags INTERFACE -Wall -Wextra -Wshadow
                       -Wconversion -Wnon-virtual-dtor)
# GCC 12 sees overlap in every std::string concatenation (its PR 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(opstat_flags INTERFACE -Wno-restrict)
endif()
if(OPSTAT_WERROR)
  target_compile_options(opstat_flags INTERFACE -Werror)
endif()
if(OPSTAT_SANITIZE)
  add_compile_options(-fsanitize=${OPSTAT_SANITIZE} -fno-sanitize-recover=all
                      -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${OPSTAT_SANITIZE})
endif()
if(OPSTAT_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link
                      -fsanitize-ignorelist=${PROJECT_SOURCE_DIR}/tests/fuzz/ignorelist.txt)
endif()

function(opstat_room name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINKS" ${ARGN})
  add_library(opstat_${name} STATIC ${arg_SOURCES})
  add_library(opstat::${name} ALIAS opstat_${name})
  target_include_directories(opstat_${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>)
  target_link_libraries(opstat_${name} PUBLIC ${arg_LINKS}
                        PRIVATE $<BUILD_INTERFACE:opstat_flags>)
endfunction()

# opstat_test(<room> SOURCES ... LINKS ... [ONE_PROCESS]): one GoogleTest program
# a room; each test a process, or one process where tests share costly runs.
function(opstat_test room)
  cmake_parse_arguments(arg "ONE_PROCESS" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${room}_test ${arg_SOURCES})
  target_compile_definitions(${room}_test PRIVATE
    OPSTAT_TESTDATA="${PROJECT_SOURCE_DIR}/tests/testdata")
  target_link_libraries(${room}_test PRIVATE ${arg_LINKS} GTest::gtest_main opstat_flags)
  if(arg_ONE_PROCESS)
    add_test(NAME ${room} COMMAND ${room}_test)
  else()
    gtest_discover_tests(${room}_test TEST_PREFIX ${room}. DISCOVERY_TIMEOUT 60)
  endif()
endfunction()
