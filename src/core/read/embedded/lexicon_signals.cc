// Words that report an outage, a payment that went wrong, or a day by which something must be done.

#include <array>

#include "read/embedded/lexicon.h"

namespace tr::read {
namespace {

constexpr Cue Outage(std::string_view patterns) { return {patterns, CueKind::kOutage, 0}; }
constexpr Cue Payment(std::string_view patterns) { return {patterns, CueKind::kPaymentFailure, 0}; }
constexpr Cue Deadline(std::string_view patterns) { return {patterns, CueKind::kDeadline, 0}; }
constexpr Cue Soon(std::string_view patterns) { return {patterns, CueKind::kDeadlineSoon, 0}; }

constexpr auto kLists = std::to_array<WordList>({
    {"@site",
     "site|website|webshop|webstore|homepage|page|pages|portal|app|server|servers|system|systems|shop|store|platform|"
     "service|services|api|dashboard|checkout|network|internet|database|everything|login|backend|webpage|sites"},
    {"@is", "is|are|was|were|has|have|been|be|seems|appears|went|goes|keeps|still|again|completely|currently|totally"},
    {"@down", "down|offline|unavailable|unreachable|inaccessible|dead"},
    {"@seite",
     "seite|webseite|website|internetseite|homepage|webshop|shop|onlineshop|app|server|system|portal|dienst|anwendung|"
     "internet|login|schnittstelle|plattform|netz"},
    {"@sitio", "sitio|web|pagina|tienda|app|aplicacion|servidor|sistema|portal|servicio|plataforma|red|internet"},
    {"@lieu", "site|page|boutique|appli|application|serveur|systeme|portail|service|plateforme|reseau|internet"},
    {"@day",
     "monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekend|christmas|easter|january|february|april|june|"
     "july|august|september|october|november|december|noon|midnight"},
    {"@tag",
     "montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|wochenende|weihnachten|ostern|silvester|monatsende|"
     "januar|februar|marz|april|mai|juni|juli|august|september|oktober|november|dezember"},
    {"@jour",
     "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|week|noel|paques|janvier|fevrier|avril|juin|juillet|aout|"
     "septembre|octobre|novembre|decembre"},
    {"@dia",
     "lunes|martes|miercoles|jueves|viernes|sabado|domingo|finde|navidad|reyes|enero|febrero|abril|junio|julio|agosto|"
     "septiembre|octubre|noviembre|diciembre"},
    {"@feast", "wedding|birthday|anniversary|funeral|christening|graduation|party|holiday|trip|exam|event|ceremony"},
});

constexpr auto kCues = std::to_array<Cue>({
    // English.
    Outage("outage*"),
    Outage("@site @is ~ @down"),
    Outage("@site down|offline|unreachable"),
    Outage("completely|totally down|offline"),
    Outage("down for everyone|everybody|all|us|hours"),
    Outage(
        "nobody|noone|everybody|everyone can|can't|cannot ~ log|login|order|access|work|connect|pay|sign|checkout|buy"),
    Outage("no one|customer|user|employee can ~ log|login|order|access|work|connect|pay|sign|checkout|buy"),
    Outage("none of us|our|my ~ can|able"),
    Outage("all ~ users|customers|staff|employees|colleagues ~ locked|cannot|can't|unable|affected"),
    Outage("production ~ down|stopped|standstill"),
    Outage("error|http|status|code 500|502|503|504"),
    Outage("502|503|504 error|bad|gateway|service"),
    Outage("service|server|temporarily unavailable"),
    Outage("bad gateway|gateway timeout|internal server error"),
    Outage("cannot|can't|unable ~ reach|access ~ @site ~ all"),
    Payment("charged|billed|debited|paid|deducted|charging|billing ~ twice|double|duplicate"),
    Payment("charged|billed|debited|deducted|charging ~ ~ two|three|2|3|multiple|several times"),
    Payment("charged|billed|debited ~ wrongly|incorrectly|mistake|wrong"),
    Payment("twice|double|doubly charged|billed|debited|charge|charges|charging|billing"),
    Payment("overcharged|duplicate charge*|payment*|transaction*"),
    Payment("money|payment|amount ~ taken|deducted|debited|withdrawn ~ twice|but|two"),
    Payment("took ~ money|payment ~ twice|but|two"),
    Payment("charged ~ but"),
    Payment("card|payment|transaction|paypal|visa|mastercard|checkout|purchase @is|got|gets|always|being ~ "
            "declined|rejected|refused|"
            "failed|failing|denied|blocked"),
    Payment("card|payment|payments|transaction|checkout|charge "
            "declined|rejected|refused|failed|fails|failure|error|denied"),
    Payment("declin*|reject*|refus* ~ card|payment|transaction"),
    Payment("failed|failing payment|transaction|charge|checkout"),
    Payment("can't|cannot|unable|couldn't|won't|cant ~ pay|checkout"),
    Payment("can't|cannot|unable ~ complete|make|finish ~ payment|purchase|checkout"),
    Payment("payment|card|paypal|transaction|checkout ~ not|doesn't|won't|didn't|isn't|hasn't ~ "
            "work|working|works|go|going|gone|"
            "process|accepted|processed|through"),
    Payment("unauthori* ~ charge|payment|transaction|charges"),
    Deadline("deadline*;time sensitive;no later than"),
    Deadline("by|before @day"),
    Deadline("by|before this|next|coming @day"),
    Deadline("need*|must ~ ~ on|this|next|for @day"),
    Deadline("by|before the end of"),
    Deadline("end of ~ day|business"),
    Deadline("for|before|until ~ @feast"),
    Deadline("@feast is|on|this|next ~ @day"),
    Deadline("@feast ~ tomorrow|tonight|today"),
    Deadline("in time for"),
    Deadline("within ~ hours|hour"),
    Deadline("running|run out of time"),
    Deadline("expires|expire|expiring|due ~ @day|soon"),
    Soon("by|before|until|due|expires|need*|latest|leave|leaving|flying|travel* ~ today|tonight|tomorrow"),
    Soon("end of today|business"),
    // German.
    Outage("@seite ist|sind|war|scheint ~ ~ down|offline|weg|ausgefallen|unerreichbar|tot|lahmgelegt"),
    Outage("@seite ~ nicht erreichbar|verfugbar"),
    Outage("ausfall|totalausfall|serverausfall|systemausfall|netzausfall|storung|grossstorung"),
    Outage("niemand|keiner kann ~ einloggen|anmelden|bestellen|arbeiten|zugreifen|bezahlen"),
    Outage("nichts geht|funktioniert mehr"),
    Outage("alles steht still"),
    Payment("doppelt|zweimal ~ abgebucht|belastet|berechnet|bezahlt|abgezogen|eingezogen"),
    Payment("abgebucht|belastet|abgezogen ~ doppelt|zweimal"),
    Payment(
        "zahlung|bezahlung|karte|kreditkarte|ec|paypal|lastschrift|uberweisung ~ abgelehnt|fehlgeschlagen|gescheitert|"
        "abgebrochen|verweigert|gesperrt"),
    Payment("zahlung|bezahlung|bezahlen|zahlen ~ nicht ~ "
            "moglich|durchgefuhrt|akzeptiert|angenommen|geklappt|funktioniert|durch"),
    Payment("zahlung|bezahlung|bezahlen|kasse klappt|geht|funktioniert ~ nicht"),
    Payment("kann|konnte ~ nicht bezahlen|zahlen"),
    Payment("zahlungsfehler|zahlungsproblem*|doppelbuchung|fehlbuchung|doppelabbuchung"),
    Payment("schlagt ~ fehl"),
    Deadline("bis|vor|spatestens ~ @tag"),
    Deadline("frist|fristen|deadline|stichtag|abgabetermin|rechtzeitig|spatestens"),
    Deadline("zur|fur|vor ~ hochzeit|geburtstag|taufe|feier|urlaub|reise|konfirmation|jubilaum"),
    Deadline("hochzeit|geburtstag|taufe|feier ~ ist|am|schon ~ @tag"),
    Soon("bis|spatestens|noch|brauche*|muss ~ heute|morgen|ubermorgen|mittag"),
    Soon("hochzeit|geburtstag|taufe|feier ~ heute|morgen|ubermorgen"),
    // French.
    Outage("@lieu est|sont|semble ~ panne|hors|inaccessible|indisponible|down|tombe|plante|injoignable"),
    Outage("panne generale|totale|complete"),
    Outage("plus rien ne marche|fonctionne"),
    Outage("personne ne ~ connecter|commander|travailler|acceder|payer"),
    Outage("hors service"),
    Payment("debite*|preleve*|facture*|paye* ~ deux|double|2"),
    Payment("double|deux prelevement*|paiement*|debit*|facturation"),
    Payment("paiement|carte|transaction|paypal|virement ~ refuse*|rejete*|echoue*|echec|bloque*"),
    Payment("paiement ne ~ passe|fonctionne|marche|aboutit"),
    Payment("echec ~ paiement"),
    Payment("impossible ~ payer|regler"),
    Deadline("avant|pour|ici ~ @jour"),
    Deadline("echeance;date limite;au plus tard"),
    Deadline("pour|avant ~ mariage|anniversaire|bapteme|fete|voyage|vacances"),
    Soon("avant|pour|ici|besoin ~ demain|aujourd'hui|soir"),
    // Spanish.
    Outage("@sitio esta|estan|sigue|parece ~ caida|caido|caidos|inaccesible|fuera|down"),
    Outage("caida ~ sistema|servicio|servidor|web"),
    Outage("se cayo ~ @sitio;ha caido ~ @sitio"),
    Outage("nadie puede ~ entrar|acceder|comprar|trabajar|conectar|pagar"),
    Outage("fuera de servicio"),
    Outage("nada funciona"),
    Payment("cobr*|cargad*|pagad* ~ dos|doble|duplicad*|2"),
    Payment("doble cobro|cargo|pago"),
    Payment("cargo|cobro|pago duplicado|doble"),
    Payment("pago|tarjeta|transaccion|paypal ~ rechaz*|deneg*|fall*|declinad*|bloquead*"),
    Payment("no ~ puedo|pude|consigo|deja|permite pagar"),
    Payment("error ~ pago|pagar"),
    Deadline("antes|para ~ @dia"),
    Deadline("plazo;fecha limite;mas tardar"),
    Deadline("para|antes ~ boda|cumpleanos|bautizo|fiesta|viaje|comunion"),
    Soon("antes|para|necesito ~ hoy|manana"),
});

}  // namespace

std::span<const Cue> SignalCues() { return kCues; }
std::span<const WordList> WordLists() { return kLists; }

std::string_view Negations() {
  return "not|no|never|without|isn't|wasn't|aren't|weren't|don't|doesn't|didn't|haven't|hasn't|isnt|dont|hardly|"
         "nothing|"
         "nicht|kein|keine|keinen|keinerlei|nie|ohne|pas|aucun|aucune|sans|jamais|ningun|ninguna|sin|nunca|ni";
}

}  // namespace tr::read
