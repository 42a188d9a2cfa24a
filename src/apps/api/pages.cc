#include "api/pages.h"

#include <boost/json.hpp>

#include "api/openapi.h"
#include "api/routes.h"
#include "console/assets.h"

namespace tr::api {
namespace {

constexpr std::string_view kFormHead = R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Write to us</title><link rel="stylesheet" href="/page.css"></head>
<body class="form"><form method="post" action="/form" accept-charset="utf-8">
<label>Your e-mail address <input name="email" type="email" required maxlength="320" autocomplete="email"></label>
<label>Your name <input name="name" maxlength="200" autocomplete="name"></label>
<label>Subject <input name="subject" maxlength="1000"></label>
<label>What is the matter? <textarea name="message" rows="8" required maxlength="100000"></textarea></label>
<label class="away" aria-hidden="true">Leave this empty <input name="website" tabindex="-1" autocomplete="off"></label>
)";

constexpr std::string_view kThanks = R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Thank you</title><link rel="stylesheet" href="/page.css"></head>
<body class="form"><p>Thank you. Your message has arrived and is being passed to the right people.</p></body></html>
)";

net::HttpResponse Page(int status, std::string body, const std::string& framed_by) {
  net::HttpResponse response = net::MakeResponse(status, "text/html; charset=utf-8", std::move(body));
  response.headers.Set(
      "Content-Security-Policy",
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; "
      "base-uri 'none'; frame-ancestors " +
          framed_by);
  return response;
}

Answer Asset(std::string_view type, std::string_view body) { return net::MakeResponse(200, type, std::string(body)); }

}  // namespace

net::HttpResponse FormPage(const std::string& token, const std::string& submission,
                           const std::vector<std::string>& origins) {
  std::string body(kFormHead);
  body += "<input type=\"hidden\" name=\"token\" value=\"" + token + "\">\n";
  body += "<input type=\"hidden\" name=\"submission\" value=\"" + submission + "\">\n";
  body += "<button>Send</button></form></body></html>\n";
  std::string framed_by = "'self'";
  for (const std::string& origin : origins) framed_by += " " + origin;
  return Page(200, std::move(body), framed_by);
}

net::HttpResponse ThanksPage(int status) { return Page(status, std::string(kThanks), "*"); }

Answer GetPage(const Context&) { return Page(200, std::string(console::PageHtml()), "'none'"); }
Answer GetScript(const Context&) { return Asset("text/javascript; charset=utf-8", console::PageScript()); }
Answer GetStyle(const Context&) { return Asset("text/css; charset=utf-8", console::PageStyle()); }
Answer GetOpenApi(const Context&) { return JsonResponse(200, OpenApi()); }

}  // namespace tr::api
