#include "opstat/compare/call_site_growth.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace opstat::compare {
namespace {

using benchfmt::CallSite;
using benchfmt::CallSites;
using benchfmt::Frame;
using benchfmt::SiteCounts;
using Strings = std::vector<std::string>;

Frame In(const std::string& function, int line) {
  return {.function = function,
          .file = "a.cc",
          .line = line,
          .module = "/build/bench",
          .offset = 0};
}

CallSite Site(const std::string& function, int line, double allocs,
              double bytes) {
  const SiteCounts counts{.allocs_per_op = allocs, .bytes_per_op = bytes};
  return {In(function, line), counts, {{{In(function, line)}, counts}}};
}

CallSites Of(const std::vector<CallSite>& sites) {
  CallSites all;
  all.sites = sites;
  for (const CallSite& site : sites) all.counts += site.counts;
  return all;
}

// "f:12 grew +1 x +64".
Strings Grown(const std::vector<CallSite>& baseline,
              const std::vector<CallSite>& contender) {
  Strings texts;
  for (const GrownCallSite& site :
       FindGrowth(Of(baseline), Of(contender)).sites)
    texts.push_back(
        fmt::format("{}:{} {} {:+g} x {:+g}", site.contender.frame.function,
                    site.contender.frame.line, site.baseline ? "grew" : "new",
                    site.AddedAllocs(), site.AddedBytes()));
  return texts;
}

TEST(CallSiteGrowth, IsNothingWhereOnlyLinesMoved) {
  EXPECT_EQ(Grown({Site("f", 10, 1, 100), Site("f", 12, 2, 80)},
                  {Site("f", 20, 1, 100), Site("f", 22, 2, 80)}),
            Strings{});
}

TEST(CallSiteGrowth, IsNothingWhereSitesShrankOrWent) {
  EXPECT_EQ(Grown({Site("f", 10, 3, 100), Site("g", 12, 2, 80)},
                  {Site("f", 10, 1, 100)}),
            Strings{});
}

TEST(CallSiteGrowth, TellsTheInsertedSiteFromThoseItMoved) {
  EXPECT_EQ(Grown({Site("f", 10, 1, 100)},
                  {Site("f", 10, 1, 64), Site("f", 11, 1, 100)}),
            Strings{"f:10 new +1 x +64"});
}

TEST(CallSiteGrowth, PairsWhatHappensMoreOftenByItsSize) {
  EXPECT_EQ(Grown({Site("f", 10, 1, 10)},
                  {Site("f", 10, 1, 64), Site("f", 12, 3, 30)}),
            (Strings{"f:12 grew +2 x +20", "f:10 new +1 x +64"}));
}

TEST(CallSiteGrowth, PairsABufferThatGrew) {
  EXPECT_EQ(Grown({Site("f", 10, 1, 4000)}, {Site("f", 10, 1, 8000)}),
            Strings{"f:10 grew +0 x +4000"});
}

TEST(CallSiteGrowth, PairsNothingAcrossWhatStayed) {
  EXPECT_EQ(Grown({Site("f", 10, 1, 100), Site("f", 12, 1, 7)},
                  {Site("f", 9, 1, 64), Site("f", 10, 1, 100)}),
            Strings{"f:9 new +1 x +64"});
}

TEST(CallSiteGrowth, PutsTheSiteThatGrewMostFirst) {
  EXPECT_EQ(
      Grown({},
            {Site("f", 1, 1, 900), Site("g", 2, 2, 10), Site("h", 3, 1, 1000)}),
      (Strings{"g:2 new +2 x +10", "h:3 new +1 x +1000", "f:1 new +1 x +900"}));
}

TEST(CallSiteGrowth, PutsThePathThatGrewMostFirst) {
  CallSite before = Site("helper", 5, 3, 30);
  before.paths = {{{In("helper", 5), In("often", 9)}, {3, 30, 0, 0}}};
  CallSite after = Site("helper", 5, 5, 50);
  after.paths = {{{In("helper", 5), In("often", 9)}, {3, 30, 0, 0}},
                 {{In("helper", 5), In("newcomer", 20)}, {2, 20, 0, 0}}};
  const CallSiteGrowth growth = FindGrowth(Of({before}), Of({after}));
  ASSERT_EQ(growth.sites.size(), 1U);
  EXPECT_EQ(growth.sites[0].contender.paths[0].frames[1].function, "newcomer");
}

TEST(CallSiteGrowth, KnowsNamelessFunctionsByTheirModule) {
  CallSite before = Site("", 0, 1, 10);
  before.frame.module = "/old/bench";
  CallSite after = Site("", 0, 2, 20);
  after.frame.module = "/new/bench";
  EXPECT_EQ(Grown({before}, {after}), Strings{":0 grew +1 x +10"});
}

TEST(CallSiteGrowth, SaysWhoseWarningItIs) {
  CallSites baseline = Of({});
  baseline.warnings = {"processes differ"};
  const CallSiteGrowth growth = FindGrowth(baseline, Of({}));
  EXPECT_EQ(growth.warnings, Strings{"baseline: processes differ"});
}

}  // namespace
}  // namespace opstat::compare
