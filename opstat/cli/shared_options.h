#pragma once

#include "opstat/cli/command.h"

namespace opstat::cli {

// Options that mean the same in several commands.

inline constexpr Option kDatabase = {
    "db", "PATH", "",
    "history database: a file, or postgresql://... [.opstat/history.db at the "
    "git root]"};

inline constexpr Option kTimeLimit = {
    "time-limit", "S", "120", "seconds one process may take; 0: no limit"};

inline constexpr Option kJson = {"json", "", "",
                                 "print one JSON document instead"};

inline constexpr Option kFilter = {"filter", "RE", "",
                                   "only benchmarks whose full name matches"};

inline constexpr Option kMinTime = {"min-time", "S", "0.1",
                                    "seconds a process measures for"};

inline constexpr Option kPin = {
    "pin", "CPU", "", "pin to this CPU, or none [the last allowed CPU]"};

inline constexpr Option kSeed = {
    "seed", "N", "",
    "order of the processes; the same seed, the same "
    "order [random]"};

inline constexpr Option kAlloc = {
    "alloc", "WHEN", "auto",
    "count allocations: auto, on (fail where it can't) or off (without the "
    "interposer)",
    "auto|on|off"};

inline constexpr Option kAlpha = {"alpha", "P", "0.01",
                                  "chance of any false alarm, over all rows"};

inline constexpr Option kMustSee = {"must-see", "X", "0.10",
                                    "a change this large must not be missed"};

inline constexpr Option kAllUnits = {
    "all-units", "", "", "also the other clock, frees/op, faults/op, ..."};

inline constexpr Option kExitCode = {
    "exit-code", "", "", "exit 1 on a regression, 3 when it cannot tell"};

inline constexpr Option kCannotTell = {
    "cannot-tell", "pass|fail", "fail",
    "whether 'cannot tell', exit code 3, is 0", "pass|fail"};

inline constexpr Option kSamples = {"samples", "", "",
                                    "in JSON: the raw samples of each row too"};

inline constexpr Option kSort = {"sort", "ORDER", "program",
                                 "rows: program, name, or change (worst first)",
                                 "program|name|change"};

inline constexpr Option kOnlyChanged = {
    "only-changed", "", "", "only rows that changed, are missing or new"};

}  // namespace opstat::cli
