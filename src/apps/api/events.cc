#include "api/events.h"

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>

namespace tr::api {
namespace {

constexpr auto kEvery = std::chrono::milliseconds(250);
constexpr int kAtOnce = 200;

std::string EventOf(const store::AuditRow& row, const std::string& cursor) {
  const boost::json::object body{
      {"ticket", row.ticket}, {"kind", row.kind}, {"version", row.version}, {"at", FormatTime(row.at)}};
  return "id: " + cursor + "\nevent: ticket\ndata: " + boost::json::serialize(body) + "\n\n";
}

}  // namespace

Events::~Events() {
  if (thread_.joinable()) {
    thread_.request_stop();
    thread_.join();
  }
  for (const auto& stream : streams_) stream->Close();
}

net::HttpResponse Events::Subscribe() {
  net::HttpResponse response = net::MakeResponse(200, "text/event-stream", ": listening\n\n");
  response.events = std::make_shared<net::EventStream>();
  {
    const std::lock_guard lock(mutex_);
    std::erase_if(streams_, [](const auto& stream) { return stream->closed(); });
    // Where the news begin is settled before anybody is told that we listen.
    if (streams_.empty()) StartFromNow();
    streams_.push_back(response.events);
    if (!thread_.joinable()) thread_ = std::jthread([this](const std::stop_token& stop) { Run(stop); });
  }
  changed_.notify_all();
  return response;
}

void Events::StartFromNow() {
  const Result<store::Audit::Page> page = app_.ports().audit.Since("now", 1);
  cursor_ = page ? page->cursor : "now";
}

void Events::SendNews() {
  const std::lock_guard lock(mutex_);
  std::erase_if(streams_, [](const auto& stream) { return stream->closed(); });
  if (streams_.empty()) return;
  const Result<store::Audit::Page> page = app_.ports().audit.Since(cursor_, kAtOnce);
  if (!page) return;  // the next look finds it
  cursor_ = page->cursor;
  std::string news;
  for (const store::AuditRow& row : page->rows) news += EventOf(row, page->cursor);
  if (news.empty()) return;
  for (const auto& stream : streams_) stream->Send(news);
}

void Events::Run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, stop, [this] { return !streams_.empty(); });
      changed_.wait_for(lock, stop, kEvery, [] { return false; });
    }
    SendNews();
  }
}

}  // namespace tr::api
