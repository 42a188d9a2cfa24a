#include "cli/demo_stage.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "cli/demo_assets.h"

namespace tr::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kRulesHere = "ticket-router-demo/rules";

Result<std::string> MakeDataFolder() {
  std::error_code trouble;
  const fs::path parent = fs::temp_directory_path(trouble);
  std::string path = (parent / "ticket-router-demo-XXXXXX").string();
  if (trouble || mkdtemp(path.data()) == nullptr) {
    return Permanent("no temporary folder can be made; set TMPDIR to a folder that may be written");
  }
  return path;
}

bool WriteRules(const fs::path& dir) {
  std::error_code trouble;
  fs::create_directories(dir, trouble);
  for (const DemoFile& file : DemoRules()) {
    std::ofstream out(dir / file.name, std::ios::binary | std::ios::trunc);
    out << file.bytes;
    out.close();
    if (!out) return false;
  }
  return true;
}

}  // namespace

Result<std::unique_ptr<Stage>> Stage::Set(const std::string& rules_dir) {
  TR_ASSIGN(std::string data_dir, MakeDataFolder());
  std::unique_ptr<Stage> stage(new Stage(std::move(data_dir)));
  stage->rules_dir_ = rules_dir.empty() ? kRulesHere : rules_dir;
  std::error_code ignored;
  if (!rules_dir.empty() || fs::exists(fs::path(kRulesHere) / "rules.md", ignored)) return stage;
  if (WriteRules(kRulesHere)) return stage;
  stage->rules_dir_ = stage->data_dir_ + "/rules";
  if (!WriteRules(stage->rules_dir_)) return Permanent("the sample rules cannot be written into " + stage->rules_dir_);
  return stage;
}

Stage::~Stage() {
  std::error_code ignored;
  fs::remove_all(data_dir_, ignored);
}

}  // namespace tr::cli
