#include "read/examples.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "base/text.h"
#include "read/embedded/tokens.h"

namespace tr::read {
namespace {

constexpr std::size_t kSheetLooked = 1000;
constexpr int kOfATopic = 2;
constexpr std::size_t kShortWord = 3;  // bytes: "the", "is" and their like say little

// The topics by name, and by their folded names for corrections that spell them otherwise.
using TopicsByName = std::map<std::string, const rules::Topic*, std::less<>>;

TopicsByName ByName(const std::vector<const rules::Topic*>& topics) {
  TopicsByName names;
  for (const rules::Topic* topic : topics) {
    names.emplace(topic->name, topic);
    names.emplace(Fold(topic->name), topic);
  }
  return names;
}

const rules::Topic* Find(const TopicsByName& topics, const std::string& name) {
  auto found = topics.find(name);
  if (found == topics.end()) found = topics.find(Fold(name));
  return found == topics.end() ? nullptr : found->second;
}

}  // namespace

Examples::WordSet Examples::WordsOf(std::string_view subject, std::string_view text) {
  const Tokens tokens = Tokenize(subject, text);
  WordSet words;
  for (const Token& token : tokens.words) {
    const std::string_view word = tokens.Folded(token);
    if (word.size() <= kShortWord) continue;
    words.push_back(static_cast<std::uint32_t>(std::hash<std::string_view>()(word)));
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

double Examples::Nearness(const WordSet& a, const WordSet& b) {
  std::size_t both = 0;
  for (auto i = a.begin(), k = b.begin(); i != a.end() && k != b.end();) {
    if (*i == *k) ++both;
    const bool first = *i <= *k;
    const bool second = *k <= *i;
    i += first ? 1 : 0;
    k += second ? 1 : 0;
  }
  return both == 0 ? 0 : static_cast<double>(both) / std::sqrt(static_cast<double>(a.size() * b.size()));
}

const Examples::WordSet& Examples::WordsOf(const Lesson& lesson) {
  const auto [place, is_new] = words_.try_emplace(lesson.id);
  if (is_new) place->second = WordsOf("", lesson.text);
  return place->second;
}

std::vector<Example> Examples::Nearest(const Text& text, const std::vector<const rules::Topic*>& topics,
                                       const Taught& taught, std::size_t limit) {
  const WordSet wanted = WordsOf(text.subject, text.new_text);
  const TopicsByName names = ByName(topics);
  std::vector<Example> found;
  const auto add = [&](const std::string& words, const rules::Topic& topic, bool corrected, double nearness) {
    if (nearness > 0) found.push_back({words, topic.name, corrected, nearness});
  };
  {
    const std::lock_guard lock(mutex_);
    for (const Lesson& lesson : *taught.lessons) {
      const rules::Topic* topic = Find(names, lesson.topic);
      if (topic != nullptr) add(lesson.text, *topic, true, Nearness(wanted, WordsOf(lesson)));
    }
  }
  std::size_t looked = 0;
  for (const rules::Topic* topic : topics) {
    for (const std::string& example : topic->examples) {
      if (++looked <= kSheetLooked) add(example, *topic, false, Nearness(wanted, WordsOf("", example)));
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const Example& a, const Example& b) {
    return a.corrected != b.corrected ? a.corrected : a.nearness > b.nearness;
  });
  std::vector<Example> nearest;
  std::map<std::string, int> of_topic;
  for (Example& one : found) {
    if (nearest.size() == limit) break;
    if (++of_topic[one.topic] <= kOfATopic) nearest.push_back(std::move(one));
  }
  return nearest;
}

}  // namespace tr::read
