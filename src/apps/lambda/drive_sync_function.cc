#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "lambda/function.h"

namespace tr::lambda {
namespace {

class DriveSync : public Function {
 public:
  explicit DriveSync(wiring::App& app) : app_(app) {}

  Result<std::string> Handle(const aws::Event& event, const aws::Invocation&) override {
    if (!std::holds_alternative<aws::Schedule>(event)) return Invalid("the function \"drive-sync\" takes a schedule");
    const Result<void> shelf = app_.rules().LoadShelf();
    if (!shelf && shelf.fault().kind == FaultKind::kTransient) return shelf.fault();
    TR_ASSIGN(const rules::SyncReport report, app_.TakeRules(""));
    if (report.untold) return *report.untold;
    return boost::json::serialize(boost::json::object{{"version", report.version.number}});
  }

 private:
  wiring::App& app_;
};

}  // namespace

std::unique_ptr<Function> DriveSyncFunction(wiring::App& app) { return std::make_unique<DriveSync>(app); }

}  // namespace tr::lambda
