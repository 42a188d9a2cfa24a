// fuzz_replay TARGET FILE-OR-FOLDER…: feeds every file to the target, as libFuzzer would. Each file's name is printed
// before it is fed: the last one printed is the one that crashed. Exit 1 when there was nothing to feed.

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "fuzz_target.h"

namespace {

namespace fs = std::filesystem;

void AddFiles(const fs::path& path, std::vector<fs::path>& files) {
  if (!fs::is_directory(path)) {
    files.push_back(path);
    return;
  }
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(path)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
}

}  // namespace

int main(int argc, char** argv) {
  const auto target = tr::fuzz::Targets().find(argc > 1 ? argv[1] : "");
  std::vector<fs::path> files;
  for (int i = 2; i < argc; ++i) AddFiles(argv[i], files);
  if (target == tr::fuzz::Targets().end() || files.empty()) {
    std::fprintf(stderr, "usage: fuzz_replay TARGET FILE-OR-FOLDER...; targets:");
    for (const auto& [name, unused] : tr::fuzz::Targets()) std::fprintf(stderr, " %s", name.c_str());
    std::fprintf(stderr, "\n");
    return 1;
  }
  for (const fs::path& file : files) {
    std::printf("%s\n", file.c_str());
    std::fflush(stdout);
    std::ifstream bytes(file, std::ios::binary);
    if (!bytes) return 1;
    target->second(std::string(std::istreambuf_iterator<char>(bytes), {}));
  }
  std::printf("%zu files\n", files.size());
  return 0;
}
