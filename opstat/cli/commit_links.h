#pragma once

#include <string>
#include <string_view>

namespace opstat::cli {

/// What a commit's hash follows to make the address of its page, from a git
/// remote's address: https, ssh:// or git@host:path of a host that is called
/// after GitHub or GitLab. "" for all else. User names and passwords in the
/// address are left out.
std::string CommitUrl(std::string_view remote);

}  // namespace opstat::cli
