#pragma once
// Where the demo plays: a data folder that is thrown away, and a rules folder that the user may edit and keep.

#include <memory>
#include <string>

#include "base/result.h"

namespace tr::cli {

class Stage {
 public:
  // `rules_dir` empty: the sample rules in ticket-router-demo/rules below the current folder, written there unless they
  // are there already, or into the data folder where that cannot be written. kPermanent: no temporary folder.
  static Result<std::unique_ptr<Stage>> Set(const std::string& rules_dir);
  // Removes the data folder with everything in it.
  ~Stage();
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  const std::string& data_dir() const { return data_dir_; }
  const std::string& rules_dir() const { return rules_dir_; }

 private:
  explicit Stage(std::string data_dir) : data_dir_(std::move(data_dir)) {}

  std::string data_dir_;
  std::string rules_dir_;
};

}  // namespace tr::cli
