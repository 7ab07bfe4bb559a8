#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "opstat/cli/arguments.h"
#include "opstat/cli/completion.h"
#include "opstat/cli/export_formats.h"
#include "opstat/cli/help.h"
#include "opstat/cli/manual.h"
#include "tests/cli/support.h"

namespace opstat::cli {
namespace {

// The part of a completion script, or of the reference, that is one command's.
std::string Part(const std::string& text, const std::string& from,
                 const std::string& to) {
  const std::size_t begin = text.find(from);
  EXPECT_NE(begin, std::string::npos) << from;
  return text.substr(begin, text.find(to, begin + from.size()) - begin);
}

// What is made from the table, and how it writes a command and an option.
struct Listing {
  const char* name;
  std::string (*part)(const Command& command);
  std::string (*option)(const Option& option);
};
void PrintTo(const Listing& listing, std::ostream* out) {
  *out << listing.name;
}
std::string Named(const testing::TestParamInfo<Listing>& info) {
  return info.param.name;
}
std::string Dashed(const Option& option) {
  return fmt::format("--{}", option.LongName());
}

class EveryListing : public testing::TestWithParam<Listing> {};

TEST_P(EveryListing, HasEveryCommandAndOption) {
  for (const Command& command : Commands()) {
    const std::string part = GetParam().part(command);
    EXPECT_TRUE(Contains(part, std::string(command.name)));
    for (const Option& option : command.options)
      EXPECT_TRUE(Contains(part, GetParam().option(option)))
          << command.name << " " << option.name;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Commands, EveryListing,
    testing::Values(
        Listing{"help", [](const Command& command) { return Help(command); },
                Dashed},
        Listing{"manual",
                [](const Command& command) { return ManualPage(command); },
                [](const Option& option) {
                  std::string name = "\\-\\-";
                  for (const char c : option.LongName())
                    name += c == '-' ? "\\-" : std::string(1, c);
                  return name;
                }},
        Listing{"reference",
                [](const Command& command) {
                  return Part(Reference(),
                              fmt::format("## opstat {}\n", command.name),
                              "\n## ");
                },
                Dashed},
        Listing{"bash",
                [](const Command& command) {
                  return Part(BashCompletion(),
                              fmt::format("\n    {}) ", command.name),
                              "return; }");
                },
                Dashed},
        Listing{"zsh",
                [](const Command& command) {
                  return Part(ZshCompletion(),
                              fmt::format("\n    {})\n", command.name), ";;");
                },
                Dashed},
        Listing{"fish", [](const Command&) { return FishCompletion(); },
                [](const Option& option) {
                  return fmt::format(" -l {} ", option.LongName());
                }}),
    Named);

TEST(Commands, EveryOptionInTheTableParses) {
  for (const Command& command : Commands())
    for (const Option& option : command.options) {
      std::string word = Dashed(option);
      if (!option.argument.empty()) word += "=1";
      EXPECT_TRUE(Arguments(command, {word}).Has(option.LongName())) << word;
    }
}

TEST(Commands, AreNamedOnceAndSoAreTheirOptions) {
  std::vector<std::string_view> names;
  for (const Command& command : Commands()) {
    names.push_back(command.name);
    std::vector<std::string_view> options;
    for (const Option& option : AllOptions(command)) {
      options.push_back(option.LongName());
      if (!option.ShortName().empty()) options.push_back(option.ShortName());
    }
    std::ranges::sort(options);
    EXPECT_EQ(std::ranges::adjacent_find(options), options.end())
        << command.name;
  }
  std::ranges::sort(names);
  EXPECT_EQ(std::ranges::adjacent_find(names), names.end());
}

TEST(Commands, AFallbackIsAmongTheChoices) {
  for (const Command& command : Commands())
    for (const Option& option : command.options) {
      const auto choices = Words(option.choices);
      if (choices.empty() || option.fallback.empty()) continue;
      EXPECT_EQ(std::ranges::count(choices, option.fallback), 1) << option.name;
    }
}

TEST(Commands, ExportOffersTheFormatsThatHaveAWriter) {
  std::string choices;
  for (const ExportFormat& format : ExportFormats())
    choices += std::string(format.name) + "|";
  const auto options = FindCommand("export")->options;
  const auto format = std::ranges::find(options, "format", &Option::name);
  EXPECT_EQ(format->choices, choices + "report");
}

TEST(Manual, ALineThatBeginsWithADotOrAnApostropheIsNoRequest) {
  constexpr Option kOptions[] = {{"x", "", "", ".so /etc/passwd"},
                                 {"y", "", "", "'br \\n"}};
  const Command command{"c", "s", "u", ".ex\n'am", kOptions, nullptr};
  const std::string page = ManualPage(command);
  EXPECT_FALSE(Contains(page, "\n.so")) << page;
  EXPECT_FALSE(Contains(page, "\n.ex"));
  EXPECT_FALSE(Contains(page, "\n'"));
  EXPECT_TRUE(Contains(page, "\\en"));
}

TEST(Manual, EveryPageIsWrittenIntoAFolder) {
  const TemporaryFolder folder;
  ASSERT_EQ(Opstat({"help", "--man", "--out", folder / "man1"}).code, 0);
  for (const Command& command : Commands())
    EXPECT_EQ(ReadFile(folder / fmt::format("man1/opstat-{}.1", command.name)),
              ManualPage(command));
  EXPECT_EQ(ReadFile(folder / "man1/opstat.1"), ManualPage());
  EXPECT_EQ(Opstat({"help", "--out", folder / "x"}).code, 2);
}

TEST(Completion, AnUnknownShellIsAUsageErrorThatNamesTheKnown) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"completion"}, {"completion", "ksh"}}) {
    const Outcome outcome = Opstat(words);
    EXPECT_EQ(outcome.code, 2);
    EXPECT_TRUE(Contains(outcome.err, "bash, zsh or fish")) << outcome.err;
  }
}

// `make reference` writes it.
TEST(Reference, InDocsIsThatOfThisTable) {
  EXPECT_EQ(ReadFile(TestData("../../docs/REFERENCE.md")), Reference());
}

}  // namespace
}  // namespace opstat::cli
