#include "read/embedded/embedded_reader.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "base/text.h"
#include "read/embedded/cues.h"

namespace tr::read {
namespace {

constexpr std::size_t kBooksKept = 2;
// Training on more texts times topics than this takes so long (a tenth of a second and more) that other threads should
// not wait for it, and that a few corrections more are learned on top.
constexpr std::size_t kQuickTraining = 4000;
// What may be learned on top: as many, or one in so many of the texts, whichever is more.
constexpr std::size_t kOnTop = 20;
constexpr std::size_t kOnTopShare = 10;
constexpr std::size_t kRanking = 5;
constexpr std::size_t kQuoteBytes = 200;
constexpr std::size_t kQuotes = 8;
constexpr std::size_t kTopicQuotes = 3;

constexpr float kNameWeight = 1.0F;
constexpr float kMeaningWeight = 1.0F;
constexpr float kExampleWeight = 1.0F;
constexpr float kLessonWeight = 2.0F;  // a person looked at it

void Mix(std::uint64_t& print, std::uint64_t value) {
  print = (print ^ value) * 0x9E3779B97F4A7C15ULL;
  print ^= print >> 29;
}

void Mix(std::uint64_t& print, std::string_view text) { Mix(print, std::hash<std::string_view>()(text) + text.size()); }

// Differs when what is trained on differs. A book from the shelf never changes under its version, so its examples need
// no look: a sheet may have thousands.
std::uint64_t Fingerprint(const rules::RuleBook& book) {
  std::uint64_t print = static_cast<std::uint64_t>(book.version) + 1;
  for (const rules::Topic& topic : book.topics) {
    Mix(print, topic.name);
    Mix(print, topic.examples.size());
    if (book.version != 0) continue;
    Mix(print, topic.meaning);
    for (const std::string& example : topic.examples) Mix(print, example);
  }
  return print;
}

std::vector<LabelledText> TextsOf(const rules::RuleBook& book) {
  std::vector<LabelledText> texts;
  for (std::size_t k = 0; k < book.topics.size(); ++k) {
    const rules::Topic& topic = book.topics[k];
    const int number = static_cast<int>(k);
    texts.push_back({topic.name, number, kNameWeight, false});
    if (!topic.meaning.empty()) texts.push_back({topic.meaning, number, kMeaningWeight, false});
    for (const std::string& example : topic.examples) texts.push_back({example, number, kExampleWeight, true});
  }
  return texts;
}

// A lesson about a topic that the sheet no longer has teaches nothing.
void AddLessons(const rules::RuleBook& book, const std::vector<Lesson>& lessons, std::vector<LabelledText>& texts) {
  for (const Lesson& lesson : lessons) {
    const rules::Topic* topic = book.FindTopic(lesson.topic);
    if (topic == nullptr) continue;
    texts.push_back({lesson.text, static_cast<int>(topic - book.topics.data()), kLessonWeight, true});
  }
}

bool IsQuick(const TopicModel& model) {
  return model.texts() * static_cast<std::size_t>(model.topics()) <= kQuickTraining;
}

bool BeginsWith(const std::vector<Lesson>& lessons, const std::vector<std::string>& ids) {
  return ids.size() <= lessons.size() && std::equal(ids.begin(), ids.end(), lessons.begin(),
                                                    [](const std::string& id, const Lesson& l) { return id == l.id; });
}

void AddQuote(const Tokens& tokens, const Quote& quote, std::vector<std::string>& evidence) {
  const std::size_t begin = tokens.words[quote.first].begin;
  const std::size_t end = tokens.words[quote.last].end;
  std::string words = CutText(std::string_view(tokens.source).substr(begin, end - begin), kQuoteBytes);
  if (std::find(evidence.begin(), evidence.end(), words) == evidence.end()) evidence.push_back(std::move(words));
}

void SayTopic(const TopicModel& model, const Tokens& tokens, const rules::RuleBook& book, Reading& reading) {
  const std::vector<ScoredTopic> ranking = model.Rank(tokens, kRanking);
  for (const ScoredTopic& scored : ranking) {
    reading.ranking.push_back({book.topics[static_cast<std::size_t>(scored.topic)].name, scored.confidence});
  }
  reading.topic = ranking.empty() ? std::string(kUnsure) : reading.ranking.front().topic;
  reading.confidence = ranking.empty() ? 0 : ranking.front().confidence;
  reading.sure_at = model.sure_at();
  if (ranking.empty()) return;
  for (const std::size_t word : model.Evidence(tokens, ranking.front().topic, kTopicQuotes)) {
    AddQuote(tokens, {word, word}, reading.evidence);
  }
}

}  // namespace

Result<Reading> EmbeddedReader::Read(const Text& text, const rules::RuleBook& book, const Call&) {
  const std::shared_ptr<const TopicModel> model = ModelFor(book);
  const Tokens tokens = Tokenize(text.subject, text.new_text);
  const Cues cues = FindCues(tokens);
  Reading reading;
  reading.reader = "embedded";
  reading.urgency = cues.urgency;
  reading.tone = cues.tone;
  reading.signals = cues.signals;
  for (const Quote& quote : cues.quotes) {
    if (reading.evidence.size() + kTopicQuotes < kQuotes) AddQuote(tokens, quote, reading.evidence);
  }
  SayTopic(*model, tokens, book, reading);
  return reading;
}

std::vector<TopicScore> EmbeddedReader::Rank(const Text& text, const rules::RuleBook& book, std::size_t limit) {
  std::shared_ptr<const TopicModel> model = Find(Fingerprint(book)).model;
  if (model == nullptr) model = ModelFor(book);
  std::vector<TopicScore> ranking;
  for (const ScoredTopic& scored : model->Rank(Tokenize(text.subject, text.new_text), limit)) {
    ranking.push_back({book.topics[static_cast<std::size_t>(scored.topic)].name, scored.confidence});
  }
  return ranking;
}

void EmbeddedReader::Prepare(const rules::RuleBook& book) { ModelFor(book); }

void EmbeddedReader::Restart() {
  const std::lock_guard lock(learning_);
  lessons_.Restart();
}

std::shared_ptr<const TopicModel> EmbeddedReader::ModelFor(const rules::RuleBook& book) {
  const std::uint64_t print = Fingerprint(book);
  Trained trained = Find(print);
  std::unique_lock lock(learning_, std::defer_lock);
  if (trained.model != nullptr && !IsQuick(*trained.model)) {
    if (!lock.try_lock()) return trained.model;
  } else {
    lock.lock();
  }
  lessons_.Pull();
  const Taught now = Keep(lessons_);
  trained = Find(print);
  if (trained.model != nullptr && trained.generation == now.generation) return trained.model;
  trained.book = print;
  trained.generation = now.generation;
  Learn(book, *now.lessons, trained);
  Keep(trained);
  return trained.model;
}

void EmbeddedReader::Learn(const rules::RuleBook& book, const std::vector<Lesson>& lessons, Trained& trained) {
  std::vector<LabelledText> texts = TextsOf(book);
  AddLessons(book, lessons, texts);
  const bool on_top = trained.model != nullptr && !IsQuick(*trained.model) && BeginsWith(lessons, trained.lessons) &&
                      texts.size() >= trained.model->texts() &&
                      texts.size() - trained.settled <= std::max(kOnTop, trained.settled / kOnTopShare);
  if (on_top) {
    trained.model = std::make_shared<TopicModel>(trained.model->Extended(texts));
  } else {
    trained.model = std::make_shared<TopicModel>(texts, static_cast<int>(book.topics.size()));
    trained.settled = texts.size();
  }
  trained.lessons.clear();
  for (const Lesson& lesson : lessons) trained.lessons.push_back(lesson.id);
}

EmbeddedReader::Trained EmbeddedReader::Find(std::uint64_t book_print) {
  const std::lock_guard lock(keeping_);
  for (const Trained& trained : trained_) {
    if (trained.book == book_print) return trained;
  }
  return {};
}

Taught EmbeddedReader::taught() {
  const std::lock_guard lock(keeping_);
  return taught_;
}

Taught EmbeddedReader::Keep(Lessons& lessons) {
  const std::lock_guard lock(keeping_);
  if (taught_.generation != lessons.generation()) {
    taught_ = {lessons.generation(), std::make_shared<const std::vector<Lesson>>(lessons.InForce())};
  }
  return taught_;
}

void EmbeddedReader::Keep(Trained trained) {
  const std::lock_guard lock(keeping_);
  std::erase_if(trained_, [&](const Trained& other) { return other.book == trained.book; });
  trained_.push_back(std::move(trained));
  if (trained_.size() > kBooksKept) trained_.erase(trained_.begin());
}

}  // namespace tr::read
