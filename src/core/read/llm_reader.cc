#include "read/llm_reader.h"

#include <string>
#include <utility>
#include <vector>

#include "read/reading_answer.h"

namespace tr::read {
namespace {

// Times the estimate: what a text may cost that the rule of token_estimate.h reads too low.
constexpr double kReserved = 1.5;

// The likeliest first; where the embedded reader knows none, in the order of the sheet.
std::vector<const rules::Topic*> Likeliest(EmbeddedReader& embedded, const Text& text, const rules::RuleBook& book) {
  std::vector<const rules::Topic*> topics;
  std::vector<bool> taken(book.topics.size(), false);
  const auto take = [&](const rules::Topic& topic) {
    const auto place = static_cast<std::size_t>(&topic - book.topics.data());
    if (taken[place] || topics.size() == kTopicsOffered) return;
    taken[place] = true;
    topics.push_back(&topic);
  };
  for (const TopicScore& score : embedded.Rank(text, book, kTopicsOffered)) {
    if (const rules::Topic* topic = book.FindTopic(score.topic)) take(*topic);
  }
  for (const rules::Topic& topic : book.topics) take(topic);
  return topics;
}

Reading Charged(Reading reading, const store::Used& spent) {
  reading.input_tokens = spent.input_tokens;
  reading.output_tokens = spent.output_tokens;
  reading.cost_micros = spent.cost_micros;
  return reading;
}

}  // namespace

Prompt LlmReader::PromptFor(const Text& text, const rules::RuleBook& book) {
  PromptInput input{text,   Likeliest(ports_.embedded, text, book), {}, ports_.model.hidden_tokens(), gauge_.ratio(),
                    redact_};
  input.examples = examples_.Nearest(text, input.topics, ports_.embedded.taught(), kExamplesOffered);
  return MakePrompt(input);
}

// Reserves, asks, settles. What was used, also by an answer that was lost, is added to `spent`.
Result<ModelAnswer> LlmReader::AskOnce(const Prompt& prompt, const Call& call, store::Used& spent) {
  const double expected = static_cast<double>(prompt.estimate) * gauge_.ratio() * kReserved;
  TR_ASSIGN(const Budget::Reserved reserved,
            ports_.budget.Reserve(static_cast<std::int64_t>(expected), prompt.request.max_tokens));
  ++counts_.calls;
  Result<ModelAnswer> answer = ports_.model.Ask(prompt.request, call);
  if (!answer) {
    ++counts_.failed;
    ports_.budget.Release(reserved);
    return answer.fault();
  }
  gauge_.Learn(prompt.estimate, answer->input_tokens);
  const store::Used used = ports_.budget.Settle(reserved, answer->input_tokens, answer->output_tokens);
  spent.calls += used.calls;
  spent.input_tokens += used.input_tokens;
  spent.output_tokens += used.output_tokens;
  spent.cost_micros += used.cost_micros;
  counts_.input_tokens += used.input_tokens;
  counts_.output_tokens += used.output_tokens;
  counts_.cost_micros += used.cost_micros;
  if (!answer->lost) return answer;
  ++counts_.failed;
  return *answer->lost;
}

Result<Reading> LlmReader::Read(const Text& text, const rules::RuleBook& book, const Call& call) {
  // First, because it pulls what the prompt's examples are taken from.
  TR_ASSIGN(Reading second, ports_.embedded.Read(text, book, call));
  const Prompt prompt = PromptFor(text, book);
  store::Used spent;
  std::string why;
  for (int tries = 0; tries < 2; ++tries) {
    Result<ModelAnswer> answer = AskOnce(tries == 0 ? prompt : AskAgain(prompt, why), call, spent);
    if (!answer && answer.fault().kind == FaultKind::kConflict) {
      ++counts_.over_budget;
      ports_.log.Warning("model_budget_spent", {{"ticket", call.trace}});
      return Charged(std::move(second), spent);
    }
    if (!answer && spent.calls == 0) return answer.fault();
    // Nothing is bought twice: what a call was paid for stands on the reading that is stored, and that is this one.
    if (!answer) {
      ports_.log.Warning("model_answer_lost", {{"ticket", call.trace}, {"trouble", answer.fault().text}});
      return Charged(std::move(second), spent);
    }
    Result<Reading> reading = ReadingOf(answer->input, prompt, text, book, second);
    if (reading) {
      reading->reader = ports_.model.name();
      return Charged(*std::move(reading), spent);
    }
    ++counts_.refused;
    why = reading.fault().text;
    ports_.log.Warning("model_answer_refused", {{"ticket", call.trace}, {"trouble", why}});
  }
  return Charged(std::move(second), spent);
}

}  // namespace tr::read
