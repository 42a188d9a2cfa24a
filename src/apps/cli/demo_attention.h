#pragma once
// What the demo waits for: time, a key, or the end.

#include <signal.h>
#include <termios.h>

#include <chrono>
#include <cstdint>

namespace tr::cli {

struct Waited {
  enum class For : std::uint8_t { kTime, kKey, kStop };
  For what = For::kTime;
  char key = 0;  // kKey
};

// Port: tests have one whose time does not pass.
class Attention {
 public:
  virtual ~Attention() = default;
  // Returns when the time is over, or before that with a key or the end.
  virtual Waited Wait(std::chrono::milliseconds at_most) = 0;
  // Whether a key can ever come.
  virtual bool HasKeys() const = 0;
};

// SIGINT and SIGTERM, and single keys where standard input is a terminal. Makes both signals blocked in every thread
// that is started from here on. REQUIRES: one at a time.
class TerminalAttention : public Attention {
 public:
  explicit TerminalAttention(bool wants_keys);
  ~TerminalAttention() override;
  TerminalAttention(const TerminalAttention&) = delete;
  TerminalAttention& operator=(const TerminalAttention&) = delete;

  Waited Wait(std::chrono::milliseconds at_most) override;
  bool HasKeys() const override { return has_keys_; }

 private:
  bool has_keys_ = false;
  termios before_{};
  sigset_t signals_before_{};
  int signal_file_ = -1;
};

}  // namespace tr::cli
