// A mail server's pipe goes on while an export is written: what it took is there as a whole, or not at all.

#include "carry/carry.h"
#include "contract/folder.h"
#include "contract/store_contract.h"
#include "intake/accept.h"
#include "local/sqlite_store.h"
#include "testing/counting_ids.h"
#include "testing/recording_log.h"

namespace tr::contract {
namespace {

using Lines = std::vector<std::string>;
using ::testing::SizeIs;

intake::Arrival Mail(const std::string& word, const std::string& answers = "") {
  intake::Arrival mail;
  mail.identity = word;
  mail.from = {"Kim", "kim@mail.example"};
  mail.customer = {"Kim", "kim@mail.example", Verification::kUnverified};
  mail.subject = word;
  mail.text = mail.new_text = "about " + word;
  mail.message_id = word + "@mail.example";
  mail.original = "raw " + word;
  if (!answers.empty()) mail.references = {answers + "@mail.example"};
  return mail;
}

// A process that has the folder open.
struct Process {
  explicit Process(const std::string& folder, bool one_moment = false) {
    local::SqliteOptions options;
    options.clock = &clock;
    options.background_checkpoints = false;
    options.one_moment = one_moment;
    store = Must(local::SqliteStore::Open(folder, options));
    gate.emplace(intake::GatePorts{store->ledger(), store->tickets(), store->lookups(), store->originals(),
                                   store->queue(), ids, clock, log});
  }
  carry::Ports ports() const {
    return {store->dump(),  store->tickets(), store->originals(), store->people(),
            store->shelf(), store->queue(),   store->usage()};
  }

  testing::ManualClock clock;
  testing::CountingIds ids;
  testing::RecordingLog log;
  std::unique_ptr<local::SqliteStore> store;
  std::optional<intake::Gate> gate;
};

TEST(CarryHalfway, WhatIsTakenMeanwhileIsLeftOutAsAWholeAndTakenAnew) {
  const Folder from;
  const Folder to;
  Process pipe(from.path());
  const std::string first = Must(pipe.gate->Accept(Mail("first"))).ticket;
  Lines lines;
  {
    const Process exporter(from.path(), true);
    Must(carry::Export(exporter.ports(), [&](std::string_view line) -> Result<void> {
      lines.emplace_back(line);
      if (!line.starts_with("{\"ticket\"")) return Ok();
      EXPECT_TRUE(Must(pipe.gate->Accept(Mail("later", "first"))).joined);
      TR_TRY(pipe.gate->Accept(Mail("second")));
      return Ok();
    }));
  }
  EXPECT_THAT(Must(pipe.store->tickets().Search({})).tickets, SizeIs(2)) << "the pipe was not held up";

  Process moved(to.path());
  moved.clock.Advance(std::chrono::seconds(1));  // its ids are others
  Must(carry::Import(moved.ports(), [&lines, next = std::size_t{0}]() mutable -> Result<std::optional<std::string>> {
    return next == lines.size() ? std::optional<std::string>() : std::optional(lines[next++]);
  }));
  EXPECT_EQ(Must(moved.store->tickets().Get(first)).messages, 1);
  EXPECT_THAT(Must(moved.store->tickets().Messages(first)), SizeIs(1));
  for (const bool was_known : {false, true}) {
    EXPECT_TRUE(Must(moved.gate->Accept(Mail("first"))).was_known);
    EXPECT_EQ(Must(moved.gate->Accept(Mail("later", "first"))).was_known, was_known);
    EXPECT_EQ(Must(moved.gate->Accept(Mail("second"))).was_known, was_known);
  }
  EXPECT_THAT(Must(moved.store->tickets().Messages(first)), SizeIs(2));
  EXPECT_THAT(Must(moved.store->tickets().Search({})).tickets, SizeIs(2));
}

}  // namespace
}  // namespace tr::contract
