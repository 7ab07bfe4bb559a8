#include "tests/store/server.h"

#include <pwd.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <stdexcept>
#include <thread>
#include <vector>

#include "opstat/store/postgres.h"

namespace opstat::store {
namespace {

namespace fs = std::filesystem;

// Debian keeps the programs of each version apart.
std::string BinFolder() {
  std::vector<fs::path> found;
  if (fs::exists("/usr/lib/postgresql"))
    for (const auto& version : fs::directory_iterator("/usr/lib/postgresql"))
      if (fs::exists(version.path() / "bin/initdb"))
        found.push_back(version.path() / "bin");
  if (found.empty())
    throw std::runtime_error("no PostgreSQL server here: ci/setup test");
  return std::ranges::max(found).string();
}

// PostgreSQL refuses to run as root.
bool BecomePostgres() {
  if (geteuid() != 0) return true;
  const passwd* const user = getpwnam("postgres");
  return user != nullptr && setgid(user->pw_gid) == 0 &&
         setuid(user->pw_uid) == 0;
}

int Start(const std::vector<std::string>& words, const std::string& folder) {
  return Fork([&] {
    // The last: a change of user clears it.
    if (!BecomePostgres() || chdir(folder.c_str()) != 0) return 98;
    prctl(PR_SET_PDEATHSIG, SIGQUIT);
    if (freopen("log", "a", stdout) == nullptr) return 97;
    dup2(fileno(stdout), fileno(stderr));
    std::vector<char*> argv;
    for (const std::string& word : words)
      argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    execv(argv[0], argv.data());
    return 96;
  });
}

void GiveToPostgres(const std::string& folder) {
  if (geteuid() != 0) return;
  const passwd* const user = getpwnam("postgres");
  if (user == nullptr || chown(folder.c_str(), user->pw_uid, user->pw_gid) != 0)
    throw std::runtime_error("no user postgres: ci/setup test");
}

bool Answers(const std::string& url) {
  try {
    const PostgresDatabase database(url);
    return true;
  } catch (const Error&) {
    return false;
  }
}

}  // namespace

Server::Server() {
  const std::string folder = folder_ / "";
  GiveToPostgres(folder);
  const std::string bin = BinFolder();
  if (Wait(Start({bin + "/initdb", "-D", "data", "-U", "opstat", "-A", "trust",
                  "-E", "UTF8", "--locale=C", "--no-sync"},
                 folder)) != 0)
    throw std::runtime_error("initdb: " + Bytes(folder_ / "log"));
  pid_ = Start({bin + "/postgres", "-D", "data", "-k", folder, "-c",
                "listen_addresses=", "-c", "fsync=off"},
               folder);
  for (int i = 0; i < 200 && !Answers(Url()); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  if (!Answers(Url()))
    throw std::runtime_error("postgres: " + Bytes(folder_ / "log"));
}

Server::~Server() {
  kill(pid_, SIGQUIT);
  Wait(pid_);
}

const Server& Server::Shared() {
  static const Server server;
  return server;
}

std::string Server::Url(const std::string& user,
                        const std::string& parameters) const {
  return "postgresql://" + user + "@/postgres?host=" + (folder_ / "") +
         parameters;
}

std::string Server::NewUrl() const {
  static int number = 0;
  const std::string schema = "test" + std::to_string(++number);
  PostgresDatabase(Url()).Execute("CREATE SCHEMA " + schema);
  return Url("opstat", "&options=-csearch_path%3D" + schema);
}

}  // namespace opstat::store
