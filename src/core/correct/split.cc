// Split: two to five parts, each a ticket of its own.

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/text.h"
#include "correct/act.h"

namespace tr::correct {
namespace {

constexpr std::size_t kFewestParts = 2;
constexpr std::size_t kMostParts = 5;

// So many bytes are searched for lines that stand inside a part's lines; a split by hand needs a thousandth of it.
constexpr std::size_t kMostSearched = 64 * 1024 * 1024;

// What the parts were given, to be asked for one line at a time.
class Given {
 public:
  explicit Given(const std::vector<Part>& parts) {
    for (const Part& part : parts) {
      for (const std::string_view line : SplitText(part.text, '\n')) lines_.insert(Squeeze(line));
      whole_ += Squeeze(part.text) + "\n";
    }
  }

  // Whether a part repeats the line, alone or inside a longer one. No once a hostile text has used up the effort.
  bool Has(const std::string& squeezed) {
    if (squeezed.empty() || lines_.contains(squeezed)) return true;
    searched_ += whole_.size();
    return searched_ <= kMostSearched && whole_.find(squeezed) != std::string::npos;
  }

 private:
  std::unordered_set<std::string> lines_;
  std::string whole_;
  std::size_t searched_ = 0;
};

// The lines of the customer's words that no part repeats whole, so that nothing is lost. A line of which a part took a
// piece stays with the first part as the whole line: half a sentence helps nobody.
std::string LeftOver(const std::vector<Message>& messages, const std::vector<Part>& parts) {
  Given given(parts);
  std::string left;
  for (const Message& message : messages) {
    if (message.author != Author::kCustomer) continue;
    const std::string& text = message.new_text.empty() ? message.text : message.new_text;
    for (const std::string_view line : SplitText(text, '\n')) {
      if (!given.Has(Squeeze(line))) left += (left.empty() ? "" : "\n") + std::string(line);
    }
  }
  return left;
}

Result<std::vector<Part>> Check(const Scene& scene, const Split& action) {
  if (action.parts.size() < kFewestParts || action.parts.size() > kMostParts) {
    return Invalid("a split has two to five parts");
  }
  std::vector<Part> parts = action.parts;
  for (Part& part : parts) {
    const rules::Topic* topic = scene.book->FindTopic(part.topic);
    if (topic == nullptr) {
      std::string known;
      for (const rules::Topic& one : scene.book->topics) known += (known.empty() ? "" : ", ") + one.name;
      return Invalid("a part has no topic of the sheet; topics: " + known);
    }
    part.topic = topic->name;
    if (Trim(part.text).empty()) return Invalid("a part has no text; give each part the words that it is about");
  }
  const std::string left = LeftOver(scene.messages, parts);
  if (!left.empty()) parts.front().text += "\n" + left;
  return parts;
}

Ticket Child(const Scene& scene, const Part& part, const std::string& id) {
  Ticket child;
  child.id = id;
  child.lane = Lane::kSplit;
  child.customer = scene.ticket.customer;
  child.subject = scene.ticket.subject;
  child.received_at = scene.ticket.received_at;
  child.touched_at = scene.now;
  child.messages = 1;
  child.bumped = scene.ticket.bumped;
  child.fixed_topic = part.topic;
  child.links.push_back({"split_from", scene.ticket.id});
  return child;
}

std::size_t CountShared(const std::set<std::string, std::less<>>& words, const std::string& text) {
  const std::string folded = Fold(text);
  const std::vector<std::string_view> all = Words(folded);
  const std::set<std::string_view> own(all.begin(), all.end());
  return static_cast<std::size_t>(
      std::count_if(own.begin(), own.end(), [&](std::string_view word) { return words.contains(word); }));
}

// The customer's mail whose files go along with the part: of those that have any, the one that shares the most words
// with it; the first mail where none has. A message names one mail, so what it lists must be in that one; the other
// files stay with the whole.
const Message* MailOf(const Scene& scene, const Part& part) {
  const std::string folded = Fold(part.text);
  std::set<std::string, std::less<>> words;
  for (const std::string_view word : Words(folded)) words.emplace(word);
  const Message* mail = nullptr;
  std::size_t most = 0;
  for (const Message& one : scene.messages) {
    if (one.author != Author::kCustomer) continue;
    const std::size_t shared = one.attachments.empty() ? 0 : 1 + CountShared(words, one.text);
    if (mail != nullptr && shared <= most) continue;
    mail = &one;
    most = shared;
  }
  return mail;
}

Message ChildMessage(const Scene& scene, const Part& part, const Message* mail, const std::string& id) {
  Message message;
  message.ticket = id;
  message.from = {scene.ticket.customer.name, scene.ticket.customer.address};
  message.at = scene.ticket.received_at;
  message.text = part.text;
  message.new_text = part.text;
  message.verification = scene.ticket.customer.verification;
  if (mail != nullptr) {
    message.original = mail->original;
    message.attachments = mail->attachments;
  }
  return message;
}

// The reading of the whole, with the human's topic: tone, urgency and signals go along with every part.
Reading ChildReading(const Scene& scene, const Part& part) {
  Reading reading = scene.reading.value_or(Reading{});
  reading.topic = part.topic;
  reading.confidence = 1;
  reading.ranking = {{part.topic, 1}};
  reading.urgency = scene.ticket.tags.urgency;
  reading.tone = scene.ticket.tags.tone;
  reading.signals = scene.ticket.tags.signals;
  reading.reader = "human";
  return reading;
}

}  // namespace

Result<Act> DoSplit(const Scene& scene, const Split& action, const handoff::Settings& settings, IdSource& ids) {
  TR_ASSIGN(const std::vector<Part> parts, Check(scene, action));
  Ticket after = scene.ticket;
  after.state = State::kSplit;
  std::vector<std::string> children;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    children.push_back(ids.NewId(scene.now));
    after.links.push_back({"split_into", children.back()});
  }
  Act act = Mark(scene, std::move(after), settings);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    store::Step& step = act.landing.step;
    store::AddTicket(step, Ticket{}, Child(scene, parts[i], children[i]));
    step.messages.push_back(ChildMessage(scene, parts[i], MailOf(scene, action.parts[i]), children[i]));
    step.readings.push_back({children[i], 1, scene.now, ChildReading(scene, parts[i])});
    // The first part's lesson stands on the correction itself: five parts just fit into one step.
    store::Correction& lesson = i == 0 ? act.correction : act.lessons.emplace_back();
    lesson.to_topic = parts[i].topic;
    lesson.redacted_text = LessonText(parts[i].text);
  }
  act.made = std::move(children);
  return act;
}

}  // namespace tr::correct
