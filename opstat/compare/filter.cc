#include "opstat/compare/filter.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <regex>
#include <utility>
#include <vector>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/unit.h"
#include "opstat/compare/key.h"
#include "opstat/compare/tokens.h"

namespace opstat::compare {

struct Filter::Node {
  enum class Kind { kAll, kAny, kNot, kMatch };  ///< kAll of nothing is true
  Kind kind = Kind::kAll;
  std::vector<std::shared_ptr<const Node>> operands;
  Key key;  ///< of kMatch, with a value or an expression
  std::string value;
  std::optional<std::regex> regexp;
};

namespace {

using Node = Filter::Node;
using NodePointer = std::shared_ptr<const Node>;

NodePointer Operation(Node::Kind kind, std::vector<NodePointer> operands) {
  if (operands.size() == 1 && kind != Node::Kind::kNot) return operands[0];
  Node node;
  node.kind = kind;
  node.operands = std::move(operands);
  return std::make_shared<const Node>(std::move(node));
}

NodePointer Match(const Key& key, const std::string& value) {
  Node node;
  node.kind = Node::Kind::kMatch;
  node.key = key;
  // Units are tidied when they are read.
  node.value =
      key.kind == Key::Kind::kUnit ? benchfmt::Tidy(value).unit : value;
  return std::make_shared<const Node>(std::move(node));
}

// Throws std::regex_error.
NodePointer Search(const Key& key, const std::string& regexp) {
  Node node;
  node.kind = Node::Kind::kMatch;
  node.key = key;
  node.regexp.emplace(regexp);
  return std::make_shared<const Node>(std::move(node));
}

// Recursive descent over the grammar of benchproc/syntax.
class Parser {
 public:
  Parser(std::string_view text, std::string_view option)
      : tokens_(text, option) {}

  NodePointer Parse() {
    NodePointer node = Or(0);
    const Token rest = tokens_.Take();
    if (rest.kind != Token::Kind::kEnd) Fail("unexpected " + rest.text, rest);
    return node;
  }

 private:
  static constexpr int kDeepest = 64;

  [[noreturn]] void Fail(const std::string& message, const Token& at) {
    tokens_.Fail(message, at.offset);
  }

  NodePointer Or(int depth) {
    std::vector<NodePointer> terms{And(depth)};
    while (tokens_.Peek().kind == Token::Kind::kOr) {
      tokens_.Take();
      terms.push_back(And(depth));
    }
    return Operation(Node::Kind::kAny, std::move(terms));
  }

  NodePointer And(int depth) {
    std::vector<NodePointer> terms{Term(depth)};
    for (;;) {
      const Token next = tokens_.Peek();
      if (next.kind == Token::Kind::kAnd) tokens_.Take();
      const bool ends = next.kind == Token::Kind::kEnd ||
                        next.kind == Token::Kind::kOr || next.Is(')');
      if (ends) return Operation(Node::Kind::kAll, std::move(terms));
      terms.push_back(Term(depth));
    }
  }

  NodePointer Term(int depth) {
    const Token token = tokens_.Take();
    if (depth > kDeepest) Fail("nested too deeply", token);
    if (token.Is('*')) return std::make_shared<const Node>();
    if (token.Is('-')) return Operation(Node::Kind::kNot, {Term(depth + 1)});
    if (token.Is('(')) {
      NodePointer node = Or(depth + 1);
      Expect(')', "expected a closing parenthesis");
      return node;
    }
    if (token.kind != Token::Kind::kWord) {
      Fail("expected key:value, *, - or a parenthesis", token);
    }
    return KeyAndValue(token);
  }

  NodePointer KeyAndValue(const Token& word) {
    const auto key = ParseKey(word.text);
    if (!key || key->kind == Key::Kind::kConfig) {
      Fail("keys are .name, .fullname, .file, .unit, /part and fact", word);
    }
    Expect(':', "expected key:value");
    if (!tokens_.Peek(true).Is('(')) return Value(*key);
    tokens_.Take();
    std::vector<NodePointer> values{Value(*key)};
    while (tokens_.Peek().kind == Token::Kind::kOr) {
      tokens_.Take();
      values.push_back(Value(*key));
    }
    Expect(')', "expected OR or a closing parenthesis");
    return Operation(Node::Kind::kAny, std::move(values));
  }

  NodePointer Value(const Key& key) {
    const Token value = tokens_.Take(true);
    if (value.kind == Token::Kind::kWord) return Match(key, value.text);
    if (value.kind != Token::Kind::kRegexp) Fail("expected a value", value);
    try {
      return Search(key, value.text);
    } catch (const std::regex_error& error) {
      Fail(error.what(), value);
    }
  }

  void Expect(char op, const char* message) {
    const Token token = tokens_.Take();
    if (!token.Is(op)) Fail(message, token);
  }

  Tokens tokens_;
};

bool LooksAt(const Node& node, Key::Kind kind) {
  if (node.kind == Node::Kind::kMatch) return node.key.kind == kind;
  return std::ranges::any_of(node.operands, [&](const NodePointer& operand) {
    return LooksAt(*operand, kind);
  });
}

struct Subject {
  const benchfmt::Run& run;
  const benchfmt::Benchmark& benchmark;
  std::string_view unit;
};

bool Holds(const Node& node, const Subject& subject) {
  const auto holds = [&](const NodePointer& operand) {
    return Holds(*operand, subject);
  };
  switch (node.kind) {
    case Node::Kind::kAll:
      return std::ranges::all_of(node.operands, holds);
    case Node::Kind::kAny:
      return std::ranges::any_of(node.operands, holds);
    case Node::Kind::kNot:
      return !holds(node.operands[0]);
    case Node::Kind::kMatch:
      break;
  }
  const std::string_view value =
      node.key.kind == Key::Kind::kUnit
          ? subject.unit
          : ValueOf(node.key, subject.run, subject.benchmark);
  return node.regexp
             ? std::regex_search(value.begin(), value.end(), *node.regexp)
             : value == node.value;
}

}  // namespace

Filter::Filter() : root_(std::make_shared<const Node>()) {}
Filter::Filter(std::shared_ptr<const Node> root) : root_(std::move(root)) {}

Filter Filter::Parse(std::string_view text, std::string_view option) {
  return Filter(Parser(text, option).Parse());
}

Filter Filter::ByName(const std::string& regexp, std::string_view option) {
  try {
    return Filter(Search({Key::Kind::kFullName, {}}, regexp));
  } catch (const std::regex_error& error) {
    throw Error(Failure::kUsage,
                fmt::format("{} '{}' is not a regular expression: {}", option,
                            regexp, error.what()));
  }
}

Filter Filter::And(const Filter& other) const {
  return Filter(Operation(Node::Kind::kAll, {root_, other.root_}));
}

bool Filter::LooksAtUnits() const { return LooksAt(*root_, Key::Kind::kUnit); }

bool Filter::Matches(const benchfmt::Run& run,
                     const benchfmt::Benchmark& benchmark,
                     std::string_view unit) const {
  return Holds(*root_, {run, benchmark, unit});
}

}  // namespace opstat::compare
