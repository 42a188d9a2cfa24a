// One function of Lambda, by _HANDLER: runtime provided.al2023, this program as `bootstrap`.

#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>
#include <string>

#include "aws/lambda_runtime.h"
#include "lambda/function.h"
#include "wiring/app.h"
#include "wiring/environment.h"
#include "wiring/world.h"

namespace {

using tr::Result;

struct Program {
  tr::wiring::SystemClock clock;
  tr::wiring::RandomIds ids;
  tr::wiring::JsonLog log{2, tr::LogLevel::kInfo, clock};
  std::unique_ptr<tr::wiring::App> app;
  std::unique_ptr<tr::lambda::Function> function;

  Result<void> Open(const tr::wiring::Environment& environment) {
    const auto variable = [&](const char* name) { return std::string(tr::aws::Variable(environment.variables, name)); };
    TR_ASSIGN(tr::wiring::Config config, tr::wiring::ParseConfig(variable("TR_CONFIG"), environment));
    if (!config.aws.names_one()) return tr::Invalid("TR_CONFIG has no [aws]: docs/aws.md lists its settings");
    TR_ASSIGN(
        app, tr::wiring::App::Open(std::move(config), {clock, ids, log, tr::wiring::Chance}, tr::wiring::Role::kServe));
    function = tr::lambda::FindFunction(variable("_HANDLER"), *app);
    if (function == nullptr) return tr::Invalid("the handler is mail, work, web, tick or drive-sync");
    return tr::Ok();
  }
};

}  // namespace

int main() {
  signal(SIGPIPE, SIG_IGN);  // a kept connection that died while the process was frozen
  const tr::wiring::Environment environment = tr::wiring::ReadEnvironment(environ);
  Program program;
  tr::aws::LambdaRuntime runtime(std::string(tr::aws::Variable(environment.variables, "AWS_LAMBDA_RUNTIME_API")),
                                 program.log);
  if (const Result<void> opened = program.Open(environment); !opened) {
    program.log.Error("not_started", {{"trouble", opened.fault().text}});
    (void)runtime.ReportInitError(opened.fault()).ok();  // it ends in any case
    return EXIT_FAILURE;
  }
  const auto handle = [&](const tr::aws::Invocation& invocation) -> Result<std::string> {
    TR_ASSIGN(const tr::aws::Event event, tr::aws::ParseEvent(invocation.event));
    return program.function->Handle(event, invocation);
  };
  const auto after = [&](const tr::aws::Invocation& invocation) { program.function->AfterAnswer(invocation); };
  const tr::Fault fault = runtime.Run(handle, after);
  program.log.Error("runtime_broken", {{"trouble", fault.text}});
  return EXIT_FAILURE;
}
