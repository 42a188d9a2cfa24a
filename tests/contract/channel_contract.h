#pragma once
// What every channel must keep of the promises in handoff/channel.h. A new channel adds a file that says how it is
// made.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>

#include "handoff/channel.h"

namespace tr::contract {

// A channel, and what a test needs to know of the place that it writes to.
class ChannelUnderTest {
 public:
  virtual ~ChannelUnderTest() = default;
  virtual handoff::Channel& channel() = 0;
  virtual std::string good_address() const = 0;
  // One that the channel must refuse; none where every address will do.
  virtual std::optional<std::string> refused_address() const = 0;
  // Whether something with the notice's id reached the place.
  virtual bool Arrived(const handoff::Notice& notice) const = 0;
  // From now on the place does not answer, for a while; or is not there at all. False: it cannot happen here.
  virtual bool Interrupt() = 0;
  virtual bool Close() = 0;
};

using MakeChannel = std::unique_ptr<ChannelUnderTest> (*)();

class ChannelContract : public ::testing::TestWithParam<MakeChannel> {
 protected:
  std::unique_ptr<ChannelUnderTest> place_ = GetParam()();
};

}  // namespace tr::contract
