// Loads POST /form over loopback and says how long the answers took.
//
//   bench_load --port P [--clients 32] [--seconds 8] [--rate R] [--count N] [--slow N] [--secret S]
//
// Without a rate each client sends as soon as it was answered (closed loop). With one, R requests a second are due at
// fixed moments whoever has answered by then (open loop), and a latency counts from when its request was due: a server
// that stalls cannot hide it. `late` is how much of that is this program's own (from due to the moment it was free to
// send). --slow N holds N further connections, half of them silent, half sending a header's byte a second.
// One thread, one line of JSON.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
using Moment = Clock::time_point;

constexpr std::chrono::seconds kPatience(30);  // for answers after the load has ended

constexpr const char* kWords[] = {
    "My parcel was promised for last Monday and the tracking page has not changed in four days. Can you find it?",
    "I sent two lamps back at the start of the month and the money is still not on my card. Order 20418.",
    "Every time I sign in the page says that my password has expired, and the reset mail never comes.",
    "Your shop took the amount twice from my account! I want this put right today, nobody answers the phone.",
    "Which of your grinders would you recommend for two people, and does the small one fit under a shelf?",
    "The checkout has answered with an error page since this morning, so we cannot order anything at all.",
    "The jug arrived with a crack from top to bottom. Shall I send you a photo, and will I get a new one?",
    "Please send last year's invoices to our accountant again, the address on the old ones was wrong.",
};

struct Options {
  int port = 0;
  int clients = 32;
  double seconds = 8;
  double rate = 0;
  std::uint64_t count = 0;
  int slow = 0;
  std::string secret = "s3cret";
};

struct Client {
  int fd = -1;
  bool busy = false;
  Moment due;
  std::string answer;
};

struct Outcome {
  std::vector<double> latencies;  // ms
  std::vector<double> late;       // ms
  std::uint64_t sent = 0;
  std::uint64_t refused = 0;  // answered, but not with 202
  std::uint64_t broken = 0;   // the connection ended without an answer
};

[[noreturn]] void Die(const char* what) {
  std::perror(what);
  std::exit(1);
}

double Millis(Clock::duration span) { return std::chrono::duration<double, std::milli>(span).count(); }

int Connect(int port) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<std::uint16_t>(port));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (fd < 0 || connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) Die("connect");
  const int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return fd;
}

// Every request is another customer's, in this run and in the next.
std::string Request(const Options& options, std::uint64_t number) {
  static const std::string kRun =
      std::to_string(getpid()) + "-" + std::to_string(Clock::now().time_since_epoch().count());
  const std::string mark = kRun + "-" + std::to_string(number);
  const std::string body = R"({"email":"c)" + mark + R"(@mail.example","name":"Customer )" + std::to_string(number) +
                           R"(","subject":"Question )" + mark + R"(","message":")" +
                           kWords[number % std::size(kWords)] + "\"}";
  return "POST /form HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nX-Form-Secret: " +
         options.secret + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

// The whole answer's size once its header is there; 0 before.
std::size_t AnswerSize(std::string answer) {
  const std::size_t end = answer.find("\r\n\r\n");
  if (end == std::string::npos) return 0;
  std::transform(answer.begin(), answer.end(), answer.begin(), [](unsigned char c) { return std::tolower(c); });
  const std::size_t length = answer.find("content-length:");
  return end + 4 + (length < end ? std::strtoul(answer.c_str() + length + 15, nullptr, 10) : 0);
}

// Connections that only take a place.
class Crowd {
 public:
  explicit Crowd(const Options& options) {
    for (int i = 0; i < options.slow; ++i) fds_.push_back(Connect(options.port));
  }

  // Sends what is due: each of the first half a byte a second, spread over the second.
  void Work(Moment now) {
    const std::size_t half = fds_.size() / 2;
    const auto due = static_cast<std::size_t>(Millis(now - start_) / 1000 * static_cast<double>(half));
    for (; half > 0 && sent_ < due; ++sent_) {
      const std::size_t round = sent_ / half;
      const char byte = round < kHead.size() ? kHead[round] : 'a';
      if (send(fds_[sent_ % half], &byte, 1, MSG_DONTWAIT | MSG_NOSIGNAL) != 1) ++lost_;
    }
  }

  std::size_t lost() const { return lost_; }
  // How many the server has closed or answered.
  std::size_t Ended() const {
    char byte = 0;
    return static_cast<std::size_t>(std::count_if(
        fds_.begin(), fds_.end(), [&](int fd) { return recv(fd, &byte, 1, MSG_DONTWAIT | MSG_PEEK) >= 0; }));
  }

 private:
  const std::string kHead = "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ";
  Moment start_ = Clock::now();
  std::vector<int> fds_;
  std::size_t sent_ = 0;
  std::size_t lost_ = 0;
};

class Load {
 public:
  explicit Load(const Options& options) : options_(options), crowd_(options), clients_(options.clients) {
    for (Client& client : clients_) client.fd = Connect(options.port);
  }

  Outcome Run() {
    start_ = Clock::now() + std::chrono::milliseconds(50);
    end_ = start_ + std::chrono::microseconds(static_cast<std::int64_t>(options_.seconds * 1e6));
    while (!over_ || std::any_of(clients_.begin(), clients_.end(), [](const Client& c) { return c.busy; })) {
      if (Clock::now() > end_ + kPatience) break;
      SendDue();
      Wait();
    }
    for (const Client& client : clients_) outcome_.broken += client.busy;
    return std::move(outcome_);
  }

  double seconds() const { return Millis(last_ - start_) / 1000; }
  const Crowd& crowd() const { return crowd_; }

 private:
  Moment NextDue(Moment now) const {
    if (options_.rate <= 0) return std::max(now, start_);
    return start_ + std::chrono::nanoseconds(
                        static_cast<std::int64_t>(1e9 * static_cast<double>(outcome_.sent) / options_.rate));
  }

  void SendDue() {
    for (Client& client : clients_) {
      if (client.busy) continue;
      const Moment now = Clock::now();
      const Moment due = NextDue(now);
      over_ = options_.count > 0 ? outcome_.sent >= options_.count : due >= end_;
      if (over_ || due > now) return;
      const std::string request = Request(options_, outcome_.sent);
      if (send(client.fd, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size()))
        Die("send");
      client.busy = true;
      client.due = due;
      client.answer.clear();
      outcome_.late.push_back(Millis(now - std::max(due, free_since_)));
      ++outcome_.sent;
    }
  }

  // Until an answer comes or the next request is due.
  void Wait() {
    const Moment now = Clock::now();
    crowd_.Work(now);
    const bool all_busy = std::all_of(clients_.begin(), clients_.end(), [](const Client& c) { return c.busy; });
    Clock::duration span = std::chrono::milliseconds(5);
    if (!all_busy && !over_) span = std::clamp<Clock::duration>(NextDue(now) - now, Clock::duration::zero(), span);
    const timespec patience{0, std::chrono::duration_cast<std::chrono::nanoseconds>(span).count()};
    std::vector<pollfd> waiting;
    for (const Client& client : clients_) waiting.push_back({client.fd, POLLIN, 0});
    if (ppoll(waiting.data(), waiting.size(), &patience, nullptr) <= 0) return;
    for (std::size_t i = 0; i < waiting.size(); ++i) {
      if (waiting[i].revents != 0) Take(clients_[i]);
    }
    if (all_busy) free_since_ = Clock::now();
  }

  void Take(Client& client) {
    char bytes[4096];
    const ssize_t got = recv(client.fd, bytes, sizeof bytes, MSG_DONTWAIT);
    if (got <= 0) return Reconnect(client);
    client.answer.append(bytes, static_cast<std::size_t>(got));
    const std::size_t whole = AnswerSize(client.answer);
    if (!client.busy || whole == 0 || client.answer.size() < whole) return;
    last_ = Clock::now();
    outcome_.latencies.push_back(Millis(last_ - client.due));
    if (client.answer.compare(8, 5, " 202 ") != 0) ++outcome_.refused;
    client.busy = false;
  }

  void Reconnect(Client& client) {
    outcome_.broken += client.busy;
    client.busy = false;
    close(client.fd);
    client.fd = Connect(options_.port);
  }

  const Options& options_;
  Crowd crowd_;
  std::vector<Client> clients_;
  Moment start_, end_, last_;
  Moment free_since_;  // when a client became free after all had been busy
  bool over_ = false;
  Outcome outcome_;
};

// The nearest rank.
double Percentile(std::vector<double>& values, double share) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[std::min(values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

Options ReadOptions(int argc, char** argv) {
  std::map<std::string, std::string> given;
  for (int i = 1; i + 1 < argc; i += 2) given[argv[i]] = argv[i + 1];
  Options options;
  const auto number = [&](const char* name, double otherwise) {
    return given.contains(name) ? std::strtod(given[name].c_str(), nullptr) : otherwise;
  };
  options.port = static_cast<int>(number("--port", 0));
  options.clients = static_cast<int>(number("--clients", options.clients));
  options.seconds = number("--seconds", options.seconds);
  options.rate = number("--rate", 0);
  options.count = static_cast<std::uint64_t>(number("--count", 0));
  options.slow = static_cast<int>(number("--slow", 0));
  if (given.contains("--secret")) options.secret = given["--secret"];
  if (options.port == 0) {
    std::fprintf(
        stderr,
        "usage: bench_load --port P [--clients N] [--seconds S] [--rate R] [--count N] [--slow N] [--secret S]\n");
    std::exit(64);
  }
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = ReadOptions(argc, argv);
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
  Load load(options);
  Outcome outcome = load.Run();
  std::printf(R"({"sent":%llu,"answered":%zu,"refused":%llu,"broken":%llu,"seconds":%.3f,"p50_ms":%.3f,"p99_ms":%.3f,)"
              R"("max_ms":%.3f,"late_p99_ms":%.3f,"slow":%d,"slow_ended":%zu,"slow_lost":%zu})"
              "\n",
              static_cast<unsigned long long>(outcome.sent), outcome.latencies.size(),
              static_cast<unsigned long long>(outcome.refused), static_cast<unsigned long long>(outcome.broken),
              load.seconds(), Percentile(outcome.latencies, 0.5), Percentile(outcome.latencies, 0.99),
              Percentile(outcome.latencies, 1), Percentile(outcome.late, 0.99), options.slow, load.crowd().Ended(),
              load.crowd().lost());
  return 0;
}
