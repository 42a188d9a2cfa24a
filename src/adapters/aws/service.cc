#include "aws/service.h"

#include <algorithm>

#include "aws/profile.h"

namespace tr::aws {
namespace {

// "https://HOST[:PORT][/PATH]".
Result<Endpoint> ParseEndpoint(std::string_view url, const std::string& variable) {
  const bool secure = url.starts_with("https://");
  if (!secure && !url.starts_with("http://"))
    return Invalid(variable + " is no URL that begins with http:// or https://");
  while (url.ends_with('/')) url.remove_suffix(1);
  const std::size_t begin = secure ? 8 : 7;
  if (url.size() <= begin || url.find_first_of("?#@ ") != url.npos)
    return Invalid(variable + " is no plain URL of a host");
  const std::size_t end = std::min(url.find('/', begin), url.size());
  Endpoint endpoint{std::string(url.substr(0, end)), std::string(url.substr(begin, end - begin)),
                    std::string(url.substr(end)), true};
  const std::string_view usual = secure ? ":443" : ":80";
  if (endpoint.host.ends_with(usual)) endpoint.host.resize(endpoint.host.size() - usual.size());
  return endpoint;
}

bool IsRegion(std::string_view text) {
  return !text.empty() && text.size() <= 40 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

}  // namespace

Result<Endpoint> EndpointOf(const Service& service, std::string_view region, const Environment& environment) {
  for (const std::string& variable :
       {"AWS_ENDPOINT_URL_" + std::string(service.variable), std::string("AWS_ENDPOINT_URL")}) {
    const std::string_view url = Variable(environment, variable);
    if (!url.empty()) return ParseEndpoint(url, variable);
  }
  std::string host = std::string(service.host) + "." + std::string(region) + ".amazonaws.com";
  if (region.starts_with("cn-")) host += ".cn";
  return Endpoint{"https://" + host, host, "", false};
}

Endpoint Below(const Endpoint& endpoint, std::string_view label) {
  const std::string host = std::string(label) + "." + endpoint.host;
  return {"https://" + host, host, "", false};
}

Result<std::string> RegionOf(const Environment& environment) {
  std::string region(Variable(environment, "AWS_REGION"));
  if (region.empty()) region = Variable(environment, "AWS_DEFAULT_REGION");
  if (region.empty()) region = RegionOfProfile(environment);
  if (!IsRegion(region)) return Invalid("no AWS region: set AWS_REGION, for example to ap-southeast-1");
  return region;
}

}  // namespace tr::aws
