#include "net/own_net.h"

#include <gtest/gtest.h>

namespace tr::net {
namespace {

TEST(IsInOwnNet, KnowsThisMachineAndPrivateNetworks) {
  for (const char* url :
       {"http://localhost:11434/v1", "http://127.0.0.1:8000/v1", "http://127.8.9.1", "http://[::1]:8080/v1",
        "http://10.1.2.3/v1", "http://172.16.0.1", "http://172.31.255.255:1", "https://192.168.178.20/v1",
        "http://169.254.1.1", "http://100.64.0.1", "http://[fd12::1]/v1", "http://[fe80::1]",
        "http://[::ffff:10.0.0.1]", "http://gpu-box:8000/v1", "http://GPU.Local/v1",
        "http://host.docker.internal:11434/v1", "http://llm.lan.", "http://me:word@llm.home.arpa/v1"}) {
    EXPECT_TRUE(IsInOwnNet(url)) << url;
  }
}

TEST(IsInOwnNet, EverythingElseIsSomebodyElses) {
  for (const char* url :
       {"https://api.openai.com/v1", "https://10.example.com/v1", "http://127.0.0.1.example.com", "http://8.8.8.8/v1",
        "http://172.32.0.1", "http://172.15.0.1", "http://100.128.0.1", "http://[2001:db8::1]/v1",
        "http://[::ffff:8.8.8.8]", "https://localhost@api.example.com/v1", "https://api.example.com/?localhost",
        "https://local.example.com", "https://mylocal.example", "localhost", "", "https://", "https:///v1"}) {
    EXPECT_FALSE(IsInOwnNet(url)) << url;
  }
}

}  // namespace
}  // namespace tr::net
