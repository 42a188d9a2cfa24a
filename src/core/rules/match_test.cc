#include "rules/match.h"

#include <gtest/gtest.h>

#include <chrono>

#include "base/text.h"

namespace tr::rules {
namespace {

// As the parser makes it: "urgent*", "third time".
Phrase MakePhrase(std::string text) {
  Phrase phrase;
  const std::string folded = Fold(text);
  for (const std::string_view word : Words(folded)) phrase.words.emplace_back(word);
  phrase.open_end = text.ends_with('*');
  phrase.text = std::move(text);
  return phrase;
}

struct SaysCase {
  std::string name;
  std::string subject;
  std::string text;
  std::string phrase;
  bool says;
  bool subject_says;
};

class Says : public testing::TestWithParam<SaysCase> {};

TEST_P(Says, AsTheTableSays) {
  const SaysCase& row = GetParam();
  const SearchText text(row.subject, row.text);
  const Phrase phrase = MakePhrase(row.phrase);
  EXPECT_EQ(text.Says(phrase), row.says);
  EXPECT_EQ(text.SubjectSays(phrase), row.subject_says);
}

INSTANTIATE_TEST_SUITE_P(
    Phrases, Says,
    testing::Values(SaysCase{"whole_word", "", "The mug is broken.", "broken", true, false},
                    SaysCase{"not_inside_a_word", "", "The unbroken one, brokenly", "broken", false, false},
                    SaysCase{"whatever_the_case", "", "BROKEN again", "Broken", true, false},
                    SaysCase{"in_the_subject", "Broken mug", "It came so", "broken", true, true},
                    SaysCase{"several_in_a_row", "", "for the third  time\nnow", "third time", true, false},
                    SaysCase{"several_not_in_a_row", "", "the third bad time", "third time", false, false},
                    SaysCase{"several_need_the_rest", "", "this is the third", "third time", false, false},
                    SaysCase{"several_at_the_second_try", "", "third third time", "third time", true, false},
                    SaysCase{"not_across_subject_and_text", "the third", "time I ask", "third time", false, false},
                    SaysCase{"punctuation_between", "", "third, time", "third time", true, false},
                    SaysCase{"star_any_ending", "", "I need it urgently", "urgent*", true, false},
                    SaysCase{"star_no_ending", "", "urgent", "urgent*", true, false},
                    SaysCase{"star_not_another_beginning", "", "insurgents", "urgent*", false, false},
                    SaysCase{"star_after_several", "", "a third timer", "third tim*", true, false},
                    SaysCase{"star_only_at_the_end", "", "thirdly time", "third tim*", false, false},
                    SaysCase{"star_after_one_letter", "", "some xylophone", "x*", true, false},
                    SaysCase{"one_letter", "", "plan b it is", "b", true, false},
                    SaysCase{"one_letter_is_no_beginning", "", "plan bee it is", "b", false, false},
                    SaysCase{"number", "", "Error: 502!", "error 502", true, false},
                    SaysCase{"umlaut", "", "Das FUNKTIONIERT NICHT, STRASSE ÜBER", "über", true, false},
                    SaysCase{"full_folding", "", "in der Hauptstraße", "hauptstrasse", true, false},
                    SaysCase{"compatibility_forms", "", "\uFF35\uFF32\uFF27\uFF25\uFF2E\uFF34", "urgent", true, false},
                    SaysCase{"curly_apostrophe", "", "it doesn\u2019t work", "doesn't work", true, false},
                    SaysCase{"not_utf8", "", "\xFF\xFE broken \xC3", "broken", true, false},
                    SaysCase{"empty_text", "", "", "broken", false, false},
                    SaysCase{"empty_phrase", "a", "b", "", false, false}),
    [](const auto& row) { return row.param.name; });

TEST(SearchText, CountsTheWordsOfTheNewTextAlone) {
  EXPECT_EQ(SearchText("a subject of five words", "hello?").body_words(), 1);
  EXPECT_EQ(SearchText("", "").body_words(), 0);
  EXPECT_EQ(SearchText("", " -- !? \n").body_words(), 0);
  EXPECT_EQ(SearchText("", "it's me, Łukasz").body_words(), 3);
  EXPECT_EQ(SearchText("", "返金はいつですか").body_words(), 8) << "no spaces between words";
}

// A hostile text must not cost more than its first 256 KiB times the book's phrases.
TEST(SearchText, SearchesABoundedBeginning) {
  std::string text(std::size_t{300} << 10, 'a');
  for (std::size_t i = 1; i < text.size(); i += 2) text[i] = ' ';
  EXPECT_EQ(SearchText("", text).body_words(), 128 << 10);
  EXPECT_FALSE(SearchText("", text + " broken").Says(MakePhrase("broken")));
  EXPECT_TRUE(SearchText("", "broken " + text).Says(MakePhrase("broken")));
}

struct FitsCase {
  std::string sender;
  std::string address;
  bool fits;
};

class SenderFits : public testing::TestWithParam<FitsCase> {};

TEST_P(SenderFits, AsTheTableSays) {
  const FitsCase& row = GetParam();
  EXPECT_EQ(Fits({row.sender, row.sender.starts_with('@')}, row.address), row.fits);
}

INSTANTIATE_TEST_SUITE_P(Senders, SenderFits,
                         testing::Values(FitsCase{"@globex.example", "joe@globex.example", true},
                                         FitsCase{"@globex.example", "joe@eu.globex.example", true},
                                         FitsCase{"@globex.example", "joe@notglobex.example", false},
                                         FitsCase{"@globex.example", "joe@globex.example.evil.example", false},
                                         FitsCase{"@globex.example", "joe@globex", false},
                                         FitsCase{"@globex.example", "globex.example@evil.example", false},
                                         FitsCase{"@globex.example", "\"@globex.example\"@evil.example", false},
                                         FitsCase{"@globex.example", "globex.example", false},
                                         FitsCase{"@globex.example", "", false},
                                         FitsCase{"@", "joe@globex.example", false}, FitsCase{"", "", false},
                                         FitsCase{"anna@initech.example", "anna@initech.example", true},
                                         FitsCase{"anna@initech.example", "joanna@initech.example", false},
                                         FitsCase{"anna@initech.example", "anna@eu.initech.example", false}));

Vip MakeVip(std::string sender) {
  Vip vip;
  vip.sender = {sender, sender.starts_with('@')};
  vip.bullet.text = std::move(sender);
  return vip;
}

TEST(FindVip, TakesTheNarrowestEntry) {
  RuleBook book;
  for (const char* sender : {"@example", "@b.example", "@a.b.example", "x@a.b.example"})
    book.vips.push_back(MakeVip(sender));
  const auto found = [&](std::string_view address) {
    const Vip* vip = FindVip(book, address, false);
    return vip == nullptr ? "none" : vip->bullet.text;
  };
  EXPECT_EQ(found("x@a.b.example"), "x@a.b.example");
  EXPECT_EQ(found("y@a.b.example"), "@a.b.example");
  EXPECT_EQ(found("y@b.example"), "@b.example");
  EXPECT_EQ(found("y@c.example"), "@example");
  EXPECT_EQ(found("y@c.test"), "none");
  EXPECT_EQ(FindVip(book, "x@a.b.example", true), nullptr) << "a forged sender is no VIP";
}

Condition MakeCondition(ConditionKind kind) {
  Condition condition;
  condition.kind = kind;
  return condition;
}

TEST(Fit, EachKindAndItsNegation) {
  const SearchText text("Parcel late", "My lawyer writes");
  Facts facts;
  facts.lane = Lane::kChat;
  facts.from = "joe@globex.example";
  facts.text = &text;
  facts.topic = "delivery";
  facts.urgency = Urgency::kMedium;
  facts.tone = Tone::kFrustrated;
  facts.signals = {Signal::kDeadline};
  facts.vip = true;

  std::vector<std::pair<Condition, bool>> table;
  const auto add = [&](ConditionKind kind, bool fits, auto set) {
    Condition condition = MakeCondition(kind);
    set(condition);
    table.emplace_back(condition, fits);
  };
  add(ConditionKind::kTone, true, [](Condition& c) { c.tone = Tone::kFrustrated; });
  add(ConditionKind::kTone, false, [](Condition& c) { c.tone = Tone::kAngry; });
  add(ConditionKind::kUrgency, true, [](Condition& c) { c.urgency = Urgency::kMedium; });
  add(ConditionKind::kUrgency, false, [](Condition& c) { c.urgency = Urgency::kLow; });
  add(ConditionKind::kVip, true, [](Condition&) {});
  add(ConditionKind::kSignal, true, [](Condition& c) { c.signal = Signal::kDeadline; });
  add(ConditionKind::kSignal, false, [](Condition& c) { c.signal = Signal::kOutage; });
  add(ConditionKind::kTopicIs, true, [](Condition& c) { c.topics = {"refund", "delivery"}; });
  add(ConditionKind::kTopicIs, false, [](Condition& c) { c.topics = {"refund"}; });
  add(ConditionKind::kLaneIs, true, [](Condition& c) { c.lanes = {Lane::kForm, Lane::kChat}; });
  add(ConditionKind::kLaneIs, false, [](Condition& c) { c.lanes = {Lane::kMail}; });
  add(ConditionKind::kFrom, true, [](Condition& c) { c.senders = {{"@globex.example", true}}; });
  add(ConditionKind::kFrom, false, [](Condition& c) { c.senders = {{"jo@globex.example", false}}; });
  add(ConditionKind::kSays, true, [](Condition& c) { c.phrases = {MakePhrase("nothing"), MakePhrase("late")}; });
  add(ConditionKind::kSays, false, [](Condition& c) { c.phrases = {MakePhrase("law")}; });
  add(ConditionKind::kSubjectSays, true, [](Condition& c) { c.phrases = {MakePhrase("late")}; });
  add(ConditionKind::kSubjectSays, false, [](Condition& c) { c.phrases = {MakePhrase("lawyer")}; });
  for (std::size_t i = 0; i < table.size(); ++i) {
    auto [condition, fits] = table[i];
    EXPECT_EQ(Fit({condition}, facts, nullptr), fits) << "row " << i;
    condition.negated = true;
    EXPECT_EQ(Fit({condition}, facts, nullptr), !fits) << "not, row " << i;
  }
}

TEST(Fit, NamesTheFirstPositiveHit) {
  const SearchText text("", "my lawyer asks for the third time");
  Facts facts;
  facts.from = "joe@globex.example";
  facts.text = &text;
  Condition not_from = MakeCondition(ConditionKind::kFrom);
  not_from.negated = true;
  not_from.senders = {{"@other.example", true}};
  Condition calm = MakeCondition(ConditionKind::kTone);
  Condition says = MakeCondition(ConditionKind::kSays);
  says.phrases = {MakePhrase("solicitor"), MakePhrase("Lawyer*"), MakePhrase("third time")};
  Condition from = MakeCondition(ConditionKind::kFrom);
  from.senders = {{"@globex.example", true}};

  std::string hit = "old";
  EXPECT_TRUE(Fit({not_from, calm, says, from}, facts, &hit));
  EXPECT_EQ(hit, "Lawyer*");
  EXPECT_TRUE(Fit({calm}, facts, &hit));
  EXPECT_EQ(hit, "");
}

TEST(Fit, UnsureTopicAndForgedSenderFitNothing) {
  Facts facts;
  facts.from = "joe@globex.example";
  facts.sender_failed = true;
  Condition topic = MakeCondition(ConditionKind::kTopicIs);
  topic.topics = {"", "delivery"};
  Condition from = MakeCondition(ConditionKind::kFrom);
  from.senders = {{"joe@globex.example", false}};
  EXPECT_FALSE(Fit({topic}, facts, nullptr));
  EXPECT_FALSE(Fit({from}, facts, nullptr));
}

TEST(FindNotTicket, FirstThatFitsAndNeverAVip) {
  RuleBook book;
  NotTicket news;
  news.conditions = {MakeCondition(ConditionKind::kFrom)};
  news.conditions[0].senders = {{"@news.example", true}};
  NotTicket links;
  links.conditions = {MakeCondition(ConditionKind::kSubjectSays)};
  links.conditions[0].phrases = {MakePhrase("backlinks")};
  book.not_tickets = {news, links};
  book.vips = {MakeVip("@vip.example")};

  const SearchText text("Cheap backlinks", "for you");
  Facts facts;
  facts.text = &text;
  facts.from = "a@news.example";
  EXPECT_EQ(FindNotTicket(book, facts), &book.not_tickets[0]);
  facts.from = "a@seo.example";
  EXPECT_EQ(FindNotTicket(book, facts), &book.not_tickets[1]);
  facts.from = "a@vip.example";
  EXPECT_EQ(FindNotTicket(book, facts), nullptr);
  facts.sender_failed = true;
  EXPECT_EQ(FindNotTicket(book, facts), &book.not_tickets[1]) << "who only claims to be a VIP";
}

}  // namespace
}  // namespace tr::rules
