#include "google/service_account.h"

#include <openssl/evp.h>
#include <openssl/pem.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "base/hash.h"
#include "ticket/json.h"
#include "ticket/json_fields.h"

namespace tr::google {
namespace {

namespace json = boost::json;

constexpr std::int64_t kLifetime = 3600;  // seconds: the most that Google takes

template <typename T, void (*Free)(T*)>
struct Freed {
  void operator()(T* value) const { Free(value); }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY, EVP_PKEY_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX, EVP_MD_CTX_free>>;

Key ReadKey(const Secret& pem) {
  BIO* memory = BIO_new_mem_buf(pem.Reveal().data(), static_cast<int>(pem.Reveal().size()));
  // Without a password callback an encrypted key would ask at the terminal.
  Key key(PEM_read_bio_PrivateKey(memory, nullptr, [](char*, int, int, void*) { return -1; }, nullptr));
  BIO_free(memory);
  return key;
}

}  // namespace

Result<ServiceAccount> ParseServiceAccount(std::string_view text) {
  Result<json::value> parsed = ParseJson(text);
  if (!parsed) return Invalid("the service account's key file is no JSON");
  ServiceAccount account;
  std::string key;
  JsonFields fields(*parsed, "key file");
  fields.Take("client_email", account.email);
  fields.Take("private_key_id", account.key_id);
  fields.Take("token_uri", account.token_url);
  fields.Take("private_key", key);
  TR_TRY(fields.Finish());
  const std::pair<const char*, bool> missing[] = {
      {"client_email", account.email.empty()}, {"token_uri", account.token_url.empty()}, {"private_key", key.empty()}};
  for (const auto& [member, is_missing] : missing) {
    if (is_missing) return Invalid(std::string("the service account's key file lacks ") + member);
  }
  account.private_key = Secret(std::move(key));
  return account;
}

Result<std::string> SignRs256(const Secret& private_key, std::string_view bytes) {
  const Key key = ReadKey(private_key);
  if (key == nullptr || EVP_PKEY_base_id(key.get()) != EVP_PKEY_RSA) {
    return Invalid("the service account's private_key is no RSA key in PEM: make a new key file");
  }
  const Digest digest(EVP_MD_CTX_new());
  const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
  std::size_t size = 0;
  if (EVP_DigestSignInit(digest.get(), nullptr, EVP_sha256(), nullptr, key.get()) != 1 ||
      EVP_DigestSign(digest.get(), nullptr, &size, data, bytes.size()) != 1) {
    return Invalid("the service account's private_key cannot sign: make a new key file");
  }
  std::string signature(size, '\0');
  if (EVP_DigestSign(digest.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, data, bytes.size()) !=
      1) {
    return Invalid("the service account's private_key cannot sign: make a new key file");
  }
  signature.resize(size);
  return signature;
}

Result<std::string> MakeAssertion(const ServiceAccount& account, std::string_view scopes, Time now) {
  const std::int64_t seconds = ToMillis(now) / 1000;
  json::object header{{"alg", "RS256"}, {"typ", "JWT"}};
  if (!account.key_id.empty()) header["kid"] = account.key_id;
  const json::object claims{{"iss", account.email},
                            {"scope", scopes},
                            {"aud", account.token_url},
                            {"iat", seconds},
                            {"exp", seconds + kLifetime}};
  const std::string signed_part = ToBase64Url(json::serialize(header)) + "." + ToBase64Url(json::serialize(claims));
  TR_ASSIGN(const std::string signature, SignRs256(account.private_key, signed_part));
  return signed_part + "." + ToBase64Url(signature);
}

}  // namespace tr::google
