// Words of frustration and anger, and of friendliness.

#include <array>

#include "read/embedded/lexicon.h"

namespace tr::read {
namespace {

constexpr Cue Heat(std::string_view patterns, float heat) { return {patterns, CueKind::kHeat, heat}; }

constexpr float kAngry = 2.0F;
constexpr float kCross = 1.4F;
constexpr float kFrustrated = 1.0F;
constexpr float kHint = 0.5F;
constexpr float kFriendly = -0.4F;
constexpr float kWarm = -0.8F;

constexpr auto kCues = std::to_array<Cue>({
    // English: insults, accusations and being beside oneself.
    Heat("unacceptable|inexcusable|outrageous|disgusting|disgusted|disgrace|disgraceful|shameful|appalling|appalled",
         kAngry),
    Heat("furious|livid|enraged|seething|infuriat*|outraged|fuming", kAngry),
    Heat("angry|pissed;mad at", kAngry),
    Heat("scam|scammer*|scammed|thief|thieves|crook*|liar*|fraudster*|swindl*|robbed;con artist|artists;rip|ripped off",
         kAngry),
    Heat("stealing|steal|stole ~ money", kAngry),
    Heat("idiot*|moron*|stupid|incompeten*|useless|clown*|pathetic;joke of a", kAngry),
    Heat("fuck*|shit*|bullshit|bastard*|asshole*|arse|wtf|damn|bloody|crap|bitch*;screw you;go to hell", kAngry),
    Heat("worst ~ service|company|experience|support|shop|store|customer|ever", kAngry),
    Heat("how dare you", kAngry),
    Heat("never again", kCross),
    Heat("never ~ order|buy|shop|use|business ~ again", kCross),
    Heat("sick of;sick and tired;had enough;enough is enough;fed up;last straw", kAngry),
    Heat("thanks for nothing", kAngry),
    Heat("what is wrong with you", kAngry),
    Heat("are you kidding", kAngry),
    Heat("complete|total|utter|absolute joke|disaster|nightmare|mess|rubbish|garbage|waste|shambles", kAngry),
    Heat("hate|despise|loathe", kCross),
    Heat("ridiculous|absurd|laughable|insulting|insane|horrible|horrendous|horrific|terrible|awful|atrocious|abysmal",
         kCross),
    Heat("rubbish|garbage|trash|nightmare|disaster;bad|a joke", kCross),
    Heat("demand ~ refund|money|answer|explanation|compensation|manager|immediately", kCross),
    Heat("i demand", kCross),
    Heat("sue|suing you|them", kCross),
    Heat("ombudsman;legal action;small claims;trading standards;consumer protection;better business bureau", kCross),
    Heat("chargeback;report you", kFrustrated),
    Heat("lawyer|attorney|solicitor", kHint),
    Heat("shame on you", kAngry),
    Heat("you people", kCross),
    Heat("impossible to reach", kFrustrated),
    Heat("lied|lying|lies|cheat*|deceiv*|misled|dishonest", kCross),
    Heat("get your act together;do your job;wake up", kAngry),
    Heat("disrespect*;shut up", kCross),
    // English: waiting, repeating oneself, being let down.
    Heat("frustrat*|annoy*|irritat*|disappoint*|dissatisf*|upset|unhappy|unsatisf*|aggravat*|exasperat*", kFrustrated),
    Heat("not|isn't|aren't|wasn't ~ acceptable|happy|impressed|amused|satisfied|pleased|funny", kFrustrated),
    Heat("not good enough", kCross),
    Heat("poor|bad|lousy service|support|quality|experience|communication", kFrustrated),
    Heat("unprofessional|unreliable|rude|unhelpful|careless|sloppy|inconvenien*|shocking|shocked", kFrustrated),
    Heat("complain*|complaint*", kFrustrated),
    Heat("second|third|fourth|fifth|sixth|tenth|hundredth time", kFrustrated),
    Heat("again and again;over and over;time and again;time after time;countless|many times", kFrustrated),
    Heat("several|multiple|three|four|five|six|ten|numerous times|emails|mails|messages|calls", kHint),
    Heat("keep|keeps ~ happening|failing|crashing|asking|telling|saying|getting|sending|breaking", kHint),
    Heat("no|nobody|noone|never|not ~ "
         "answer|answers|answered|reply|replied|replies|response|responds|responded|respond|cares",
         kFrustrated),
    Heat("no one ~ answers|answered|replies|replied|responds|responded|cares|helps", kFrustrated),
    Heat("ignored|ignoring;ignore me|us", kFrustrated),
    Heat("still no|not|nothing|waiting|haven't|hasn't|don't|didn't|isn't|doesn't", kFrustrated),
    Heat("waiting ~ weeks|months|forever|ages|days|hours", kHint),
    Heat("waited ~ weeks|months|forever|ages|days|hours", kHint),
    Heat("how long", kHint),
    Heat("how much longer;how many more", kFrustrated),
    Heat("wast* ~ time|money|hours|day", kCross),
    Heat("tired of;runaround;let down;given|giving up;losing|lost ~ patience", kFrustrated),
    Heat("can't|cannot|hard ~ believe", kHint),
    Heat("unbelievable;beyond|beggars belief", kCross),
    Heat("what the hell|heck;what on earth", kAngry),
    Heat("seriously;come on;for god|goodness|heaven sake", kHint),
    Heat("expected better;expected more from;promised ~ but|never", kFrustrated),
    Heat("supposed to", kHint),
    Heat("yet again", kFrustrated),
    Heat("cancel everything;cancel ~ account|subscription|membership", kHint),
    // English: friendliness.
    Heat("thanks|thx|cheers|appreciate*|grateful;thank you", kFriendly),
    Heat("kind|best|warm regards;kindly;have a nice|great|good|lovely", kFriendly),
    Heat("love|loved your|the|this|it", kWarm),
    Heat("great|excellent|wonderful|fantastic|amazing service|product|job|work|shop|team|support", kWarm),
    Heat("no worries|problem;just wondering|curious;quick question", kWarm),
    // German.
    Heat("unverschamt*|frechheit|skandal*|unfassbar|emporend*|emport|inakzeptabel|unakzeptabel|untragbar", kAngry),
    Heat("sauer|wutend|stinksauer|zornig|veraergert", kAngry),
    Heat("betrug|betruger*|abzocke*|verarsch*|diebe|lugner|gauner|verbrecher", kAngry),
    Heat("scheiss*|mist|verdammt|idiot*|unfahig*|inkompeten*|lacherlich*|sauladen|saftladen|katastroph*", kAngry),
    Heat("schlechtester|schlechteste|mieser|miserabel|mies|furchtbar*|schrecklich*", kCross),
    Heat("nie wieder", kCross),
    Heat("reicht ~ jetzt|mir", kCross),
    Heat("nase|schnauze voll", kAngry),
    Heat("was soll das", kCross),
    Heat("geht|kann ~ nicht ~ sein|gar", kHint),
    Heat("nicht akzeptabel|hinnehmbar|zumutbar|tragbar", kCross),
    Heat("anwalt|rechtsanwalt|anzeige|verbraucherzentrale", kFrustrated),
    Heat("enttausch*|frustrier*|verargert*|argerlich*|arger*|genervt|nervig|nervt|unzufrieden*|unmoglich", kFrustrated),
    Heat("beschwer*|zumutung;schlechter service|kundendienst", kFrustrated),
    Heat("immer noch nicht|kein*|nichts;noch immer nicht|kein*|nichts;noch immer;immer noch", kFrustrated),
    Heat("zum zweiten|dritten|vierten|funften|wiederholten mal", kFrustrated),
    Heat("niemand|keiner ~ antwortet|reagiert|meldet|erreichbar|hilft", kFrustrated),
    Heat("keine antwort|reaktion|ruckmeldung", kFrustrated),
    Heat("seit ~ wochen|monaten|ewig*", kHint),
    Heat("warte ~ seit|schon|immer", kHint),
    Heat("danke*|freundliche*|herzlich*;vielen dank;liebe|beste|viele grusse", kFriendly),
    // French.
    Heat("inacceptable*|inadmissible*|scandal*|honteu*|honte|revolt*|intolerable*|lamentable*|degueulasse", kAngry),
    Heat("arnaque*|escroc*|voleur*|menteur*|incompeten*|imbecile*|ridicule*|foutez|merde|putain|nul|nulle", kAngry),
    Heat("furieu*|enerve*|outre|outree;en colere", kAngry),
    Heat("marre;ras le bol;plus jamais;se moque ~ de|du", kCross),
    Heat("vous vous moquez|foutez", kAngry),
    Heat("horrible*|catastroph*;pire service|experience|societe|entreprise", kCross),
    Heat("decu*|deception|frustr*|mecontent*|agacant*|agace*|insatisf*|deplorable*|penible*|plainte*|reclamation*",
         kFrustrated),
    Heat("toujours pas|rien|aucune|aucun;encore rien", kFrustrated),
    Heat("deuxieme|troisieme|quatrieme|enieme fois", kFrustrated),
    Heat("aucune reponse|nouvelle|aide", kFrustrated),
    Heat("personne ne ~ repond|reponds|aide|rappelle", kFrustrated),
    Heat("pas de reponse|nouvelles", kFrustrated),
    Heat("depuis ~ semaines|mois|longtemps", kHint),
    Heat("avocat;mise en demeure;en justice", kFrustrated),
    Heat("merci|cordialement;bonne journee;bien a vous", kFriendly),
    // Spanish.
    Heat("inaceptable*|indignante*|indignad*|verguenza|vergonzos*|escandal*|intolerable*|inadmisible*|asco", kAngry),
    Heat("estafa*|estafador*|ladron*|mentiros*|incompeten*|inutil*|idiota*|ridicul*|mierda|joder|sinverguenza*",
         kAngry),
    Heat("furios*|enfadad*|enojad*|cabread*|indignad*|hart*", kAngry),
    Heat("horrible*|pesim*|nefast*;peor servicio|experiencia|empresa|tienda", kCross),
    Heat("nunca mas;tomadura de pelo;toman el pelo", kCross),
    Heat("decepcion*|frustra*|molest*|insatisfech*|descontent*|queja*|quejar*|reclamacion*|lamentable*", kFrustrated),
    Heat("sigo|seguimos|todavia|aun sin|no|esperando", kFrustrated),
    Heat("segunda|tercera|cuarta|enesima vez", kFrustrated),
    Heat("nadie ~ responde|contesta|ayuda|atiende", kFrustrated),
    Heat("sin respuesta|noticias|solucion", kFrustrated),
    Heat("hace ~ semanas|meses", kHint),
    Heat("abogado|denuncia*|consumidor", kFrustrated),
    Heat("gracias|saludo|saludos|cordialmente", kFriendly),
});

}  // namespace

std::span<const Cue> ToneCues() { return kCues; }

}  // namespace tr::read
