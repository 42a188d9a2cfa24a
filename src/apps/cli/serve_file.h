#pragma once
// DATA/serve.json: where the other commands find the one that runs.

#include <string>

namespace tr::cli {

// The URL at which clients of this machine reach a server that listens on `listen` ("ADDRESS:PORT") and got `port`.
std::string UrlOf(const std::string& listen, int port);

// Written whole or not at all. A file that a crash left is noticed by its readers: its URL does not answer.
void WriteServeFile(const std::string& data_dir, const std::string& url);
void RemoveServeFile(const std::string& data_dir);

// The URL in it; empty when there is none.
std::string ReadServeFile(const std::string& data_dir);

}  // namespace tr::cli
