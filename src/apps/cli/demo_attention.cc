#include "cli/demo_attention.h"

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>

namespace tr::cli {
namespace {

// A key at a time, not shown; Ctrl-C stays a signal.
bool TakeKeys(termios& before) {
  if (isatty(STDIN_FILENO) != 1 || tcgetattr(STDIN_FILENO, &before) != 0) return false;
  termios raw = before;
  raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
  return tcsetattr(STDIN_FILENO, TCSANOW, &raw) == 0;
}

}  // namespace

TerminalAttention::TerminalAttention(bool wants_keys) {
  has_keys_ = wants_keys && TakeKeys(before_);
  // A reader of our output that went away is noticed by the stream.
  signal(SIGPIPE, SIG_IGN);
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, &signals_before_);
  signal_file_ = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

TerminalAttention::~TerminalAttention() {
  // What came too late for Wait would end the program when the mask is put back.
  signalfd_siginfo info{};
  while (signal_file_ >= 0 && read(signal_file_, &info, sizeof info) == sizeof info) {
  }
  if (signal_file_ >= 0) close(signal_file_);
  pthread_sigmask(SIG_SETMASK, &signals_before_, nullptr);
  if (has_keys_) tcsetattr(STDIN_FILENO, TCSANOW, &before_);
}

Waited TerminalAttention::Wait(std::chrono::milliseconds at_most) {
  std::array<pollfd, 2> files = {{{signal_file_, POLLIN, 0}, {has_keys_ ? STDIN_FILENO : -1, POLLIN, 0}}};
  if (poll(files.data(), files.size(), static_cast<int>(at_most.count())) <= 0) return {};
  signalfd_siginfo info{};
  if (files[0].revents != 0 && read(signal_file_, &info, sizeof info) == sizeof info) return {Waited::For::kStop, 0};
  if (files[1].revents == 0) return {};
  char key = 0;
  if (read(STDIN_FILENO, &key, 1) == 1) return {Waited::For::kKey, key};
  has_keys_ = false;  // the terminal is gone
  return {};
}

}  // namespace tr::cli
