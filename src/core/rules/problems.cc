#include "rules/problems.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "base/text.h"

namespace tr::rules {
namespace {

constexpr std::size_t kMostProblems = 500;
constexpr std::size_t kLongestQuote = 160;
constexpr std::array<std::string_view, 4> kFiles = {"topics", "teams", "rules.md", "tests"};

std::size_t FileOrder(const std::string& file) {
  return static_cast<std::size_t>(std::find(kFiles.begin(), kFiles.end(), file) - kFiles.begin());
}

std::string_view Suffix(Severity severity) {
  switch (severity) {
    case Severity::kError: return "";
    case Severity::kWarning: return " (warning)";
    case Severity::kNote: return " (note)";
  }
  return "";
}

}  // namespace

void Problems::Add(Severity severity, const Where& where, std::string text) {
  errors_ += severity == Severity::kError ? 1 : 0;
  if (found_.size() >= kMostProblems) {
    ++left_out_;
    return;
  }
  found_.push_back({severity, where.file, where.line, where.column, std::move(text), where.cell});
}

void Problems::Error(const Where& where, std::string text) { Add(Severity::kError, where, std::move(text)); }
void Problems::Warning(const Where& where, std::string text) { Add(Severity::kWarning, where, std::move(text)); }
void Problems::Note(const Where& where, std::string text) { Add(Severity::kNote, where, std::move(text)); }

std::vector<Problem> Problems::Take() {
  std::stable_sort(found_.begin(), found_.end(), [](const Problem& a, const Problem& b) {
    return std::pair(FileOrder(a.file), a.line) < std::pair(FileOrder(b.file), b.line);
  });
  if (left_out_ > 0) {
    const Severity severity = errors_ > 0 ? Severity::kError : Severity::kWarning;
    found_.push_back(
        {severity, found_.back().file, 0, "", "and " + std::to_string(left_out_) + " more like these.", ""});
  }
  return std::move(found_);
}

std::string Format(const Problem& problem) {
  std::string text = problem.file;
  if (problem.line > 0) text += (problem.file == "rules.md" ? " line " : " row ") + std::to_string(problem.line);
  if (!problem.column.empty()) {
    text += problem.cell.empty() ? ", column " + problem.column : ", " + problem.column + " " + Quote(problem.cell);
  }
  text += Suffix(problem.severity);
  return text + ": " + problem.text;
}

std::string Quote(std::string_view text) { return "\"" + CutText(text, kLongestQuote) + "\""; }

}  // namespace tr::rules
