#pragma once
// Measures a reader on labelled texts: what `ticket-router eval` prints.

#include <boost/json/object.hpp>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "read/reader.h"
#include "ticket/words.h"

namespace tr::review {

// One labelled line. A row that has a tone or an urgency but no topic says nothing about topics.
struct EvalRow {
  std::string text;
  bool about_topic = false;
  std::string topic;  // empty: out of scope, the right answer is hold
  std::optional<Tone> tone;
  std::optional<double> heat;  // a tone given as a number: the higher, the angrier
  std::optional<Urgency> urgency;
};

// Reads JSON lines {"text","topic"|"tone"|"urgency"}; blank lines are skipped.
// kInvalid: a line that is no such object, with its number.
Result<std::vector<EvalRow>> ParseEvalRows(std::string_view json_lines);

struct EvalInput {
  std::vector<EvalRow> train;
  std::vector<EvalRow> validation;  // empty: the reader's own threshold, from left-out parts of train
  std::vector<EvalRow> test;
  std::vector<std::size_t> checkpoints = {0, 100, 300, 1000,
                                          3000};  // tickets of the stream, ascending; empty: no stream
};

// Seconds since any moment, never falling.
using Stopwatch = std::function<double()>;

// Measures another reader, a model's say, on the test rows, with the train rows as the sheet's examples: `topic`,
// `out_of_scope`, `tone.macro_f1`, `urgency.macro_f1`, `calibration`, `micros_per_ticket`, `input_tokens`,
// `output_tokens` and `cost` (in the prices' currency) of all rows together, and `failed`, the rows that it did not
// read. Each row is read once. `deadline` gives the moment until which a reading may take.
boost::json::object EvaluateReader(const EvalInput& input, read::Reader& reader, const Stopwatch& stopwatch,
                                   const std::function<Time()>& deadline);

// Trains on the train rows, a topic per label named as it stands, and measures on the test rows. Members for which the
// rows hold no labels are null. With validation rows the threshold is the one that serves them best: where some are out
// of scope, the highest sum of in-scope accuracy with hold and out-of-scope recall; else the lowest that routes with
// 95 % precision. `stream` begins with three rows a topic; the others arrive one by one, and only those that are held
// or wrong are corrected, as a human would. REQUIRES: stopwatch is set.
boost::json::object Evaluate(const EvalInput& input, const Stopwatch& stopwatch);

}  // namespace tr::review
