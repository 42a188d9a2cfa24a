#include "review/eval.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <map>
#include <random>
#include <set>
#include <utility>

#include "base/text.h"
#include "read/embedded/cues.h"
#include "read/embedded/embedded_reader.h"
#include "review/eval_scores.h"
#include "rules/book.h"

namespace tr::review {
namespace {

namespace json = boost::json;

constexpr double kWantedPrecision = 0.95;
constexpr std::size_t kStreamStart = 3;  // examples a topic

Fault BadLine(std::size_t line, const char* why) {
  return Invalid("line " + std::to_string(line) + ": " + why +
                 R"(. Each line is one object: {"text":"…","topic":"…"}, or with "tone" or "urgency".)");
}

// Everything but the text. Empty: fine; else what is wrong.
const char* ReadLabels(const json::object& object, EvalRow& row) {
  const json::value* topic = object.if_contains("topic");
  const json::value* tone = object.if_contains("tone");
  const json::value* urgency = object.if_contains("urgency");
  row.about_topic = topic != nullptr || (tone == nullptr && urgency == nullptr);
  if (topic != nullptr && !topic->is_null()) {
    if (!topic->is_string()) return "\"topic\" is neither a string nor null";
    row.topic = topic->get_string();
  }
  if (tone != nullptr && tone->is_number()) {
    row.heat = tone->to_number<double>();
  } else if (tone != nullptr) {
    if (tone->is_string()) row.tone = ParseTone(tone->get_string());
    if (!row.tone) return "\"tone\" is neither calm, frustrated or angry nor a number";
  }
  if (urgency == nullptr) return nullptr;
  if (urgency->is_string()) row.urgency = ParseUrgency(urgency->get_string());
  return row.urgency ? nullptr : "\"urgency\" is not low, medium or high";
}

// The topics of the train rows as a book, and which rows belong to which.
rules::RuleBook BookOf(const std::vector<EvalRow>& train, std::size_t most_examples, std::vector<EvalRow>* rest) {
  rules::RuleBook book;
  book.version = 1;  // a book that does not change: the reader need not look at its examples again
  std::map<std::string, std::size_t> places;
  for (const EvalRow& row : train) {
    if (!row.about_topic || row.topic.empty()) continue;
    const auto [place, is_new] = places.try_emplace(row.topic, book.topics.size());
    if (is_new) book.topics.emplace_back().name = row.topic;
    rules::Topic& topic = book.topics[place->second];
    if (topic.examples.size() < most_examples) {
      topic.examples.push_back(row.text);
    } else if (rest != nullptr) {
      rest->push_back(row);
    }
  }
  return book;
}

Reading ReadRow(read::EmbeddedReader& reader, const rules::RuleBook& book, const EvalRow& row) {
  const read::Text text{Lane::kForm, "", row.text};
  Result<Reading> reading = reader.Read(text, book, Call{});
  return reading ? *std::move(reading) : Reading{};
}

TopicAnswer AnswerOf(const Reading& reading, const EvalRow& row) {
  return {reading.confidence, !row.topic.empty(), !row.topic.empty() && reading.topic == row.topic};
}

std::vector<TopicAnswer> AnswerAll(read::EmbeddedReader& reader, const rules::RuleBook& book,
                                   const std::vector<EvalRow>& rows, double* sure_at) {
  std::vector<TopicAnswer> answers;
  for (const EvalRow& row : rows) {
    if (!row.about_topic) continue;
    const Reading reading = ReadRow(reader, book, row);
    if (sure_at != nullptr) *sure_at = reading.sure_at;
    answers.push_back(AnswerOf(reading, row));
  }
  return answers;
}

double ThresholdFrom(const std::vector<TopicAnswer>& validation, double own) {
  if (validation.empty()) return own;
  const bool strangers = std::any_of(validation.begin(), validation.end(), [](const auto& a) { return !a.in_scope; });
  return strangers ? BalancedThreshold(validation) : LowestWithPrecision(validation, kWantedPrecision);
}

json::object TopicFigures(const std::vector<TopicAnswer>& answers, double sure_at) {
  const TopicScores scores = ScoreTopics(answers, sure_at);
  json::object out{{"held", scores.held}, {"routed_precision", scores.routed_precision}, {"sure_at", sure_at}};
  out["accuracy"] = scores.in_scope == 0 ? json::value() : json::value(scores.accuracy);
  out["accuracy_with_hold"] = scores.in_scope == 0 ? json::value() : json::value(scores.accuracy_with_hold);
  out["routed_share_at_95"] = RoutedShareAt(answers, kWantedPrecision);
  out["rows"] = answers.size();
  return out;
}

json::value OutOfScopeFigures(const std::vector<TopicAnswer>& answers, double sure_at) {
  const TopicScores scores = ScoreTopics(answers, sure_at);
  if (scores.out_of_scope == 0) return nullptr;
  return json::object{{"recall", scores.out_of_scope_recall}, {"rows", scores.out_of_scope}};
}

json::value ToneFigures(const std::vector<EvalRow>& rows) {
  std::vector<std::pair<int, int>> classes;
  std::vector<std::pair<double, double>> heats;
  for (const EvalRow& row : rows) {
    if (!row.tone && !row.heat) continue;
    const read::Cues cues = read::FindCues(read::Tokenize("", row.text));
    if (row.tone) classes.emplace_back(static_cast<int>(*row.tone), static_cast<int>(cues.tone));
    heats.emplace_back(row.heat ? *row.heat : static_cast<double>(static_cast<int>(*row.tone)), cues.heat);
  }
  if (heats.empty()) return nullptr;
  json::object out{{"spearman", Spearman(heats)}, {"rows", heats.size()}};
  out["macro_f1"] = classes.empty() ? json::value() : json::value(MacroF1(classes, 3));
  return out;
}

json::value UrgencyFigures(const std::vector<EvalRow>& rows) {
  std::vector<std::pair<int, int>> classes;
  for (const EvalRow& row : rows) {
    if (!row.urgency) continue;
    const read::Cues cues = read::FindCues(read::Tokenize("", row.text));
    classes.emplace_back(static_cast<int>(*row.urgency), static_cast<int>(cues.urgency));
  }
  if (classes.empty()) return nullptr;
  return json::object{{"macro_f1", MacroF1(classes, 3)}, {"rows", classes.size()}};
}

// The corrections of a stream, in memory.
class StreamCorrections : public store::Corrections {
 public:
  void Add(const EvalRow& row) {
    store::Correction correction;
    correction.id = std::to_string(rows_.size());
    correction.ticket = correction.id;
    correction.to_topic = row.topic;
    correction.redacted_text = row.text;
    rows_.push_back(std::move(correction));
  }

  Result<Page> Since(const std::string& cursor, int limit) override {
    Page page;
    std::size_t at = cursor.empty() ? 0 : std::stoul(cursor);
    for (; at < rows_.size() && page.rows.size() < static_cast<std::size_t>(limit); ++at)
      page.rows.push_back(rows_[at]);
    page.cursor = at == 0 ? "" : std::to_string(at);
    return page;
  }

  Result<std::vector<store::Correction>> OfTicket(const std::string&) override {
    return std::vector<store::Correction>{};
  }

 private:
  std::vector<store::Correction> rows_;
};

json::object Checkpoint(read::EmbeddedReader& reader, const rules::RuleBook& book, const std::vector<EvalRow>& test,
                        std::size_t tickets) {
  double sure_at = 1;
  const std::vector<TopicAnswer> answers = AnswerAll(reader, book, test, &sure_at);
  const TopicScores scores = ScoreTopics(answers, sure_at);
  return {{"tickets", tickets},
          {"accuracy", scores.accuracy},
          {"routed_share", 1 - scores.held},
          {"routed_precision", scores.routed_precision}};
}

json::array StreamFigures(const EvalInput& input) {
  std::vector<EvalRow> arriving;
  const rules::RuleBook book = BookOf(input.train, kStreamStart, &arriving);
  std::minstd_rand random(1);
  std::shuffle(arriving.begin(), arriving.end(), random);
  StreamCorrections corrections;
  read::EmbeddedReader reader(&corrections);
  json::array out;
  std::size_t tickets = 0;
  for (const std::size_t checkpoint : input.checkpoints) {
    if (checkpoint > arriving.size()) break;
    for (; tickets < checkpoint; ++tickets) {
      const Reading reading = ReadRow(reader, book, arriving[tickets]);
      const bool held = reading.confidence < reading.sure_at;
      if (held || reading.topic != arriving[tickets].topic) corrections.Add(arriving[tickets]);
    }
    out.push_back(Checkpoint(reader, book, input.test, tickets));
  }
  return out;
}

}  // namespace

Result<std::vector<EvalRow>> ParseEvalRows(std::string_view json_lines) {
  std::vector<EvalRow> rows;
  std::size_t number = 0;
  for (const std::string_view line : SplitText(json_lines, '\n')) {
    ++number;
    if (Trim(line).empty()) continue;
    boost::system::error_code error;
    const json::value value = json::parse(Trim(line), error);
    if (error || !value.is_object()) return BadLine(number, "this is no JSON object");
    const json::value* text = value.get_object().if_contains("text");
    if (text == nullptr || !text->is_string()) return BadLine(number, "\"text\" is missing or no string");
    EvalRow row;
    row.text = text->get_string();
    if (const char* wrong = ReadLabels(value.get_object(), row)) return BadLine(number, wrong);
    rows.push_back(std::move(row));
  }
  return rows;
}

json::object EvaluateReader(const EvalInput& input, read::Reader& reader, const Stopwatch& stopwatch,
                            const std::function<Time()>& deadline) {
  const rules::RuleBook book = BookOf(input.train, SIZE_MAX, nullptr);
  std::vector<TopicAnswer> answers;
  std::vector<std::pair<int, int>> tones;
  std::vector<std::pair<int, int>> urgencies;
  Reading sum;
  double sure_at = 1;
  std::size_t failed = 0;
  const double before = stopwatch();
  for (const EvalRow& row : input.test) {
    const Result<Reading> read = reader.Read({Lane::kForm, "", row.text}, book, {deadline(), "eval"});
    if (!read) ++failed;
    const Reading reading = read ? *read : Reading{};
    if (read) sure_at = reading.sure_at;
    if (row.about_topic) answers.push_back(AnswerOf(reading, row));
    if (row.tone) tones.emplace_back(static_cast<int>(*row.tone), static_cast<int>(reading.tone));
    if (row.urgency) urgencies.emplace_back(static_cast<int>(*row.urgency), static_cast<int>(reading.urgency));
    sum.input_tokens += reading.input_tokens;
    sum.output_tokens += reading.output_tokens;
    sum.cost_micros += reading.cost_micros;
  }
  const double after = stopwatch();
  const auto f1 = [](const std::vector<std::pair<int, int>>& classes) {
    if (classes.empty()) return json::value();
    return json::value(json::object{{"macro_f1", MacroF1(classes, 3)}, {"rows", classes.size()}});
  };
  json::object out;
  out["topic"] = answers.empty() ? json::value() : TopicFigures(answers, sure_at);
  out["out_of_scope"] = OutOfScopeFigures(answers, sure_at);
  out["tone"] = f1(tones);
  out["urgency"] = f1(urgencies);
  out["calibration"] = answers.empty() ? json::value() : json::object{{"ece", CalibrationError(answers)}};
  out["micros_per_ticket"] = input.test.empty() ? 0 : (after - before) * 1e6 / static_cast<double>(input.test.size());
  out["input_tokens"] = sum.input_tokens;
  out["output_tokens"] = sum.output_tokens;
  out["cost"] = static_cast<double>(sum.cost_micros) / 1e6;
  out["failed"] = failed;
  return out;
}

json::object Evaluate(const EvalInput& input, const Stopwatch& stopwatch) {
  const rules::RuleBook book = BookOf(input.train, SIZE_MAX, nullptr);
  read::EmbeddedReader reader(nullptr);
  const double start = stopwatch();
  reader.Prepare(book);
  const double trained = stopwatch();
  double own = 1;
  const std::vector<TopicAnswer> validation = AnswerAll(reader, book, input.validation, nullptr);
  const double before = stopwatch();
  for (const EvalRow& row : input.test) own = ReadRow(reader, book, row).sure_at;
  const double after = stopwatch();
  const std::vector<TopicAnswer> answers = AnswerAll(reader, book, input.test, nullptr);
  const double sure_at = ThresholdFrom(validation, own);
  json::object out;
  out["topic"] = answers.empty() ? json::value() : TopicFigures(answers, sure_at);
  out["out_of_scope"] = OutOfScopeFigures(answers, sure_at);
  out["tone"] = ToneFigures(input.test);
  out["urgency"] = UrgencyFigures(input.test);
  out["stream"] = answers.empty() ? json::array() : StreamFigures(input);
  out["calibration"] = answers.empty() ? json::value() : json::object{{"ece", CalibrationError(answers)}};
  out["micros_per_ticket"] = input.test.empty() ? 0 : (after - before) * 1e6 / static_cast<double>(input.test.size());
  out["train_seconds"] = trained - start;
  return out;
}

}  // namespace tr::review
