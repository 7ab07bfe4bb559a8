#include "opstat/benchfmt/csv.h"
#include "opstat/benchfmt/writer.h"
#include "tests/benchfmt/test_files.h"

namespace opstat::benchfmt {
namespace {

TEST(WriteCsv, IsALineAValue) {
  benchfmt::Run run;
  run.id = "1f";
  run.time = "2026-11-22T15:31:19+00:00";
  run.label = "main";
  run.facts = {{"commit.hash", "c0ffee"}};
  run.benchmarks = {{"X/1", {{"sec/op", {0.1, kUnmeasured}}, {"B/op", {0}}}}};
  EXPECT_EQ(WriteCsv({&run, 1}),
            "run,time,label,commit,benchmark,unit,sample,value\n"
            "1f,2026-11-22T15:31:19+00:00,main,c0ffee,X/1,sec/op,0,0.1\n"
            "1f,2026-11-22T15:31:19+00:00,main,c0ffee,X/1,sec/op,1,\n"
            "1f,2026-11-22T15:31:19+00:00,main,c0ffee,X/1,B/op,0,0\n");
}

TEST(CsvField, QuotesWhatSeparates) {
  EXPECT_EQ(CsvField("a b"), "a b");
  EXPECT_EQ(CsvField("a,b"), "\"a,b\"");
  EXPECT_EQ(CsvField("say \"x\""), "\"say \"\"x\"\"\"");
  EXPECT_EQ(CsvField("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(CsvField("=HYPERLINK(1)"), "=HYPERLINK(1)");
}

}  // namespace
}  // namespace opstat::benchfmt
