#include "read/embedded/embedded_reader.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <mutex>
#include <sstream>
#include <thread>

#include "base/text.h"
#include "rules/parse.h"

namespace tr::read {
namespace {

// A store in memory that can refuse to answer.
class TaughtCorrections : public store::Corrections {
 public:
  void Teach(const std::string& id, const std::string& text, const std::string& topic) {
    store::Correction row;
    row.id = id;
    row.ticket = "ticket of " + id;
    row.to_topic = topic;
    row.redacted_text = text;
    Add(std::move(row));
  }
  void Undo(const std::string& id) {
    store::Correction row;
    row.id = "undo of " + id;
    row.kind = store::CorrectionKind::kUndo;
    row.undoes = id;
    Add(std::move(row));
  }
  void Add(store::Correction row) {
    const std::lock_guard lock(mutex_);
    rows_.push_back(std::move(row));
  }
  void Clear() {
    const std::lock_guard lock(mutex_);
    rows_.clear();
  }

  Result<Page> Since(const std::string& cursor, int limit) override {
    const std::lock_guard lock(mutex_);
    if (down) return Transient("the store does not answer");
    Page page;
    std::size_t at = cursor.empty() ? 0 : std::stoul(cursor);
    for (; at < rows_.size() && page.rows.size() < static_cast<std::size_t>(limit); ++at)
      page.rows.push_back(rows_[at]);
    page.cursor = at == 0 ? "" : std::to_string(at);
    return page;
  }
  Result<std::vector<store::Correction>> OfTicket(const std::string&) override {
    return std::vector<store::Correction>{};
  }

  std::atomic<bool> down = false;

 private:
  std::mutex mutex_;
  std::vector<store::Correction> rows_;
};

rules::RuleBook Book(std::vector<rules::Topic> topics) {
  rules::RuleBook book;
  book.topics = std::move(topics);
  return book;
}

rules::Topic TopicNamed(std::string name, std::string meaning, std::vector<std::string> examples) {
  rules::Topic topic;
  topic.name = std::move(name);
  topic.meaning = std::move(meaning);
  topic.examples = std::move(examples);
  return topic;
}

rules::RuleBook SmallBook() {
  return Book({TopicNamed("Refund", "Wants money back", {"When do I get my money back?"}),
               TopicNamed("Delivery", "Where is the parcel", {"My parcel has not arrived"}),
               TopicNamed("Login", "Cannot sign in", {"I forgot my password"})});
}

std::string File(const std::string& name) {
  const char* source = std::getenv("TR_SOURCE");
  std::ifstream in(std::string(source == nullptr ? "." : source) + "/tests/data/" + name);
  return {std::istreambuf_iterator<char>(in), {}};
}

rules::RuleBookPtr ShopBook() {
  const std::string folder = "rules-example/";
  return rules::ParseRuleBook(
             {File(folder + "topics.csv"), File(folder + "teams.csv"), File(folder + "rules.md"), std::nullopt})
      .book;
}

Reading Say(EmbeddedReader& reader, const rules::RuleBook& book, const std::string& text) {
  return *reader.Read({Lane::kMail, "", text}, book, Call{});
}

TEST(EmbeddedReaderTest, ReadsTheSampleShop) {
  const rules::RuleBookPtr book = ShopBook();
  ASSERT_NE(book, nullptr);
  EmbeddedReader reader(nullptr);
  std::istringstream lines(File("read/shop-tickets.txt"));
  int clear = 0;
  int routed = 0;
  int wrong = 0;
  int vague = 0;
  int held = 0;
  for (std::string line; std::getline(lines, line);) {
    const std::size_t bar = line.find('|');
    ASSERT_NE(bar, std::string::npos) << line;
    const std::string want = line.substr(0, bar);
    const Reading reading = Say(reader, *book, line.substr(bar + 1));
    const bool sure = reading.confidence >= reading.sure_at;
    if (want == kUnsure) {
      ++vague;
      held += sure ? 0 : 1;
      continue;
    }
    ++clear;
    routed += sure && reading.topic == want ? 1 : 0;
    wrong += sure && reading.topic != want ? 1 : 0;
  }
  ASSERT_GE(clear, 20);
  ASSERT_GE(vague, 8);
  EXPECT_GE(routed * 10, clear * 7) << routed << " of " << clear;
  EXPECT_LE(wrong * 10, clear) << wrong << " of " << clear;
  EXPECT_GE(held * 10, vague * 9) << held << " of " << vague;
}

TEST(EmbeddedReaderTest, TopicIsSpelledAsInTheSheetAndRanked) {
  const rules::RuleBook book = SmallBook();
  EmbeddedReader reader(nullptr);
  const Reading reading = Say(reader, book, "where is my PARCEL");
  EXPECT_EQ(reading.topic, "Delivery");
  EXPECT_EQ(reading.reader, "embedded");
  ASSERT_EQ(reading.ranking.size(), 3U);
  EXPECT_EQ(reading.ranking[0], (TopicScore{"Delivery", reading.confidence}));
  EXPECT_GE(reading.ranking[0].confidence, reading.ranking[1].confidence);
  EXPECT_GE(reading.ranking[1].confidence, reading.ranking[2].confidence);
}

TEST(EmbeddedReaderTest, NothingKnownIsUnsure) {
  EmbeddedReader reader(nullptr);
  const rules::RuleBook book = SmallBook();
  for (const char* text : {"", "  \n", "!!!", "\xff\xfe", "日本語"}) {
    const Reading reading = Say(reader, book, text);
    EXPECT_EQ(reading.topic, kUnsure) << text;
    EXPECT_EQ(reading.confidence, 0) << text;
    EXPECT_LT(reading.confidence, reading.sure_at) << text;
  }
  EXPECT_EQ(Say(reader, Book({}), "where is my parcel").topic, kUnsure);
}

TEST(EmbeddedReaderTest, ABookWithOneTopicWorks) {
  EmbeddedReader reader(nullptr);
  const rules::RuleBook book = Book({TopicNamed("Delivery", "Where is the parcel", {"My parcel has not arrived"})});
  EXPECT_EQ(Say(reader, book, "where is my parcel").topic, "Delivery");
}

TEST(EmbeddedReaderTest, EvidenceIsQuotedFromTheText) {
  EmbeddedReader reader(nullptr);
  const rules::RuleBookPtr book = ShopBook();
  const std::string long_word(500, 'x');
  const std::string text =
      "Größe falsch! Your SITE is down, UNACCEPTABLE. My parcel? Die Rückerstattung … " + long_word;
  const Reading reading = Say(reader, *book, text);
  ASSERT_FALSE(reading.evidence.empty());
  for (const std::string& quote : reading.evidence) {
    EXPECT_NE(text.find(quote), std::string::npos) << quote;
    EXPECT_LE(quote.size(), 200U);
    EXPECT_TRUE(IsUtf8(quote));
  }
}

TEST(EmbeddedReaderTest, SpellingMistakesAreForgiven) {
  EmbeddedReader reader(nullptr);
  const rules::RuleBook book = SmallBook();
  EXPECT_EQ(Say(reader, book, "forgott my pasword").topic, "Login");
  EXPECT_EQ(Say(reader, book, "were is my parcell").topic, "Delivery");
}

TEST(EmbeddedReaderTest, ACorrectionTeachesTheNextReadingAndItsUndoTakesItBack) {
  TaughtCorrections corrections;
  EmbeddedReader reader(&corrections);
  const rules::RuleBook book = SmallBook();
  const std::string text = "The voucher from my aunt is not accepted";
  const std::string before = Say(reader, book, text).topic;
  const std::string other = before == "Login" ? "Refund" : "Login";
  corrections.Teach("c1", "My voucher was not accepted", other);
  const Reading taught = Say(reader, book, text);
  EXPECT_EQ(taught.topic, other);
  corrections.Undo("c1");
  EXPECT_EQ(Say(reader, book, text).topic, before);
}

TEST(EmbeddedReaderTest, TheLatestCorrectionOfATicketCounts) {
  TaughtCorrections corrections;
  EmbeddedReader reader(&corrections);
  const rules::RuleBook book = SmallBook();
  for (const char* topic : {"Refund", "login"}) {
    store::Correction row;
    row.id = topic;
    row.ticket = "T1";
    row.to_topic = topic;
    row.redacted_text = "My voucher was not accepted";
    corrections.Add(row);
  }
  EXPECT_EQ(Say(reader, book, "My voucher was not accepted").topic, "Login");
  corrections.Undo("login");
  EXPECT_EQ(Say(reader, book, "My voucher was not accepted").topic, "Refund");
}

TEST(EmbeddedReaderTest, CorrectionsOfUnknownTopicsOrWithoutTextTeachNothing) {
  TaughtCorrections corrections;
  EmbeddedReader reader(&corrections);
  EmbeddedReader untaught(nullptr);
  const rules::RuleBook book = SmallBook();
  corrections.Teach("c1", "where is my parcel", "gift card");
  corrections.Teach("c2", "", "Login");
  corrections.Undo("no such correction");
  EXPECT_EQ(Say(reader, book, "where is my parcel"), Say(untaught, book, "where is my parcel"));
}

TEST(EmbeddedReaderTest, ReadsOnWhileTheStoreIsDown) {
  TaughtCorrections corrections;
  EmbeddedReader reader(&corrections);
  const rules::RuleBook book = SmallBook();
  corrections.down = true;
  EXPECT_EQ(Say(reader, book, "where is my parcel").topic, "Delivery");
  corrections.Teach("c1", "gift wrapping", "Refund");
  EXPECT_NE(Say(reader, book, "gift wrapping").topic, "Refund");
  corrections.down = false;
  EXPECT_EQ(Say(reader, book, "gift wrapping").topic, "Refund");
}

TEST(EmbeddedReaderTest, RestartForgetsErasedExamples) {
  TaughtCorrections corrections;
  EmbeddedReader reader(&corrections);
  const rules::RuleBook book = SmallBook();
  corrections.Teach("c1", "gift wrapping", "Refund");
  ASSERT_EQ(Say(reader, book, "gift wrapping").topic, "Refund");
  corrections.Clear();
  reader.Restart();
  EXPECT_NE(Say(reader, book, "gift wrapping").topic, "Refund");
}

TEST(EmbeddedReaderTest, AChangedBookIsLearnedAtOnce) {
  EmbeddedReader reader(nullptr);
  rules::RuleBook book = SmallBook();
  ASSERT_NE(Say(reader, book, "gift wrapping").topic, "Refund");
  book.topics[0].examples.push_back("gift wrapping");
  EXPECT_EQ(Say(reader, book, "gift wrapping").topic, "Refund");
  book.topics[0].name = "Money back";
  EXPECT_EQ(Say(reader, book, "gift wrapping").topic, "Money back");
}

// Many texts and topics: corrections are learned on top of what was learned before.
TEST(EmbeddedReaderTest, ALargeBookLearnsCorrectionsOnTop) {
  rules::RuleBook book;
  for (int k = 0; k < 40; ++k) {
    const std::string word = "thing" + std::string(1, static_cast<char>('a' + k % 26)) + std::string(k / 26 + 1, 'q');
    book.topics.push_back(TopicNamed("topic " + std::to_string(k), "about the " + word,
                                     {"my " + word + " is late", "a new " + word, word + " again", "no " + word}));
  }
  TaughtCorrections corrections;
  EmbeddedReader reader(&corrections);
  const std::string before = Say(reader, book, "zebra crossing").topic;
  corrections.Teach("c1", "about zebra crossings", "topic 7");
  EXPECT_EQ(Say(reader, book, "zebra crossing").topic, "topic 7");
  corrections.Undo("c1");
  EXPECT_EQ(Say(reader, book, "zebra crossing").topic, before);
  EXPECT_EQ(Say(reader, book, "my thingc is late").topic.empty(), false);
}

TEST(EmbeddedReaderTest, ThreadsReadWhileOthersTeach) {
  TaughtCorrections corrections;
  EmbeddedReader reader(&corrections);
  const rules::RuleBook book = SmallBook();
  std::vector<std::thread> threads;
  std::atomic<int> wrong = 0;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 20; ++i) {
        if (t == 0) corrections.Teach(std::to_string(i), "gift wrapping " + std::to_string(i), "Refund");
        if (Say(reader, book, "where is my parcel").topic != "Delivery") ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(Say(reader, book, "gift wrapping").topic, "Refund");
}

}  // namespace
}  // namespace tr::read
