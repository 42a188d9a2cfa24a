#include "lambda/function.h"

namespace tr::lambda {
namespace {

struct Named {
  std::string_view name;
  std::unique_ptr<Function> (*make)(wiring::App&);
};

constexpr Named kFunctions[] = {{"mail", MailFunction},
                                {"work", WorkFunction},
                                {"web", WebFunction},
                                {"tick", TickFunction},
                                {"drive-sync", DriveSyncFunction}};

}  // namespace

std::unique_ptr<Function> FindFunction(std::string_view name, wiring::App& app) {
  for (const Named& one : kFunctions) {
    if (one.name == name) return one.make(app);
  }
  return nullptr;
}

}  // namespace tr::lambda
