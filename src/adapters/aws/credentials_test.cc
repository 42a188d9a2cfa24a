#include "aws/credentials.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "aws/aws_testing.h"
#include "aws/metadata_credentials.h"
#include "aws/profile.h"
#include "net/raw_client.h"

namespace tr::aws {
namespace {

using net::HttpRequest;
using net::HttpResponse;
using net::MakeResponse;

// A folder with a credentials and a config file in it, gone at the end.
class Files {
 public:
  Files(std::string_view credentials, std::string_view config) {
    char name[] = "/tmp/tr-aws-XXXXXX";
    folder_ = ::mkdtemp(name);
    std::ofstream(folder_ / "credentials") << credentials;
    std::ofstream(folder_ / "config") << config;
  }
  ~Files() { std::filesystem::remove_all(folder_); }
  Environment With(Environment more) const {
    more.emplace("AWS_SHARED_CREDENTIALS_FILE", folder_ / "credentials");
    more.emplace("AWS_CONFIG_FILE", folder_ / "config");
    more.emplace("AWS_EC2_METADATA_DISABLED", "true");
    return more;
  }

 private:
  std::filesystem::path folder_;
};

constexpr std::string_view kCredentialsFile = R"(# keys
[default]
aws_access_key_id = DEFAULT
aws_secret_access_key=s = with equals

[ops]
AWS_ACCESS_KEY_ID=OPS
aws_secret_access_key = t
aws_session_token = u
[half]
aws_access_key_id = HALF
)";
constexpr std::string_view kConfigFile = R"([profile conf]
aws_access_key_id = CONF
aws_secret_access_key = v
region = eu-west-1
; a comment = no field
[profile role]
role_arn = arn:aws:iam::123456789012:role/r
source_profile = default
[default]
region = ap-southeast-1
)";

TEST(CredentialChain, TheFirstPlaceThatHasKeys) {
  const Files files(kCredentialsFile, kConfigFile);
  struct Row {
    Environment environment;
    const char *id, *secret, *token;
  };
  const TestClock clock;
  for (const Row& row : {
           Row{{{"AWS_ACCESS_KEY_ID", "ENV"}, {"AWS_SECRET_ACCESS_KEY", "e"}, {"AWS_SESSION_TOKEN", "k"}},
               "ENV",
               "e",
               "k"},
           Row{{{"AWS_ACCESS_KEY_ID", "ENV"}}, "DEFAULT", "s = with equals", ""},
           Row{{}, "DEFAULT", "s = with equals", ""},
           Row{{{"AWS_PROFILE", "ops"}}, "OPS", "t", "u"},
           Row{{{"AWS_PROFILE", "conf"}}, "CONF", "v", ""},
       }) {
    const auto credentials = CredentialChain(files.With(row.environment), clock).Get();
    ASSERT_TRUE(credentials.ok()) << credentials.fault().text;
    EXPECT_EQ(credentials->access_key_id, row.id);
    EXPECT_EQ(credentials->secret_access_key.Reveal(), row.secret);
    EXPECT_EQ(credentials->session_token.Reveal(), row.token);
    EXPECT_EQ(credentials->expires, std::nullopt);
  }
}

TEST(CredentialChain, SaysWhatIsMissing) {
  const Files files(kCredentialsFile, kConfigFile);
  const TestClock clock;
  struct Row {
    const char *profile, *words;
  };
  for (const Row& row :
       {Row{"nobody", "in no file"}, Row{"role", "export-credentials"}, Row{"half", "export-credentials"}}) {
    const auto credentials = CredentialChain(files.With({{"AWS_PROFILE", row.profile}}), clock).Get();
    ASSERT_FALSE(credentials.ok()) << row.profile;
    EXPECT_EQ(credentials.fault().kind, FaultKind::kPermanent);
    EXPECT_NE(credentials.fault().text.find(row.words), std::string::npos) << credentials.fault().text;
  }
  const auto nothing = CredentialChain({{"AWS_EC2_METADATA_DISABLED", "true"}}, clock).Get();
  EXPECT_EQ(nothing.fault().kind, FaultKind::kPermanent);
}

TEST(Profile, HasARegion) {
  const Files files(kCredentialsFile, kConfigFile);
  EXPECT_EQ(RegionOfProfile(files.With({})), "ap-southeast-1");
  EXPECT_EQ(RegionOfProfile(files.With({{"AWS_PROFILE", "conf"}})), "eu-west-1");
  EXPECT_EQ(RegionOfProfile(files.With({{"AWS_PROFILE", "ops"}})), "");
}

std::string RoleKeys(const std::string& id, Time expires) {
  return "{\"Code\":\"Success\",\"AccessKeyId\":\"" + id +
         "\",\"SecretAccessKey\":\"s\",\"Token\":\"t\",\"Expiration\":\"" + FormatTime(expires) + "\"}";
}

TEST(CredentialChain, AContainersKeysAreRefreshedBeforeTheyRunOut) {
  TestClock clock;
  int asked = 0;
  bool broken = false;
  std::string authorization;
  net::TestServer server([&](const HttpRequest& request) {
    authorization = request.headers.Get("Authorization");
    if (broken) return MakeResponse(500, "text/plain", "");
    return MakeResponse(200, "application/json",
                        RoleKeys("ROLE" + std::to_string(++asked), clock.Now() + std::chrono::hours(1)));
  });
  CredentialChain chain(
      {{"AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:" + std::to_string(server.port()) + "/c"},
       {"AWS_CONTAINER_AUTHORIZATION_TOKEN", "word"}},
      clock);
  EXPECT_EQ(chain.Get()->access_key_id, "ROLE1");
  EXPECT_EQ(authorization, "word");
  clock.Advance(std::chrono::minutes(54));
  EXPECT_EQ(chain.Get()->access_key_id, "ROLE1");
  clock.Advance(std::chrono::minutes(2));
  EXPECT_EQ(chain.Get()->access_key_id, "ROLE2");
  broken = true;
  clock.Advance(std::chrono::minutes(58));
  EXPECT_EQ(chain.Get()->access_key_id, "ROLE2") << "good for two more minutes";
  clock.Advance(std::chrono::minutes(3));
  EXPECT_EQ(chain.Get().fault().kind, FaultKind::kTransient);
  broken = false;
  EXPECT_EQ(chain.Get()->access_key_id, "ROLE3");
  chain.Forget(*chain.Get());
  EXPECT_EQ(chain.Get()->access_key_id, "ROLE4");
  chain.Forget(TestKeys());  // others than those that are kept
  EXPECT_EQ(chain.Get()->access_key_id, "ROLE4");
}

TEST(CredentialChain, AContainersTokenGoesNowhereElse) {
  for (const char* url :
       {"http://example.com/c", "http://127.0.0.1.example.com/", "http://127.0.0.1:80@example.com/"}) {
    const auto credentials = ContainerCredentials({{"AWS_CONTAINER_CREDENTIALS_FULL_URI", url}});
    ASSERT_FALSE(credentials.ok());
    EXPECT_EQ(credentials.fault().kind, FaultKind::kPermanent) << url;
  }
}

TEST(CredentialChain, AMachinesRoleByATokenOfItsOwn) {
  TestClock clock;
  bool broken = false;
  net::TestServer server([&](const HttpRequest& request) {
    if (broken) return MakeResponse(503, "text/plain", "");
    if (request.path == "/latest/api/token") {
      return MakeResponse(
          request.method == "PUT" && request.headers.Has("X-aws-ec2-metadata-token-ttl-seconds") ? 200 : 400,
          "text/plain", "imds-token");
    }
    if (request.headers.Get("X-aws-ec2-metadata-token") != "imds-token") return MakeResponse(401, "text/plain", "");
    if (request.path.ends_with("/security-credentials/")) return MakeResponse(200, "text/plain", "tr-role\n");
    return MakeResponse(request.path.ends_with("/tr-role") ? 200 : 404, "application/json",
                        RoleKeys("MACHINE", clock.Now() + std::chrono::hours(6)));
  });
  const Environment environment{
      {"AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://127.0.0.1:" + std::to_string(server.port()) + "/"}};
  CredentialChain chain(environment, clock);
  const auto credentials = chain.Get();
  ASSERT_TRUE(credentials.ok()) << credentials.fault().text;
  EXPECT_EQ(credentials->access_key_id, "MACHINE");
  EXPECT_EQ(credentials->session_token.Reveal(), "t");
  EXPECT_EQ(credentials->expires, clock.Now() + std::chrono::hours(6));
  broken = true;
  clock.Advance(std::chrono::hours(7));
  EXPECT_EQ(chain.Get().fault().kind, FaultKind::kTransient) << "it had a role: nobody has to mend the settings";
  EXPECT_EQ(CredentialChain(environment, clock).Get().fault().kind, FaultKind::kTransient) << "nor at the first time";
}

TEST(CredentialChain, AMachineWithoutARoleHasNoKeys) {
  const TestClock clock;
  for (const int status : {0, 403, 404}) {
    std::optional<net::TestServer> server(std::in_place,
                                          [&](const HttpRequest&) { return MakeResponse(status, "text/plain", ""); });
    const Environment environment{
        {"AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://127.0.0.1:" + std::to_string(server->port())}};
    if (status == 0) server.reset();  // nobody is there
    const auto credentials = CredentialChain(environment, clock).Get();
    ASSERT_FALSE(credentials.ok());
    EXPECT_EQ(credentials.fault().kind, FaultKind::kPermanent) << status;
    EXPECT_NE(credentials.fault().text.find("no AWS credentials"), std::string::npos);
  }
}

TEST(CredentialChain, ADefaultProfileWhoseKeysAreElsewhereIsRefusedAtOnce) {
  const TestClock clock;
  for (const char* field : {"sso_session = s", "sso_start_url = u", "role_arn = r", "credential_process = p"}) {
    for (const auto& [credentials, config] :
         {std::pair<std::string, std::string>{"", "[default]\n"}, {"[default]\n", ""}}) {
      const std::string text = credentials + config + field + "\nregion = eu-west-1\n";
      const Files files(credentials.empty() ? "" : text, config.empty() ? "" : text);
      const auto keys = CredentialChain(files.With({}), clock).Get();
      ASSERT_FALSE(keys.ok());
      EXPECT_EQ(keys.fault().kind, FaultKind::kPermanent);
      EXPECT_NE(keys.fault().text.find("export-credentials"), std::string::npos) << keys.fault().text;
    }
  }
}

TEST(ParseRoleCredentials, NoKeysIsPermanent) {
  for (const char* text : {"", "[]", "{}", R"({"AccessKeyId":"a"})", R"({"AccessKeyId":1,"SecretAccessKey":"s"})"}) {
    EXPECT_EQ(ParseRoleCredentials(text).fault().kind, FaultKind::kPermanent) << text;
  }
}

}  // namespace
}  // namespace tr::aws
