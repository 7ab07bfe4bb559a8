# cmake -D SOURCE=<checkout> -D HEADER=<file> -P commit.cmake: writes the commit
# of the checkout into a header. Asks for that .git alone: a copy within another
# project's checkout is not at that project's commit.
execute_process(
  COMMAND git --no-optional-locks --git-dir=${SOURCE}/.git --work-tree=${SOURCE}
          describe --always --dirty --abbrev=12 --exclude=*
  OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
if(NOT commit)
  set(commit unknown)
endif()
file(CONFIGURE OUTPUT ${HEADER} CONTENT "#define OPSTAT_COMMIT \"${commit}\"\n")
