#include "read/cascade_reader.h"

#include "rules/sure_at.h"

namespace tr::read {

Result<Reading> CascadeReader::Read(const Text& text, const rules::RuleBook& book, const Call& call) {
  Result<Reading> reading = first_.Read(text, book, call);
  const rules::Topic* topic = reading ? book.FindTopic(reading->topic) : nullptr;
  if (topic != nullptr && reading->confidence >= rules::SureAt(book, *topic, reading->sure_at)) {
    ++first_sure_;
    return reading;
  }
  return second_.Read(text, book, call);
}

}  // namespace tr::read
