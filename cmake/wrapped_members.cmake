# The functions of benchmark::State that opstat::harness wraps at link time, by
# their mangled names.
set(opstat_wrapped_members)
foreach(member 16StartKeepRunning 17FinishKeepRunning 11PauseTiming 12ResumeTiming)
  list(APPEND opstat_wrapped_members _ZN9benchmark5State${member}Ev)
endforeach()
