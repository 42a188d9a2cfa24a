#include "intake/reply_text.h"
namespace tr::intake {
std::string NewText(std::string_view text) { return std::string(text); }
}  // namespace tr::intake
