"""The faults: each a small change that one test has to notice."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """`before`, which stands once in `file`, becomes `after`."""

    name: str
    file: str
    before: str
    after: str
    # A GoogleTest program and its filter, or "pytest" and a file.
    target: str
    tests: str


FAULTS = [
    Fault(
        "p_greater and p_less swapped",
        "opstat/compare/row_numbers.cc",
        "  row.p_greater = numbers.p.greater;\n  row.p_less = numbers.p.less;\n",
        "  row.p_greater = numbers.p.less;\n  row.p_less = numbers.p.greater;\n",
        "compare_test",
        "*",
    ),
    Fault(
        "alpha not divided by m",
        "opstat/compare/correction.cc",
        "policy.alpha / double(rows.size())",
        "policy.alpha",
        "compare_test",
        "*",
    ),
    Fault(
        "sides in blocks, not in turns",
        "opstat/measure/schedule.cc",
        "    schedule.push_back(round);\n"
        "    schedule.emplace_back(round.rbegin(), round.rend());\n",
        "    std::vector<Slot> blocked;\n"
        "    for (int side = 0; side < sides; ++side)\n"
        "      for (const Slot& slot : round)\n"
        "        if (slot.side == side) blocked.push_back(slot);\n"
        "    schedule.push_back(blocked);\n"
        "    schedule.push_back(blocked);\n",
        "measure_test",
        "Schedule*:Drift*",
    ),
    Fault(
        "ties count as 0",
        "opstat/stats/mann_whitney.cc",
        "std::int64_t(tied_y * (2 * smaller + tied_x))",
        "std::int64_t(tied_y * (2 * smaller))",
        "stats_test",
        "MannWhitney*",
    ),
    Fault(
        "realloc is not counted",
        "harness/alloc_hook.cc",
        "void* moved = Counted(next.realloc(memory, size), size);",
        "void* moved = next.realloc(memory, size);",
        "harness_test",
        "*",
    ),
    Fault(
        "0 -> k is equal",
        "opstat/compare/exact_decision.cc",
        "if (contender.min - baseline.max > margin) {",
        "if (baseline.max != 0 && contender.min - baseline.max > margin) {",
        "compare_test",
        "*",
    ),
    Fault(
        "padding at the beginning and the end swapped",
        "engine/im2col.cc",
        "kh * s.dil_h - s.pad_top)",
        "kh * s.dil_h - s.pad_bottom)",
        "engine_test",
        "*",
    ),
    Fault(
        "padding not written again in a pooled buffer",
        "engine/padded_input.cc",
        ".zero_rows_below = wanted - end,",
        ".zero_rows_below = 0,",
        "engine_test",
        "*",
    ),
    Fault(
        "acknowledged before COMMIT",
        "opstat/store/history_write.cc",
        "  return InTransaction(*database_, Database::Access::kWrite, [&] {\n"
        "    return RunWriter(*database_, summarize).Write(run);\n"
        "  });\n",
        "  static bool late = false;\n"
        "  if (late) database_->Commit();\n"
        "  database_->Begin(Database::Access::kWrite);\n"
        "  late = RunWriter(*database_, summarize).Write(run);\n"
        "  if (!late) database_->Rollback();\n"
        "  return late;\n",
        "store_test",
        "Durability.KeepsWhatKilledWritersAcknowledged",
    ),
    Fault(
        "a label reaches the terminal as it is",
        "opstat/cli/command_list.cc",
        ".text = OneLine(cells[i]),",
        ".text = cells[i],",
        "cli_test",
        "List*:Import*:Hostile*",
    ),
    Fault(
        "a name reaches a pull request as it is",
        "opstat/cli/markdown.cc",
        "if (IsOneOf(c, \"\\\\`*_[]|<&~$@#\")) markdown += '\\\\';\n",
        "",
        "cli_test",
        "Markdown*:Gate*:Hostile*",
    ),
    Fault(
        "a name reaches the page as it is",
        "reports/page.py",
        "autoescape=True",
        "autoescape=False",
        "pytest",
        "tests/reports/test_hostile.py::test_hostile_names_are_text_only",
    ),
]
