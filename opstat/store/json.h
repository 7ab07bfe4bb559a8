#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace opstat::store {

/// The columns of a run that SQL reads with ->>: an object of strings, an array
/// of strings, an array of arrays of numbers. Any bytes in, the same bytes out;
/// the readers give nullopt for text of another form.
using Facts = std::map<std::string, std::string>;
using Texts = std::vector<std::string>;
using Schedule = std::vector<std::vector<int>>;

std::string ToJson(const Facts& facts);
std::string ToJson(const Texts& texts);
std::string ToJson(const Schedule& schedule);

std::optional<Facts> FactsFromJson(const std::string& json);
std::optional<Texts> TextsFromJson(const std::string& json);
std::optional<Schedule> ScheduleFromJson(const std::string& json);

}  // namespace opstat::store
