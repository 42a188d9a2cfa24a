#pragma once
// In: nothing. Out: Result<T>, the return type of everything that can fail, and the Fault it carries.
// Never: an exception across a room, a secret or a customer's words in a fault's text.
// Start at: FaultKind.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace tr {

// What the caller has to do about a failure. A fault is an order, not a story.
enum class FaultKind {
  kTransient,  // the same call may succeed later: retry through the queue or the outbox
  kPermanent,  // it will never succeed as things stand: stop and tell a human
  kInvalid,    // the input is refused at the door: nothing was stored
  kNotFound,   // the thing that was named does not exist
  kConflict,   // somebody else was faster: reload and decide again
  kBug,        // an invariant is broken: stop, keep everything, report
};

// The lower-case name: "transient", "permanent", "invalid", "not_found", "conflict", "bug".
std::string_view Name(FaultKind kind);

// Why a call failed, and what that orders. The text is one line for an operator and says what to do where that is
// known; it holds no secret and no customer's words.
struct Fault {
  FaultKind kind = FaultKind::kBug;
  std::string text;
  // kTransient only: the other side said when to come back (Retry-After).
  std::optional<std::chrono::milliseconds> retry_after = std::nullopt;
};

inline Fault Transient(std::string text) { return {FaultKind::kTransient, std::move(text)}; }
inline Fault Permanent(std::string text) { return {FaultKind::kPermanent, std::move(text)}; }
inline Fault Invalid(std::string text) { return {FaultKind::kInvalid, std::move(text)}; }
inline Fault NotFound(std::string text) { return {FaultKind::kNotFound, std::move(text)}; }
inline Fault Conflict(std::string text) { return {FaultKind::kConflict, std::move(text)}; }
inline Fault Bug(std::string text) { return {FaultKind::kBug, std::move(text)}; }

// A value, or the fault that stands in its place.
template <typename T>
class [[nodiscard]] Result {
 public:
  // Implicit on purpose: `return value;` and `return Invalid("...")` both read well.
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Fault fault) : state_(std::in_place_index<1>, std::move(fault)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  // REQUIRES: ok().
  T& operator*() & { return std::get<0>(state_); }
  const T& operator*() const& { return std::get<0>(state_); }
  T&& operator*() && { return std::get<0>(std::move(state_)); }
  T* operator->() { return &std::get<0>(state_); }
  const T* operator->() const { return &std::get<0>(state_); }

  // REQUIRES: !ok().
  const Fault& fault() const { return std::get<1>(state_); }

 private:
  std::variant<T, Fault> state_;
};

// Success without a value, or a fault.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Fault fault) : fault_(std::move(fault)) {}

  bool ok() const { return !fault_.has_value(); }
  explicit operator bool() const { return ok(); }

  // REQUIRES: !ok().
  const Fault& fault() const { return *fault_; }

 private:
  std::optional<Fault> fault_;
};

inline Result<void> Ok() { return {}; }

}  // namespace tr

#define TR_CONCAT_(a, b) a##b
#define TR_CONCAT(a, b) TR_CONCAT_(a, b)

// TR_TRY(expression): returns the expression's fault from the enclosing function; goes on when it succeeded.
#define TR_TRY(expression)                                                        \
  do {                                                                            \
    if (auto tr_result = (expression); !tr_result.ok()) return tr_result.fault(); \
  } while (false)

// TR_ASSIGN(auto x, expression): x becomes the value, or the enclosing function returns the fault.
#define TR_ASSIGN(declaration, expression) TR_ASSIGN_(TR_CONCAT(tr_result_, __LINE__), declaration, expression)
#define TR_ASSIGN_(result, declaration, expression) \
  auto result = (expression);                       \
  if (!result.ok()) return result.fault();          \
  declaration = *std::move(result)
