// `export`, `import`: everything that an installation knows, as a file, from one store into another.

#include "carry/carry.h"

#include <fcntl.h>
#include <sysexits.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <ostream>

#include "cli/commands.h"
#include "local/data_lock.h"
#include "local/sqlite_store.h"
#include "local/whole_file.h"
#include "wiring/app.h"
#include "wiring/world.h"

namespace tr::cli {
namespace {

struct CarryOptions {
  Common common;
  std::string file;
};

// An installation that nobody else uses: `serve` is kept away while it lives, and what `mail` takes meanwhile an
// exporter does not see. From functions on AWS, who carries keeps their events away.
struct Alone {
  std::unique_ptr<local::DataLock> lock;
  wiring::SystemClock clock;
  wiring::RandomIds ids;
  wiring::JsonLog log{2, LogLevel::kWarning, clock};
  std::unique_ptr<wiring::App> app;

  Result<void> Open(const wiring::Config& config, wiring::Role role) {
    if (!config.aws.names_one()) {
      TR_TRY(local::MakeDataFolder(config.data_dir));
      TR_ASSIGN(lock, local::DataLock::Acquire(config.data_dir));
    }
    TR_ASSIGN(app, wiring::App::Open(config, {clock, ids, log, wiring::Chance}, role));
    return Ok();
  }

  carry::Ports ports() {
    const wiring::Ports& all = app->ports();
    return {all.dump, all.tickets, all.originals, all.people, all.shelf, all.queue, all.usage};
  }
};

std::string FolderOf(const std::string& file) {
  const std::string folder = std::filesystem::path(file).parent_path().string();
  return folder.empty() ? "." : folder;
}

// Writes lines beside the file and gives it its name when all of them are on the disk.
class LineWriter {
 public:
  explicit LineWriter(std::string path)
      : path_(std::move(path)),
        part_(path_ + ".part"),
        file_(open(part_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)) {}
  ~LineWriter() {
    if (!done_ && file_.ok()) unlink(part_.c_str());
  }
  LineWriter(const LineWriter&) = delete;
  LineWriter& operator=(const LineWriter&) = delete;
  bool ok() const { return file_.ok(); }

  Result<void> Put(std::string_view line) {
    buffer_.append(line).append(1, '\n');
    return buffer_.size() < kBuffer ? Ok() : Flush();
  }

  Result<void> Finish() {
    TR_TRY(Flush());
    if (fsync(file_.get()) != 0 || rename(part_.c_str(), path_.c_str()) != 0) return Broken();
    done_ = true;
    return local::SyncFolder(FolderOf(path_));
  }

 private:
  static constexpr std::size_t kBuffer = 1024 * 1024;

  Result<void> Flush() {
    for (std::size_t written = 0; written < buffer_.size();) {
      const ssize_t count = write(file_.get(), buffer_.data() + written, buffer_.size() - written);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return Broken();
      written += static_cast<std::size_t>(count);
    }
    buffer_.clear();
    return Ok();
  }

  static Fault Broken() { return Transient("the file cannot be written: " + std::string(std::strerror(errno))); }

  const std::string path_;
  const std::string part_;
  local::OpenFile file_;
  std::string buffer_;
  bool done_ = false;
};

// Gives the lines of the file, each at most carry::kMaxLine bytes.
class LineReader {
 public:
  explicit LineReader(const std::string& path) : file_(path, std::ios::binary) {}
  bool ok() const { return file_.is_open(); }

  Result<std::optional<std::string>> Next() {
    std::string line;
    char part[65536];
    while (line.size() <= carry::kMaxLine) {
      file_.getline(part, sizeof part);
      line.append(part, std::strlen(part));
      if (file_.bad()) return Transient("the file cannot be read");
      const bool full = file_.fail() && !file_.eof() && file_.gcount() > 0;
      if (!full) break;
      file_.clear();
    }
    if (line.size() > carry::kMaxLine) return Invalid("a line is longer than any export writes");
    if (line.empty() && file_.eof()) return std::optional<std::string>();
    return std::optional<std::string>(std::move(line));
  }

 private:
  std::ifstream file_;
};

Result<carry::Counts> WriteExport(const wiring::Config& config, const std::string& file) {
  if (!config.aws.names_one() && !std::filesystem::exists(config.data_dir + "/" + local::kDatabaseName)) {
    return NotFound("there is nothing to export in " + config.data_dir + ": give the data folder with --data");
  }
  Alone alone;
  TR_TRY(alone.Open(config, wiring::Role::kExporter));
  LineWriter writer(file);
  if (!writer.ok()) return Invalid("cannot write " + file + ".part: " + std::strerror(errno));
  TR_ASSIGN(const carry::Counts counts,
            carry::Export(alone.ports(), [&writer](std::string_view line) { return writer.Put(line); }));
  TR_TRY(writer.Finish());
  return counts;
}

// Reads the file twice: nothing is stored of a file that is cut off or wrong anywhere.
Result<carry::Counts> ReadImport(const wiring::Config& config, const std::string& file) {
  LineReader first(file);
  if (!first.ok()) return NotFound("cannot read " + file);
  TR_ASSIGN(const carry::Counts counts, carry::Check([&first] { return first.Next(); }));
  Alone alone;
  TR_TRY(alone.Open(config, wiring::Role::kImporter));
  LineReader second(file);
  const Result<carry::Counts> imported = carry::Import(alone.ports(), [&second] { return second.Next(); });
  if (!imported && imported.fault().kind == FaultKind::kConflict) return Invalid(imported.fault().text);
  if (!imported) return imported.fault();
  return counts;
}

using Work = Result<carry::Counts> (*)(const wiring::Config& config, const std::string& file);

int With(const CarryOptions& options, const char* done, Work work, Terminal& terminal) {
  const Result<wiring::Config> config = LoadConfig(options.common, terminal.environment);
  if (!config) return Complain(terminal, config.fault());
  const Result<carry::Counts> counts = work(*config, options.file);
  if (!counts) return Complain(terminal, counts.fault());
  if (options.common.json) {
    terminal.out << R"({"tickets":)" << counts->tickets << R"(,"lines":)" << counts->lines << "}\n";
  } else {
    terminal.out << done << " " << counts->tickets << " tickets, " << counts->lines << " lines.\n";
  }
  return EX_OK;
}

}  // namespace

void AddCarry(CLI::App& app, Terminal& terminal, Chosen& chosen) {
  auto options = std::make_shared<CarryOptions>();
  const auto add = [&](const char* name, const char* help, const char* done, Work work) {
    CLI::App* command = app.add_subcommand(name, help);
    AddData(*command, options->common);
    command->add_option("file", options->file, "lines of JSON; holds customers' words")->required();
    command->add_flag("--json", options->common.json, "for programs");
    command->callback(
        [=, &terminal, &chosen] { chosen = [=, &terminal] { return With(*options, done, work, terminal); }; });
  };
  add("export",
      "Write everything that is known here into a file, while serve does not run.\n"
      "Example: ticket-router export everything.jsonl --data data",
      "Exported", WriteExport);
  add("import",
      "Put an export into an empty data folder, while serve does not run.\n"
      "Example: ticket-router import everything.jsonl --data new-data",
      "Imported", ReadImport);
}

}  // namespace tr::cli
