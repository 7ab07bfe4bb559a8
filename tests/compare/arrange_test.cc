#include "opstat/compare/arrange.h"

#include <gtest/gtest.h>

#include "opstat/benchfmt/error.h"
#include "tests/compare/runs.h"

namespace opstat::compare {
namespace {

using Runs = std::vector<benchfmt::Run>;

benchfmt::Run ConvRun(const std::string& label = "conv.json") {
  benchfmt::Run run = MakeRun(label);
  for (const char* name :
       {"Conv/shape:GEMM/scratch:pooled", "Conv/shape:GEMM/scratch:allocating",
        "Conv/shape:NIN/scratch:pooled", "Conv/shape:NIN/scratch:allocating",
        "Copy"}) {
    Add(run, name, "allocs/op", {1});
  }
  return run;
}

Arrangement By(const char* row, const char* col, const char* table = "",
               const char* ignore = "") {
  return {.row = ParseProjection(row, "--row"),
          .col = ParseProjection(col, "--col"),
          .table = ParseProjection(table, "--table"),
          .ignore = ParseProjection(ignore, "--ignore"),
          .filter = {}};
}

std::vector<std::string> Labels(const Layout& layout) {
  std::vector<std::string> labels;
  for (const Column& column : layout.columns) labels.push_back(column.label);
  return labels;
}

std::vector<std::string> Names(const Layout& layout) {
  std::vector<std::string> names;
  for (const Line& line : layout.lines)
    names.push_back(line.subject->benchmark);
  return names;
}

using Texts = std::vector<std::string>;

TEST(ColumnsByRun, NamesRowsByTheFullName) {
  const Runs runs{ConvRun(), ConvRun()};
  const Layout layout = ColumnsByRun(runs);
  EXPECT_EQ(Labels(layout), (Texts{"conv.json", "conv.json"}));
  EXPECT_EQ(layout.columns[1].run, &runs[1]);
  ASSERT_EQ(layout.lines.size(), 5u);
  EXPECT_EQ(layout.lines[0].subject->benchmark,
            "Conv/shape:GEMM/scratch:pooled");
  EXPECT_EQ(layout.lines[0].cells[1], &runs[1].benchmarks[0]);
}

TEST(Arrange, ByFileIsTheDefault) {
  const Runs runs{ConvRun("a"), ConvRun("b")};
  const Layout layout = Arrange(runs, {});
  EXPECT_EQ(Labels(layout), (Texts{"a", "b"}));
  ASSERT_EQ(layout.lines.size(), 5u);
  EXPECT_EQ(layout.lines[4].cells[1], &runs[1].benchmarks[4]);
  EXPECT_EQ(layout.tables.size(), 1u);
}

TEST(Arrange, ByKeyNamesRowsByWhatRemains) {
  const Runs runs{ConvRun()};
  for (const char* key : {"scratch", "/scratch"}) {
    const Layout layout = Arrange(runs, By(".fullname", key));
    EXPECT_EQ(Labels(layout), (Texts{"pooled", "allocating"}));
    EXPECT_EQ(Names(layout), (Texts{"Conv/shape:GEMM", "Conv/shape:NIN"}));
    EXPECT_EQ(layout.lines[1].cells[1], &runs[0].benchmarks[3]);
    EXPECT_EQ(layout.lines[1].subject->key.at("shape"), "NIN");
    EXPECT_EQ(layout.warnings,
              (Texts{"Copy: left out, its name has no key scratch"}));
  }
}

TEST(Arrange, FollowsTheOrderAskedAndSelectsByIt) {
  const Runs runs{ConvRun()};
  const auto labels = [&](const char* col) {
    return Labels(Arrange(runs, By(".fullname", col)));
  };
  EXPECT_EQ(labels("scratch@(allocating pooled)"),
            (Texts{"allocating", "pooled"}));
  EXPECT_EQ(labels("scratch@alpha"), (Texts{"allocating", "pooled"}));
  EXPECT_EQ(labels("scratch@(pooled)"), (Texts{"pooled"}));
}

TEST(Arrange, GivesEachValueOfATableKeyItsTable) {
  const Runs runs{ConvRun()};
  const Layout layout =
      Arrange(runs, By(".name", "scratch", "shape@(NIN GEMM)"));
  ASSERT_EQ(layout.tables.size(), 2u);
  EXPECT_EQ(layout.tables[0], (TableKey{{"shape", "NIN"}}));
  EXPECT_EQ(Names(layout), (Texts{"Conv", "Conv"}));
  EXPECT_EQ(layout.lines[0].table, 0u);
  EXPECT_EQ(layout.lines[0].cells[0], &runs[0].benchmarks[2]);
  EXPECT_EQ(layout.lines[0].subject->key.at("shape"), "NIN");
  const Comparison comparison = Compare(layout, {});
  ASSERT_EQ(comparison.rows.size(), 2u);
  EXPECT_EQ(comparison.rows[1].table, 1u);
  EXPECT_EQ(comparison.geomean.size(), 2u);
}

TEST(Arrange, WarnsWhereNoKeyTellsSamplesApart) {
  const Runs runs{ConvRun("a"), ConvRun("b")};
  Layout layout = Arrange(runs, By(".name", "scratch"));
  ASSERT_EQ(layout.lines.size(), 1u);
  EXPECT_EQ(layout.lines[0].cells[0]->Samples(), 4u);
  EXPECT_EQ(layout.lines[0].warnings,
            (Texts{"benchmarks vary in .fullname, .file"}));
  layout = Arrange(runs, By(".name", "scratch", "", ".file .fullname"));
  EXPECT_TRUE(layout.lines[0].warnings.empty());
  layout = Arrange(runs, By(".name", "scratch,.file", "", "shape"));
  EXPECT_EQ(Labels(layout),
            (Texts{"pooled a", "pooled b", "allocating a", "allocating b"}));
  EXPECT_TRUE(layout.lines[0].warnings.empty());
}

TEST(Arrange, MakesOneSideOfFilesOfOneLabel) {
  const Runs runs{ConvRun("a"), ConvRun("b"), ConvRun("a")};
  const Layout layout = Arrange(runs, {});
  EXPECT_EQ(Labels(layout), (Texts{"a", "b"}));
  EXPECT_EQ(layout.lines[0].cells[0]->Samples(), 2u);
  EXPECT_EQ(layout.lines[0].cells[1]->Samples(), 1u);
  EXPECT_TRUE(layout.lines[0].warnings.empty());
}

TEST(Arrange, IgnoresFactsThatDiffer) {
  Runs runs{ConvRun("a"), ConvRun("b")};
  runs[1].session = "another";
  runs[0].facts["isa"] = "avx2";
  runs[1].facts["isa"] = "scalar";
  const auto verdict = [&](const char* ignore) {
    return Compare(Arrange(runs, By(".fullname", ".file", "", ignore)), {})
        .rows.at(0)
        .verdict;
  };
  EXPECT_EQ(verdict(""), Verdict::kNotComparable);
  EXPECT_EQ(verdict("isa"), Verdict::kUnchanged);
}

TEST(Arrange, NamesAKeyToIgnoreThatNothingHas) {
  Runs runs{ConvRun("a"), ConvRun("b")};
  runs[0].facts["isa"] = "avx2";
  const auto warnings = [&](const char* ignore) {
    return Arrange(runs, By(".fullname", ".file", "", ignore)).warnings;
  };
  EXPECT_TRUE(warnings("isa,shape,.name").empty());
  ASSERT_EQ(warnings("isa,foo").size(), 1u);
  const std::string said = warnings("foo")[0];
  EXPECT_TRUE(said.starts_with(
      "ignored nothing: no benchmark has the key \"foo\" (keys of names: "))
      << said;
  EXPECT_TRUE(said.ends_with("; facts: isa)")) << said;
}

TEST(Arrange, TakesABareKeyForAFactBeforeAPartOfNames) {
  Runs runs{ConvRun("a"), ConvRun("b")};
  runs[0].facts["shape"] = runs[1].facts["shape"] = "fact";
  EXPECT_EQ(Labels(Arrange(runs, By(".fullname", "shape"))), (Texts{"fact"}));
  EXPECT_EQ(Labels(Arrange(runs, By(".fullname", "/shape"))),
            (Texts{"GEMM", "NIN"}));
}

TEST(Arrange, KeepsTheUnitsThatTheFilterTakes) {
  benchfmt::Run run = ConvRun();
  Add(run, "Copy", "B/op", {64});
  Add(run, "Copy", "iterations", {100});
  Arrangement how;
  how.filter = Filter::Parse(".unit:B/op", "--where");
  const Layout layout = Arrange({&run, 1}, how);
  EXPECT_EQ(Names(layout), (Texts{"Copy"}));
  const benchfmt::Benchmark& copy = *layout.lines[0].cells[0];
  EXPECT_FALSE(copy.Find("allocs/op"));
  EXPECT_TRUE(copy.Find("B/op"));
  EXPECT_TRUE(copy.Find("iterations"));
}

std::string Refusal(const benchfmt::Run& run, const Arrangement& how) {
  try {
    Arrange({&run, 1}, how);
  } catch (const Error& error) {
    return std::string(error.what()) + "; " + error.hint();
  }
  return "none";
}

TEST(Arrange, ListsTheKeysAndValuesThereAre) {
  const benchfmt::Run run = ConvRun();
  EXPECT_EQ(Refusal(run, By(".fullname", "algo")),
            "no benchmark has the key \"algo\" in its name; keys of names: "
            "scratch, shape; facts: none");
  EXPECT_EQ(Refusal(run, By(".fullname", "scratch@(pooled mapped)")),
            "no benchmark has scratch:mapped; values of scratch: allocating, "
            "pooled");
}

TEST(Arrange, SaysThatTheFilterLeavesNothing) {
  Arrangement how;
  how.filter = Filter::Parse("shape:none", "--where");
  EXPECT_TRUE(Refusal(ConvRun(), how).starts_with("the filter matches no"));
}

TEST(Arrange, OfOneRunOfProcessSamplesIsInterleaved) {
  benchfmt::Run run = MakeRun("a");
  run.session.clear();
  Add(run, "B/s:x", "sec/op", Noise(10, 1, 0.003, 1));
  Add(run, "B/s:y", "sec/op", Noise(10, 1.1, 0.003, 2));
  const Comparison comparison =
      Compare(Arrange({&run, 1}, By(".fullname", "s")), {});
  EXPECT_TRUE(comparison.interleaved);
  EXPECT_EQ(comparison.rows.at(0).verdict, Verdict::kRegression);
  EXPECT_EQ(comparison.rows.at(0).benchmark(), "B");
}

}  // namespace
}  // namespace opstat::compare
