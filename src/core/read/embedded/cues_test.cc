#include "read/embedded/cues.h"

#include <gtest/gtest.h>

#include <string>

namespace tr::read {
namespace {

Cues Of(std::string_view text) { return FindCues(Tokenize("", text)); }

struct SignalCase {
  const char* text;
  Signals want;
};

class SignalTest : public testing::TestWithParam<SignalCase> {};

TEST_P(SignalTest, IsFoundOrNot) { EXPECT_EQ(Of(GetParam().text).signals, GetParam().want) << GetParam().text; }

constexpr Signals kNone;
constexpr Signals kOutage{Signal::kOutage};
constexpr Signals kPayment{Signal::kPaymentFailure};
constexpr Signals kDeadline{Signal::kDeadline};

INSTANTIATE_TEST_SUITE_P(
    Cues, SignalTest,
    testing::Values(
        SignalCase{"Your site is down.", kOutage}, SignalCase{"The site's down since ten", kOutage},
        SignalCase{"The server has been completely offline", kOutage},
        SignalCase{"The site is not down, I just cannot find it", kNone},
        SignalCase{"There is no outage, all is fine", kNone}, SignalCase{"Nobody can log in", kOutage},
        SignalCase{"Error 502 on your page", kOutage}, SignalCase{"I sat down to write to you", kNone},
        SignalCase{"Do you sell down jackets on your site?", kNone}, SignalCase{"The app is great", kNone},
        SignalCase{"Ihr Shop ist seit heute früh offline", kOutage},
        SignalCase{"Die Seite ist nicht erreichbar", kOutage}, SignalCase{"Le site est en panne", kOutage},
        SignalCase{"La página está caída", kOutage}, SignalCase{"Nadie puede entrar", kOutage},
        SignalCase{"I was charged twice", kPayment}, SignalCase{"You charged my credit card two times", kPayment},
        SignalCase{"My card was declined", kPayment}, SignalCase{"The payment does not go through", kPayment},
        SignalCase{"My card was not declined", kNone}, SignalCase{"Can I pay by card?", kNone},
        SignalCase{"Das Geld wurde doppelt abgebucht", kPayment}, SignalCase{"Meine Zahlung wurde abgelehnt", kPayment},
        SignalCase{"Mon paiement a été refusé", kPayment}, SignalCase{"J'ai été débité deux fois", kPayment},
        SignalCase{"Me han cobrado dos veces", kPayment}, SignalCase{"No puedo pagar", kPayment},
        SignalCase{"I need it by Friday", kDeadline}, SignalCase{"It arrived on Friday", kNone},
        SignalCase{"It is for my daughter's birthday", kDeadline}, SignalCase{"Ich brauche es bis Samstag", kDeadline},
        SignalCase{"Il me le faut avant vendredi", kDeadline}, SignalCase{"Lo necesito antes del viernes", kDeadline},
        SignalCase{"", kNone}));

struct UrgencyCase {
  const char* text;
  Urgency want;
};

class UrgencyTest : public testing::TestWithParam<UrgencyCase> {};

TEST_P(UrgencyTest, IsHeard) { EXPECT_EQ(Of(GetParam().text).urgency, GetParam().want) << GetParam().text; }

INSTANTIATE_TEST_SUITE_P(
    Cues, UrgencyTest,
    testing::Values(
        UrgencyCase{"Is the blue one coming back?", Urgency::kLow}, UrgencyCase{"This is urgent", Urgency::kHigh},
        UrgencyCase{"This is not urgent", Urgency::kLow}, UrgencyCase{"URGENT: please call", Urgency::kHigh},
        UrgencyCase{"No rush, whenever you have time", Urgency::kLow},
        UrgencyCase{"The lamp does not work", Urgency::kMedium}, UrgencyCase{"The site is down", Urgency::kHigh},
        UrgencyCase{"I need it by tomorrow", Urgency::kHigh}, UrgencyCase{"I was charged twice", Urgency::kMedium},
        UrgencyCase{"Bitte dringend um Antwort", Urgency::kHigh}, UrgencyCase{"Es eilt nicht", Urgency::kLow},
        UrgencyCase{"C'est urgent", Urgency::kHigh}, UrgencyCase{"Ce n'est pas urgent", Urgency::kLow},
        UrgencyCase{"Es urgente", Urgency::kHigh}, UrgencyCase{"No es urgente", Urgency::kLow},
        UrgencyCase{"", Urgency::kLow}));

struct ToneCase {
  const char* text;
  Tone want;
};

class ToneTest : public testing::TestWithParam<ToneCase> {};

TEST_P(ToneTest, IsHeard) { EXPECT_EQ(Of(GetParam().text).tone, GetParam().want) << GetParam().text; }

INSTANTIATE_TEST_SUITE_P(
    Cues, ToneTest,
    testing::Values(ToneCase{"Where is my parcel?", Tone::kCalm}, ToneCase{"I am not angry, just curious", Tone::kCalm},
                    ToneCase{"This is unacceptable", Tone::kAngry}, ToneCase{"You thieves!", Tone::kAngry},
                    ToneCase{"I am disappointed", Tone::kFrustrated}, ToneCase{"I am not disappointed", Tone::kCalm},
                    ToneCase{"I ask for the third time now", Tone::kFrustrated},
                    ToneCase{"Still no answer", Tone::kFrustrated},
                    ToneCase{"STILL NO ANSWER FROM YOU!!! WHERE IS IT", Tone::kAngry},
                    ToneCase{"Thank you so much!!! I love it", Tone::kCalm},
                    ToneCase{"Das ist eine Frechheit", Tone::kAngry}, ToneCase{"Ich bin enttäuscht", Tone::kFrustrated},
                    ToneCase{"Ich bin enttauscht", Tone::kFrustrated},
                    ToneCase{"C'est une honte, bande de voleurs", Tone::kAngry},
                    ToneCase{"Je suis déçue", Tone::kFrustrated}, ToneCase{"Esto es una estafa", Tone::kAngry},
                    ToneCase{"Estoy decepcionado", Tone::kFrustrated}, ToneCase{"", Tone::kCalm}));

TEST(CuesTest, QuotesPointAtTheWords) {
  const Tokens tokens = Tokenize("Help", "Hello. Your site is down, and I was charged twice.");
  std::vector<std::string> quotes;
  for (const Quote& quote : FindCues(tokens).quotes) {
    const std::size_t begin = tokens.words[quote.first].begin;
    quotes.push_back(tokens.source.substr(begin, tokens.words[quote.last].end - begin));
  }
  EXPECT_EQ(quotes, (std::vector<std::string>{"site is down", "charged twice"}));
}

TEST(CuesTest, AnyBytesGiveAnAnswer) {
  for (const std::string& text : {std::string(100'000, 'a'), std::string(50'000, '!'), std::string("\xff\xfe\x80"),
                                  std::string("not ", 4) + std::string(20'000, '\0')}) {
    EXPECT_EQ(Of(text).signals, kNone);
  }
}

}  // namespace
}  // namespace tr::read
