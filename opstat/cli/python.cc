#include "opstat/cli/python.h"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "opstat/benchfmt/error.h"
#include "opstat/measure/child.h"
#include "opstat/measure/result_file.h"

namespace opstat::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kProgress = "progress: ";

fs::path ProgramFolder() {
  std::error_code ignored;
  return fs::read_symlink("/proc/self/exe", ignored).parent_path();
}

// The last whole line of progress in what stderr has said so far.
std::string_view LastProgress(std::string_view err) {
  const std::size_t start = err.rfind(kProgress);
  if (start == std::string_view::npos) return {};
  const std::size_t end = err.find('\n', start);
  if (end == std::string_view::npos) return {};
  return err.substr(start + kProgress.size(), end - start - kProgress.size());
}

// The last thing that it said and the hint with it: of an error that is the
// message, of a defect what Python's traceback ends in.
struct Complaint {
  std::string message, hint;
};

Complaint ComplaintIn(const std::string& err) {
  constexpr std::string_view kHint = "  hint: ";
  Complaint found;
  std::istringstream lines(err);
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.starts_with(kProgress)) continue;
    if (line.starts_with(kHint))
      found.hint = line.substr(kHint.size());
    else
      found.message = line;
  }
  return found;
}

// What the package reads.
struct Input {
  measure::ResultFile document, columns;
};

void Fill(const measure::ResultFile& file, std::span<const std::byte> bytes) {
  std::ofstream(file.path(), std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()), std::ssize(bytes));
}

measure::ChildResult Run(const PythonCall& call, const std::string& python,
                         const Input& input,
                         const measure::ResultFile& output) {
  measure::ChildOptions child;
  // The folder leads Python's search path so, before what the user set.
  child.directory = ReportsFolder();
  child.environment = {{"PYTHONDONTWRITEBYTECODE", "1"}};
  child.argv = {python,
                "-m",
                "reports",
                input.document.path(),
                "-o",
                output.path(),
                "--columns=" + input.columns.path()};
  child.argv.insert(child.argv.end(), call.arguments.begin(),
                    call.arguments.end());
  if (call.on_progress)
    child.on_err = [&](std::string_view err) {
      if (const auto line = LastProgress(err); !line.empty())
        call.on_progress(line);
    };
  return measure::RunChild(child);
}

// nullopt: it cannot, and `tried` says why.
std::optional<std::string> Try(const PythonCall& call,
                               const std::string& python, const Input& input,
                               std::vector<std::string>& tried) {
  const measure::ResultFile output;
  measure::ChildResult result;
  try {
    result = Run(call, python, input, output);
  } catch (const Error& error) {
    if (error.failure() != Failure::kCannotMeasure) throw;
    tried.push_back(fmt::format("{}: {}", python, error.what()));
    return std::nullopt;
  }
  if (result.Succeeded()) return output.Read();
  const auto [message, hint] = ComplaintIn(result.err);
  const auto code = static_cast<Failure>(result.exit_code);
  if (code == Failure::kUsage || code == Failure::kBadData ||
      code == Failure::kCannotMeasure)
    throw Error(code, message, hint);
  tried.push_back(fmt::format("{}: {}", python,
                              message.empty() ? result.Describe() : message));
  return std::nullopt;
}

}  // namespace

fs::path ReportsFolder() {
  std::error_code ignored;
  for (const char* folder : {"../share/opstat", "../../.."}) {
    fs::path root = fs::weakly_canonical(ProgramFolder() / folder, ignored);
    if (fs::exists(root / "reports" / "__main__.py", ignored)) return root;
  }
  return {};
}

std::vector<std::string> PythonCandidates(const std::string& chosen) {
  if (!chosen.empty())
    return {chosen.find('/') == std::string::npos
                ? chosen
                : fs::absolute(chosen).string()};
  std::vector<std::string> candidates;
  std::error_code ignored;
  for (const char* venv : {"../share/opstat/venv", "../../venv"}) {
    const fs::path python = ProgramFolder() / venv / "bin/python";
    if (fs::exists(python, ignored))
      candidates.push_back(python.lexically_normal().string());
  }
  candidates.insert(candidates.end(), {"/usr/bin/python3", "python3"});
  return candidates;
}

PythonResult CallReports(const PythonCall& call) {
  PythonResult result;
  if (ReportsFolder().empty()) {
    result.tried.emplace_back("the Python package `reports` is not installed");
    return result;
  }
  const Input input;
  Fill(input.document, std::as_bytes(std::span(call.document)));
  Fill(input.columns, std::as_bytes(call.columns));
  for (const std::string& python : call.candidates) {
    result.output = Try(call, python, input, result.tried);
    if (result.output) break;
  }
  return result;
}

}  // namespace opstat::cli
