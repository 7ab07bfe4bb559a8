#include "opstat/compare/axis.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace opstat::compare {

Axis::Axis(Projection fields, std::pmr::memory_resource* memory)
    : fields_(std::move(fields)), keys_(memory), positions_(memory) {
  values_.reserve(fields_.size());
  // A copy would take its memory elsewhere.
  for (std::size_t f = 0; f < fields_.size(); ++f) values_.emplace_back(memory);
}

std::size_t Axis::IdOf(const std::string& value, FieldValues& values) {
  auto& [seen, id_of] = values;
  const auto found = id_of.find(std::string_view(value));
  if (found != id_of.end()) return found->second;
  id_of.emplace(value, seen.size());
  seen.push_back(value);
  return seen.size() - 1;
}

std::size_t Axis::Add(const std::vector<std::string>& key) {
  Ids ids(fields_.size());
  for (std::size_t f = 0; f < fields_.size(); ++f) {
    ids[f] = IdOf(key[f], values_[f]);
  }
  const auto [position, is_new] = positions_.try_emplace(ids, keys_.size());
  if (is_new) keys_.push_back(ids);
  return position->second;
}

std::vector<std::string> Axis::KeyAt(std::size_t position) const {
  std::vector<std::string> key;
  for (std::size_t f = 0; f < fields_.size(); ++f) {
    key.push_back(values_[f].seen[keys_[position][f]]);
  }
  return key;
}

std::vector<std::size_t> Axis::Places() const {
  std::vector<std::vector<std::size_t>> places;  // of each field's values
  for (std::size_t f = 0; f < fields_.size(); ++f) {
    places.push_back(compare::Places(fields_[f], values_[f].seen));
  }
  std::vector<Ids> ranks(keys_.begin(), keys_.end());
  for (auto& rank : ranks) {
    for (std::size_t f = 0; f < rank.size(); ++f) {
      rank[f] = places[f][rank[f]];
    }
  }
  std::vector<std::size_t> order(keys_.size());
  std::iota(order.begin(), order.end(), 0);
  // In the order of appearance they are sorted as they come.
  if (!std::ranges::is_sorted(ranks)) {
    std::ranges::sort(
        order, {}, [&](std::size_t i) -> const auto& { return ranks[i]; });
  }
  std::vector<std::size_t> result(keys_.size());
  for (std::size_t i = 0; i < order.size(); ++i) result[order[i]] = i;
  return result;
}

}  // namespace opstat::compare
