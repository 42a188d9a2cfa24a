#include "rules/free_mail.h"

#include <algorithm>
#include <array>

namespace tr::rules {
namespace {

// Sorted: looked up by halving.
constexpr std::array<std::string_view, 79> kServices = {
    "126.com",     "163.com",        "aim.com",        "alice.it",       "aol.com",      "aol.de",
    "arcor.de",    "att.net",        "bellsouth.net",  "bigpond.com",    "bluewin.ch",   "btinternet.com",
    "comcast.net", "cox.net",        "daum.net",       "email.cz",       "fastmail.com", "foxmail.com",
    "free.fr",     "freenet.de",     "gmail.com",      "gmx.at",         "gmx.ch",       "gmx.com",
    "gmx.de",      "gmx.net",        "googlemail.com", "hanmail.net",    "hey.com",      "hotmail.co.uk",
    "hotmail.com", "hotmail.de",     "hotmail.es",     "hotmail.fr",     "hotmail.it",   "hushmail.com",
    "icloud.com",  "inbox.lv",       "interia.pl",     "laposte.net",    "libero.it",    "live.co.uk",
    "live.com",    "live.de",        "live.fr",        "mac.com",        "mail.com",     "mail.ru",
    "mailbox.org", "me.com",         "msn.com",        "naver.com",      "o2.pl",        "onet.pl",
    "orange.fr",   "outlook.com",    "outlook.de",     "outlook.fr",     "pm.me",        "posteo.de",
    "proton.me",   "protonmail.com", "qq.com",         "rediffmail.com", "seznam.cz",    "sfr.fr",
    "t-online.de", "tiscali.it",     "tuta.com",       "tutanota.com",   "verizon.net",  "virgilio.it",
    "wanadoo.fr",  "web.de",         "wp.pl",          "yahoo.com",      "yandex.com",   "yandex.ru",
    "zoho.com"};

static_assert(std::is_sorted(kServices.begin(), kServices.end()));

}  // namespace

bool IsFreeMailDomain(std::string_view domain) {
  // yahoo.de, yahoo.co.jp and many more.
  return std::binary_search(kServices.begin(), kServices.end(), domain) || domain.starts_with("yahoo.") ||
         domain.starts_with("ymail.");
}

}  // namespace tr::rules
