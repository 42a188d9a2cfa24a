#pragma once
// The Model port: one question to a language model that may only answer by filling in a form.

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/call.h"
#include "base/result.h"

namespace tr::read {

// Everything that is sent, and nothing else: no history, no free text in the answer.
struct ModelRequest {
  std::string system;            // what to do; ours
  std::string user;              // what strangers wrote: examples, each a quoted line, and the ticket, fenced
  std::string tool;              // the form's name: [a-z_], at most 64 characters
  std::string tool_description;  // one sentence
  boost::json::object schema;    // JSON Schema of the form
  int max_tokens = 300;          // of the answer
};

struct ModelAnswer {
  // What the model filled in, not checked against the schema; null when it filled in nothing (it talked, refused, or
  // was cut off).
  boost::json::value input;
  std::int64_t input_tokens = 0;  // as the vendor counts them; both 0 when it does not say
  std::int64_t output_tokens = 0;
  // Set where the vendor may bill the call and nothing readable came of it: it was sent, and then the time ran out, the
  // connection broke, or what came back as a success was no answer. All other members are empty then.
  std::optional<Fault> lost = std::nullopt;
};

class Model {
 public:
  virtual ~Model() = default;

  // Asks once, with the tool forced. Thread-safe. A fault means that the vendor bills nothing: it refused the request
  // with a status outside 2xx, or was not reached; everything else that goes wrong is ModelAnswer::lost. kTransient:
  // overloaded, throttled, no connection. kPermanent: the key, the model's name or the request is refused; the text
  // says what to set.
  virtual Result<ModelAnswer> Ask(const ModelRequest& request, const Call& call) = 0;

  // What a reading says about who gave it: "bedrock", "anthropic", "openai-compatible".
  virtual std::string_view name() const = 0;

  // Input tokens that the vendor adds unseen to every request with a forced tool.
  virtual std::int64_t hidden_tokens() const = 0;
};

}  // namespace tr::read
