// What single steps cost on one core: a mail parsed, a text read, a decision made. `allocs` are calls of operator new
// per step; `bytes` is what they asked for.
//
//   micro_bench [FOLDER-OF-MAILS…] [--benchmark_filter=…]      without a folder: tests/data/intake; run from the top
#include <benchmark/benchmark.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <new>
#include <string>
#include <vector>

#include "intake/mail_lane.h"
#include "intake/mime.h"
#include "read/embedded/embedded_reader.h"
#include "route/decide.h"
#include "rules/parse.h"

namespace {

std::atomic<std::uint64_t> allocations{0};
std::atomic<std::uint64_t> allocated{0};

}  // namespace

void* operator new(std::size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  allocated.fetch_add(size, std::memory_order_relaxed);
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace {

using namespace tr;

// Reports what was allocated between its birth and its end, per iteration.
class Allocations {
 public:
  explicit Allocations(benchmark::State& state) : state_(state) {}
  ~Allocations() {
    const auto steps = static_cast<double>(state_.iterations());
    state_.counters["allocs"] = static_cast<double>(allocations.load() - calls_) / steps;
    state_.counters["bytes"] = static_cast<double>(allocated.load() - bytes_) / steps;
  }

 private:
  benchmark::State& state_;
  std::uint64_t calls_ = allocations.load();
  std::uint64_t bytes_ = allocated.load();
};

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    std::fprintf(stderr, "cannot read %s: run this from the top of the project\n", path.c_str());
    std::exit(1);
  }
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> mails;

void AddMails(const std::filesystem::path& folder) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) mails.push_back(ReadFile(entry.path()));
  }
}

const rules::RuleBook& Book() {
  static const rules::RuleBookPtr kBook =
      rules::ParseRuleBook({ReadFile("tests/data/rules-example/topics.csv"),
                            ReadFile("tests/data/rules-example/teams.csv"),
                            ReadFile("tests/data/rules-example/rules.md"), std::nullopt})
          .book;
  if (kBook == nullptr) std::abort();
  return *kBook;
}

const std::vector<std::string>& Texts() {
  static const std::vector<std::string> kTexts = {
      "My parcel was promised for last Monday and the tracking page has not changed in four days. Can you find it?",
      "I sent two lamps back at the start of the month and the money is still not on my card. Order 20418.",
      "Your shop took the amount twice from my account! I want this put right today, nobody answers the phone.",
      "Guten Tag, seit drei Wochen warte ich auf meine Lieferung und niemand antwortet mir. Das ist eine Frechheit!",
      "Which of your grinders would you recommend for two people, and does the small one fit under a shelf?"};
  return kTexts;
}

read::Text TextOf(std::size_t number) { return {Lane::kForm, "Question", Texts()[number % Texts().size()]}; }

void ParseMail(benchmark::State& state) {
  std::size_t next = 0;
  std::size_t bytes = 0;
  const Allocations counted(state);
  for (auto _ : state) {
    const std::string& raw = mails[next++ % mails.size()];
    benchmark::DoNotOptimize(intake::ParseMail(raw).ok());
    bytes += raw.size();
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK(ParseMail)->Unit(benchmark::kMicrosecond);

void MailLane(benchmark::State& state) {
  std::size_t next = 0;
  const Allocations counted(state);
  for (auto _ : state) benchmark::DoNotOptimize(intake::ReadMail(mails[next++ % mails.size()], {}, &Book()).ok());
}
BENCHMARK(MailLane)->Unit(benchmark::kMicrosecond);

void ReadText(benchmark::State& state) {
  read::EmbeddedReader reader(nullptr);
  reader.Prepare(Book());
  std::size_t next = 0;
  const Allocations counted(state);
  for (auto _ : state) benchmark::DoNotOptimize(reader.Read(TextOf(next++), Book(), {}).ok());
}
BENCHMARK(ReadText)->Unit(benchmark::kMicrosecond);

void Decide(benchmark::State& state) {
  read::EmbeddedReader reader(nullptr);
  std::vector<Reading> readings;
  for (std::size_t i = 0; i < Texts().size(); ++i) readings.push_back(*reader.Read(TextOf(i), Book(), {}));
  std::size_t next = 0;
  const Allocations counted(state);
  for (auto _ : state) {
    const std::size_t number = next++ % readings.size();
    route::Question question;
    question.lane = Lane::kForm;
    question.from = "kim@mail.example";
    question.subject = "Question";
    question.new_text = Texts()[number];
    question.reading = &readings[number];
    benchmark::DoNotOptimize(route::Decide(question, Book(), Time{Duration(1'772'442'000'000)}));
  }
}
BENCHMARK(Decide)->Unit(benchmark::kMicrosecond);

void TrainReader(benchmark::State& state) {
  const Allocations counted(state);
  for (auto _ : state) read::EmbeddedReader(nullptr).Prepare(Book());
}
BENCHMARK(TrainReader)->Unit(benchmark::kMicrosecond);

void ParseRules(benchmark::State& state) {
  const rules::RuleFiles files{ReadFile("tests/data/rules-example/topics.csv"),
                               ReadFile("tests/data/rules-example/teams.csv"),
                               ReadFile("tests/data/rules-example/rules.md"), std::nullopt};
  const Allocations counted(state);
  for (auto _ : state) benchmark::DoNotOptimize(rules::ParseRuleBook(files));
}
BENCHMARK(ParseRules)->Unit(benchmark::kMicrosecond);

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  for (int i = 1; i < argc; ++i) AddMails(argv[i]);
  if (mails.empty()) AddMails("tests/data/intake");
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
