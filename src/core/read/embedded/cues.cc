#include "read/embedded/cues.h"

#include <algorithm>

#include "read/embedded/cue_matcher.h"

namespace tr::read {
namespace {

constexpr double kFrustrated = 0.95;
constexpr double kAngry = 1.9;
// Frustration that is repeated stays frustration; it takes an angry word or shouting to make it anger.
constexpr double kMostFrustration = 1.7;
constexpr double kAngryWord = 1.9;
constexpr double kShouting = 0.7;
constexpr double kExclaiming = 0.3;
constexpr int kShoutedWords = 3;

struct Tally {
  double anger = 0;
  double frustration = 0;
  double kindness = 0;
  bool urgent = false;
  bool trouble = false;
  bool patient = false;
  bool soon = false;
  Signals signals;
};

void AddHeat(double heat, Tally& tally) {
  if (heat >= kAngryWord) {
    tally.anger += heat;
  } else {
    tally.frustration += heat;
  }
}

// The same words may be in several patterns, or in two languages: they count once, as the hottest.
void CountHeat(const std::vector<CueHit>& hits, Tally& tally) {
  double hottest = 0;
  std::size_t last = 0;
  for (const CueHit& hit : hits) {
    if (hit.cue->kind != CueKind::kHeat) continue;
    if (hit.cue->heat < 0) {
      tally.kindness -= hit.cue->heat;
      continue;
    }
    if (hottest > 0 && hit.first > last) {
      AddHeat(hottest, tally);
      hottest = 0;
    }
    hottest = std::max<double>(hottest, hit.cue->heat);
    last = std::max(last, hit.last);
  }
  AddHeat(hottest, tally);
}

// Everything but heat.
void Count(const Cue& cue, Tally& tally) {
  switch (cue.kind) {
    case CueKind::kUrgent: tally.urgent = true; break;
    case CueKind::kTrouble: tally.trouble = true; break;
    case CueKind::kPatient: tally.patient = true; break;
    case CueKind::kHeat: break;
    case CueKind::kOutage: tally.signals.Add(Signal::kOutage); break;
    case CueKind::kPaymentFailure: tally.signals.Add(Signal::kPaymentFailure); break;
    case CueKind::kDeadline: tally.signals.Add(Signal::kDeadline); break;
    case CueKind::kDeadlineSoon:
      tally.signals.Add(Signal::kDeadline);
      tally.soon = true;
      break;
  }
}

double Loudness(const Tokens& tokens) {
  const auto shouted =
      std::count_if(tokens.words.begin(), tokens.words.end(), [](const Token& t) { return t.shouted; });
  const bool shouts = shouted >= kShoutedWords && static_cast<std::size_t>(shouted) * 4 >= tokens.words.size();
  const double exclaims = tokens.exclamation_runs > 0 || tokens.exclamations > 2 ? 2 * kExclaiming
                          : tokens.exclamations > 0                              ? kExclaiming / 2
                                                                                 : 0;
  return (shouts ? kShouting : 0) + exclaims;
}

double HeatOf(const Tally& tally, const Tokens& tokens) {
  const double words = tally.anger + std::min(tally.frustration, kMostFrustration);
  const double loud = Loudness(tokens);
  // Somebody may be loud for joy: loudness alone says little, and nothing against kind words.
  if (words <= 0) return std::max(0.0, std::min(loud, 0.9) - tally.kindness);
  return std::max(0.1, words + loud - std::min(tally.kindness, 0.4));
}

Tone ToneOf(double heat) {
  if (heat >= kAngry) return Tone::kAngry;
  return heat >= kFrustrated ? Tone::kFrustrated : Tone::kCalm;
}

Urgency UrgencyOf(const Tally& tally) {
  if (tally.signals.Has(Signal::kOutage)) return Urgency::kHigh;
  if (tally.patient) return Urgency::kLow;
  if (tally.urgent || tally.soon) return Urgency::kHigh;
  return tally.trouble || !tally.signals.empty() ? Urgency::kMedium : Urgency::kLow;
}

// A friendly word is no evidence of anything.
bool Speaks(const Cue& cue) { return cue.kind != CueKind::kHeat || cue.heat > 0; }

}  // namespace

Cues FindCues(const Tokens& tokens) {
  Tally tally;
  Cues cues;
  const std::vector<CueHit> hits = CueMatcher::Get().Find(tokens);
  CountHeat(hits, tally);
  for (const CueHit& hit : hits) {
    Count(*hit.cue, tally);
    if (!Speaks(*hit.cue)) continue;
    if (!cues.quotes.empty() && hit.first <= cues.quotes.back().last) {
      cues.quotes.back().last = std::max(cues.quotes.back().last, hit.last);
    } else {
      cues.quotes.push_back({hit.first, hit.last});
    }
  }
  cues.heat = HeatOf(tally, tokens);
  cues.tone = ToneOf(cues.heat);
  cues.urgency = UrgencyOf(tally);
  cues.signals = tally.signals;
  return cues;
}

}  // namespace tr::read
