#include "base/result.h"

namespace tr {

std::string_view Name(FaultKind kind) {
  switch (kind) {
    case FaultKind::kTransient: return "transient";
    case FaultKind::kPermanent: return "permanent";
    case FaultKind::kInvalid: return "invalid";
    case FaultKind::kNotFound: return "not_found";
    case FaultKind::kConflict: return "conflict";
    case FaultKind::kBug: return "bug";
  }
  return "bug";
}

}  // namespace tr
