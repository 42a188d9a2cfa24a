#include "read/cascade_reader.h"

namespace tr::read {

Result<Reading> CascadeReader::Read(const Text& text, const rules::RuleBook& book, const Call& call) {
  Result<Reading> reading = first_.Read(text, book, call);
  if (reading && reading->topic != kUnsure && reading->confidence >= reading->sure_at) {
    ++first_sure_;
    return reading;
  }
  return second_.Read(text, book, call);
}

}  // namespace tr::read
