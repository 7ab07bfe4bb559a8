#pragma once

#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <charconv>
#include <cmath>
#include <string>
#include <string_view>

#include "opstat/benchfmt/run.h"
#include "opstat/benchfmt/samples_object.h"
#include "opstat/benchfmt/utf8.h"

namespace opstat::benchfmt {

using CompactWriter = rapidjson::Writer<rapidjson::StringBuffer>;
using PrettyWriter = rapidjson::PrettyWriter<rapidjson::StringBuffer>;

/// JSON written front to back, always valid UTF-8. `Writer` is one of the two
/// above. (Heavy: for .cc files only.)
template <typename Writer>
class JsonOutput {
 public:
  Writer& writer() { return writer_; }
  std::string_view text() const {
    return {buffer_.GetString(), buffer_.GetSize()};
  }
  /// Begins a new document.
  void Reset() {
    buffer_.Clear();
    writer_.Reset(buffer_);
  }

  void Key(std::string_view key) {
    const std::string valid = ToValidUtf8(key);
    writer_.Key(valid.data(), static_cast<rapidjson::SizeType>(valid.size()));
  }
  void Text(std::string_view text) {
    const std::string valid = ToValidUtf8(text);
    writer_.String(valid.data(),
                   static_cast<rapidjson::SizeType>(valid.size()));
  }
  void TextField(std::string_view key, std::string_view text) {
    Key(key);
    Text(text);
  }
  /// The shortest digits that read back as `value`; null when not finite.
  void Number(double value) {
    if (!std::isfinite(value)) {
      writer_.Null();
      return;
    }
    char digits[32];
    const auto end = std::to_chars(digits, std::end(digits), value).ptr;
    std::string_view text(digits, static_cast<std::size_t>(end - digits));
    // Readers take "-0" for the integer 0 and lose the sign.
    if (text == "-0") text = "-0.0";
    writer_.RawValue(text.data(), text.size(), rapidjson::kNumberType);
  }

  /// The object that ReadOpstat reads (samples_object.h).
  void Opstat(const Run& run) {
    writer_.StartObject();
    TextField("schema", kSamplesSchema);
    TextField("run", run.id);
    if (run.process_samples) TextField("sample_unit", "process");
    TextField("session", run.session);
    TextField("side", run.side);
    // A string, for JSON numbers lose what 2^53 cannot hold.
    TextField("seed", std::to_string(run.seed));
    TextField("label", run.label);
    Key("schedule");
    writer_.StartArray();
    for (const std::vector<int>& round : run.schedule) {
      writer_.StartArray();
      for (const int position : round) writer_.Int(position);
      writer_.EndArray();
    }
    writer_.EndArray();
    Key("facts");
    writer_.StartObject();
    for (const auto& [name, value] : run.facts) TextField(name, value);
    writer_.EndObject();
    Key("warnings");
    writer_.StartArray();
    for (const std::string& warning : run.warnings) Text(warning);
    writer_.EndArray();
    writer_.EndObject();
  }

 private:
  rapidjson::StringBuffer buffer_;
  Writer writer_{buffer_};
};

}  // namespace opstat::benchfmt
