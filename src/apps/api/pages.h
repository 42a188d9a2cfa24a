#pragma once
// The pages for people: the form, its thanks, and the list of queues.

#include <string>
#include <vector>

#include "net/http_types.h"

namespace tr::api {

// The embeddable form. `origins`: the sites that may frame it.
net::HttpResponse FormPage(const std::string& token, const std::string& submission,
                           const std::vector<std::string>& origins);
net::HttpResponse ThanksPage(int status);

}  // namespace tr::api
