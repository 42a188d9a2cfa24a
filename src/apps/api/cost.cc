// What reading costs: this month's and the last month's calls, tokens and money.

#include <boost/json.hpp>

#include "api/routes.h"
#include "read/budget.h"

namespace tr::api {
namespace {

namespace json = boost::json;

json::object View(const std::string& month, const store::Used& used) {
  return {{"month", month},
          {"calls", used.calls},
          {"input_tokens", used.input_tokens},
          {"output_tokens", used.output_tokens},
          {"cost", static_cast<double>(used.cost_micros) / 1e6}};
}

}  // namespace

Answer GetCost(const Context& context) {
  const wiring::ReaderConfig& config = context.app.config().reader;
  const Time now = context.app.ports().clock.Now();
  const std::string month = read::MonthOf(now);
  // The day before the first of this month.
  TR_ASSIGN(const Time first, ParseTime(month + "-01 00:00"));
  json::array months;
  for (const std::string& one : {month, read::MonthOf(first - std::chrono::hours(1))}) {
    TR_ASSIGN(const store::Used used, context.app.ports().usage.OfMonth(one));
    months.push_back(View(one, used));
  }
  return JsonResponse(200, json::object{{"reader", wiring::Name(config.kind)},
                                        {"monthly_budget", config.monthly_budget},
                                        {"months", std::move(months)}});
}

}  // namespace tr::api
