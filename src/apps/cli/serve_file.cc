#include "cli/serve_file.h"

#include <unistd.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "ticket/json.h"

namespace tr::cli {
namespace {

namespace json = boost::json;

std::string PathIn(const std::string& data_dir) { return data_dir + "/serve.json"; }

}  // namespace

std::string UrlOf(const std::string& listen, int port) {
  const std::string host = listen.substr(0, listen.rfind(':'));
  return "http://" + (host.empty() || host == "0.0.0.0" ? "127.0.0.1" : host) + ":" + std::to_string(port);
}

void WriteServeFile(const std::string& data_dir, const std::string& url) {
  const std::string path = PathIn(data_dir);
  std::ofstream file(path + ".new", std::ios::trunc);
  file << json::serialize(json::object{{"url", url}, {"pid", getpid()}}) << "\n";
  file.close();
  std::error_code ignored;
  std::filesystem::rename(path + ".new", path, ignored);
}

void RemoveServeFile(const std::string& data_dir) {
  std::error_code ignored;
  std::filesystem::remove(PathIn(data_dir), ignored);
}

std::string ReadServeFile(const std::string& data_dir) {
  std::ifstream file(PathIn(data_dir));
  const Result<json::value> where = ParseJson(std::string{std::istreambuf_iterator<char>(file), {}});
  if (!where || !where->is_object()) return "";
  const json::value* url = where->as_object().if_contains("url");
  return url != nullptr && url->is_string() ? std::string(url->as_string()) : "";
}

}  // namespace tr::cli
