#include "cli/demo_samples.h"

#include "base/text.h"
#include "intake/chat_lane.h"
#include "intake/form_lane.h"

namespace tr::cli {
namespace {

constexpr std::string_view kMark = "%% ";
constexpr std::string_view kTeaches = "teaches ";

Result<Sample> ReadHead(std::string_view line) {
  const std::vector<std::string_view> parts = SplitText(line.substr(kMark.size()), '|');
  const std::optional<Lane> lane = parts.size() < 3 ? std::nullopt : ParseLane(Trim(parts[1]));
  if (!lane || parts.size() > 4) return Invalid("no \"%% NAME | LANE | OUTCOME\": " + std::string(line));
  Sample sample;
  sample.name = Trim(parts[0]);
  sample.lane = *lane;
  sample.expected = Trim(parts[2]);
  const std::string_view role = parts.size() == 4 ? Trim(parts[3]) : std::string_view{};
  sample.learned = role == "learned";
  if (role.starts_with(kTeaches)) sample.teaches = role.substr(kTeaches.size());
  if (!role.empty() && !sample.learned && sample.teaches.empty()) {
    return Invalid("neither \"learned\" nor \"teaches TOPIC\": " + std::string(line));
  }
  return sample;
}

Result<intake::Arrival> FormArrival(const Sample& sample) {
  intake::FormFields fields;
  fields.submission = "demo:" + sample.name;
  const std::size_t end = sample.text.find("\n\n");
  for (const std::string_view line : SplitText(std::string_view(sample.text).substr(0, end), '\n')) {
    const std::size_t colon = line.find(": ");
    if (colon == std::string_view::npos) continue;
    const std::string_view field = line.substr(0, colon);
    const std::string value(line.substr(colon + 2));
    if (field == "email") fields.email = value;
    if (field == "name") fields.name = value;
    if (field == "subject") fields.subject = value;
    if (field == "website") fields.website = value;
  }
  if (end != std::string::npos) fields.message = sample.text.substr(end + 2);
  return intake::ReadForm(fields);
}

Result<intake::Arrival> ChatArrival(const Sample& sample) {
  TR_ASSIGN(std::optional<intake::Arrival> arrival, intake::ReadGenericChat("demo", sample.text));
  if (!arrival) return Invalid("this chat is not over yet");
  return *std::move(arrival);
}

}  // namespace

Result<std::vector<Sample>> ParseSamples(std::string_view text) {
  std::vector<Sample> samples;
  for (const std::string_view line : SplitText(text, '\n')) {
    if (line.starts_with(kMark)) {
      TR_ASSIGN(Sample sample, ReadHead(line));
      samples.push_back(std::move(sample));
    } else if (!samples.empty()) {
      samples.back().text.append(line).append("\n");
    }
  }
  for (Sample& sample : samples) sample.text = std::string(Trim(sample.text)) + "\n";
  return samples;
}

Result<intake::Arrival> ArrivalOf(const Sample& sample, const intake::MailSettings& settings,
                                  const rules::RuleBook* book) {
  switch (sample.lane) {
    case Lane::kMail: return intake::ReadMail(sample.text, settings, book);
    case Lane::kForm: return FormArrival(sample);
    case Lane::kChat: return ChatArrival(sample);
    case Lane::kSplit: break;
  }
  return Invalid("nothing comes in by the lane split");
}

}  // namespace tr::cli
