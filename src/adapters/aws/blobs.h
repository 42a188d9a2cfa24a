#pragma once
// Bytes by name: what the tables need of a bucket. Texts too long for an item and raw mail stand there.

#include <string>
#include <string_view>

#include "base/result.h"

namespace tr::aws {

// Where SES lays what it receives: its rule's ObjectKeyPrefix. Such a mail is an original by its name as it is.
inline constexpr std::string_view kReceivedMail = "mail/";

// Thread-safe. Keys: letters, digits and "/._-#", at most 512 bytes.
class Blobs {
 public:
  virtual ~Blobs() = default;
  // Durable when it returns. kTransient.
  virtual Result<void> Put(const std::string& key, std::string_view bytes) = 0;
  // The same where nothing has that name yet; else nothing happens.
  virtual Result<void> PutIfAbsent(const std::string& key, std::string_view bytes) = 0;
  // kNotFound: nothing has that name.
  virtual Result<std::string> Get(const std::string& key) = 0;
  // Nothing has that name afterwards.
  virtual Result<void> Remove(const std::string& key) = 0;
};

}  // namespace tr::aws
