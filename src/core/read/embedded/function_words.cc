#include "read/embedded/function_words.h"

#include <unordered_set>

#include "base/text.h"

namespace tr::read {
namespace {

constexpr std::string_view kWords =
    // English
    "a an the this that these those i i'm i've i'd i'll me my mine you your yours you're he she it it's its we we're "
    "our us "
    "they their them is are am was were be been being do does did have has had will would shall should could can may "
    "might "
    "must and or but so as if of to in on at for with by from about into than then there here just also too very "
    "please hi "
    "hello hey dear thanks thank some any one ones get got let know want need like would tell help question sir madam "
    "team "
    // German
    "der die das dem den des ein eine einen einem einer eines ich mich mir mein meine meinen meinem meiner du dich dir "
    "dein "
    "sie ihr ihre ihren ihrem ihnen er es wir uns unser unsere ist sind bin war waren sein habe hat haben hatte hatten "
    "wird "
    "werden wurde wurden kann konnen konnte konnten soll sollte mochte mochten und oder aber auch so als wenn dass von "
    "zu zum "
    "zur im in am an auf fur mit bei aus uber nach noch schon nur mal doch bitte hallo guten tag danke sehr geehrte "
    "damen "
    "herren frage hilfe "
    // French
    "le la les l un une des du de d je j'ai me m mon ma mes tu te ton ta vous votre vos il elle on nous notre nos ils "
    "elles "
    "est sont suis etait etre ai a avez avons ont avoir c'est ce cet cette ces et ou mais aussi que qui en au aux dans "
    "sur "
    "pour avec par bonjour bonsoir merci s'il plait svp madame monsieur y "
    // Spanish
    "el los las lo un una unos unas de del al yo me mi mis tu tus usted ustedes su sus nos nuestro nuestra es son soy "
    "era "
    "ser esta estan estoy ha he han haber hay y o pero tambien que en con por para se le les hola buenos buenas dias "
    "tardes "
    "gracias favor";

}  // namespace

bool IsFunctionWord(std::string_view folded) {
  static const std::unordered_set<std::string_view> words = [] {
    std::unordered_set<std::string_view> set;
    for (const std::string_view word : SplitText(kWords, ' ')) set.insert(word);
    return set;
  }();
  return words.contains(folded);
}

}  // namespace tr::read
