#include "opstat/cli/render.h"

#include "opstat/cli/render_csv.h"
#include "opstat/cli/render_json.h"
#include "opstat/cli/render_markdown.h"
#include "opstat/cli/render_text.h"

namespace opstat::cli {

std::string Render(const compare::Comparison& comparison,
                   std::string_view format, const RenderOptions& options) {
  if (format == "json")
    return ComparisonJson(comparison, options.samples) + "\n";
  if (format == "csv") return RenderCsv(comparison, options.all_units);
  if (format == "markdown")
    return RenderMarkdown(comparison, options.all_units);
  return RenderText(comparison,
                    {.color = options.color, .all_units = options.all_units});
}

}  // namespace opstat::cli
