#include "read/embedded/encoder.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace tr::read {
namespace {

// Lengths of a whole vector's parts: words, pieces, concepts. Their squares add up to 1.
constexpr std::array<float, kFeatureKinds> kPart = {0.612F, 0.612F, 0.5F};

float Dampened(float amount) { return amount <= 1 ? amount : 1 + std::log(amount); }

std::size_t KindIndex(FeatureKind kind) { return static_cast<std::size_t>(kind); }

}  // namespace

Encoder::Encoder(const std::vector<std::vector<Feature>>& texts, int least_texts) { Learn(texts, least_texts); }

void Encoder::Learn(const std::vector<std::vector<Feature>>& texts, int least_texts) {
  std::size_t total = 0;
  for (const auto& text : texts) total += text.size();
  std::vector<std::uint32_t> keys;
  keys.reserve(total);
  for (const auto& text : texts) {
    for (const Feature& feature : text) keys.push_back(feature.key);
  }
  std::sort(keys.begin(), keys.end());
  const double documents = static_cast<double>(texts.size());
  const auto rarity = [&](double has) { return static_cast<float>(std::log((1 + documents) / (1 + has)) + 1); };
  unseen_ = rarity(1);
  std::vector<std::uint32_t> kept;
  for (std::size_t begin = 0, end = 0; begin < keys.size(); begin = end) {
    while (end < keys.size() && keys[end] == keys[begin]) ++end;
    if (end - begin < static_cast<std::size_t>(least_texts)) continue;
    kept.push_back(keys[begin]);
    rarity_.push_back(rarity(static_cast<double>(end - begin)));
  }
  slots_.assign(std::bit_ceil(kept.size() * 2 + 1), Slot{});
  for (std::size_t row = 0; row < kept.size(); ++row) Place(kept[row], static_cast<std::uint32_t>(row));
}

void Encoder::Extend(const std::vector<std::vector<Feature>>& texts) {
  std::vector<std::uint32_t> added;
  for (const auto& text : texts) {
    for (const Feature& feature : text) {
      if (Find(feature.key) < 0) added.push_back(feature.key);
    }
  }
  std::sort(added.begin(), added.end());
  added.erase(std::unique(added.begin(), added.end()), added.end());
  const std::vector<Slot> before = std::move(slots_);
  slots_.assign(std::bit_ceil((rarity_.size() + added.size()) * 2 + 1), Slot{});
  for (const Slot& slot : before) {
    if (slot.key != 0) Place(slot.key, slot.row);
  }
  for (const std::uint32_t key : added) {
    Place(key, static_cast<std::uint32_t>(rarity_.size()));
    rarity_.push_back(unseen_);
  }
}

void Encoder::Place(std::uint32_t key, std::uint32_t row) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t i = key & mask;
  while (slots_[i].key != 0) i = (i + 1) & mask;
  slots_[i] = {key, row};
}

std::int64_t Encoder::Find(std::uint32_t key) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = key & mask; slots_[i].key != 0; i = (i + 1) & mask) {
    if (slots_[i].key == key) return slots_[i].row;
  }
  return -1;
}

Vector Encoder::Encode(const std::vector<Feature>& features) const {
  Vector vector;
  vector.reserve(features.size());
  std::array<float, kFeatureKinds> squares{};
  std::array<float, kFeatureKinds> scale{};
  std::vector<FeatureKind> kinds;
  kinds.reserve(features.size());
  for (const Feature& feature : features) {
    const std::int64_t row = Find(feature.key);
    const float rarity = row < 0 ? unseen_ : rarity_[static_cast<std::size_t>(row)];
    const float value = Dampened(feature.amount) * rarity;
    squares[KindIndex(feature.kind)] += value * value;
    if (row < 0) continue;
    vector.push_back({static_cast<std::uint32_t>(row), value});
    kinds.push_back(feature.kind);
  }
  for (std::size_t k = 0; k < scale.size(); ++k) scale[k] = squares[k] > 0 ? kPart[k] / std::sqrt(squares[k]) : 0;
  for (std::size_t i = 0; i < vector.size(); ++i) vector[i].value *= scale[KindIndex(kinds[i])];
  return vector;
}

}  // namespace tr::read
