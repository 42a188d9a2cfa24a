#include "intake/normalise.h"

#include "base/text.h"

namespace tr::intake {

std::string NormaliseNewText(std::string_view new_text) { return Squeeze(Fold(new_text)); }

}  // namespace tr::intake
