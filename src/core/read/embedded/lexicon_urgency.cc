// Words that say how long something can wait.

#include <array>

#include "read/embedded/lexicon.h"

namespace tr::read {
namespace {

constexpr Cue Urgent(std::string_view pattern) { return {pattern, CueKind::kUrgent, 0}; }
constexpr Cue Trouble(std::string_view pattern) { return {pattern, CueKind::kTrouble, 0}; }
constexpr Cue Patient(std::string_view pattern) { return {pattern, CueKind::kPatient, 0}; }

constexpr auto kCues = std::to_array<Cue>({
    // English.
    Urgent("urgent*|urgency|asap|immediate|immediately|emergency|emergencies"),
    Urgent("critical issue|problem|error|situation|bug|failure"),
    Urgent("business critical|stopped|halted|at a standstill"),
    Urgent("high|highest|top priority"),
    Urgent("at once|without delay|right this minute"),
    Urgent("we|team|staff|nobody can't|cannot|can work"),
    Urgent("los* ~ money|sales|customers|orders|business"),
    Urgent("hacked|security breach|data breach|data leak|identity theft|account ~ compromised|stolen"),
    Urgent("fraud|fraudulent*|phishing"),
    Urgent(
        "injured|injury|hospital|ambulance|allergic reaction|bleeding|electric shock|caught fire|smoke|burned|burnt"),
    Trouble("as soon as possible"),
    Trouble("right away|quickly|soonest"),
    Trouble("not|doesn't|isn't|don't|won't|didn't|never|stopped|doesnt|isnt|wont|cant ~ "
            "work|works|working|function*|load|loads|loading|open|opens|start|starts"),
    Trouble("can't|cannot|couldn't|unable|cant ~ "
            "log|login|sign|access|open|order|use|pay|checkout|connect|download|print|install"),
    Trouble("broken|broke|error*|crash*|fails|failed|failing|failure|stuck|freez*|frozen"),
    Trouble("defective|faulty|damaged|leak*|shattered|cracked"),
    Trouble("still waiting|nothing|no|not|haven't|hasn't"),
    Trouble("never arrived|came|received|got|showed"),
    Trouble("missing|overdue|delayed|lost parcel|package|order|item*"),
    Trouble("locked out|locked"),
    Trouble("wrong item|size|product|address|order|colour|color|amount"),
    Patient("no rush|hurry|stress"),
    Patient("not|isn't|nothing ~ urgent|rush|hurry|pressing"),
    Patient("whenever you|convenient|suits"),
    Patient("when you have|get|find ~ time|chance|moment|minute"),
    Patient("take your time"),
    Patient("low priority"),
    Patient("just curious|wondering|asking"),
    // German.
    Urgent("dringend*|dringlich*|eilig*|eilt|sofort|sofortige*|umgehend*|unverzuglich*|notfall*|brandeilig"),
    Urgent("gehackt|datenleck|betrug|betrugs*|verletzt|krankenhaus|allergisch*|stromschlag|verbrannt"),
    Trouble("so schnell wie moglich|schnellstmoglich*|schnellstens|zeitnah*|baldmoglichst*"),
    Trouble("funktioniert|geht|klappt|ladt|offnet|startet ~ nicht"),
    Trouble("kaputt|defekt*|fehler*|fehlermeldung|absturz*|sturzt ab|beschadigt*|zerbrochen|gebrochen"),
    Trouble("kann|konnte ~ nicht ~ einloggen|anmelden|bestellen|bezahlen|zugreifen|offnen"),
    Trouble("immer noch|noch immer nicht|kein*|nichts"),
    Trouble("fehlt|fehlen|verloren|verspatet|gesperrt|falsche*"),
    Patient("nicht|kein|keine ~ dringend|eilig|eile|stress|hektik"),
    Patient("eilt nicht"),
    Patient("in ruhe|bei gelegenheit"),
    // French.
    Urgent("urgent*|urgence*|immediat*|tout de suite|sans delai"),
    Urgent("pirate|piratee|fraude*|usurp*|blesse*|hopital|allergique*|brule*"),
    Trouble("des que possible|au plus vite|le plus vite|rapidement|plus rapidement possible"),
    Trouble("fonctionne*|marche*|charge*|ouvre* pas|plus"),
    Trouble("casse*|brise*|abime*|endommage*|defectueu*|erreur*|bug*|plante*|panne"),
    Trouble("impossible ~ connecter|acceder|commander|payer|ouvrir"),
    Trouble("peux|arrive|parviens|peut pas|plus"),
    Trouble("toujours|encore pas|rien"),
    Trouble("manque*|perdu*|en retard|bloque*"),
    Patient("pas|rien ~ urgent|presse*|urgence"),
    Patient("prenez votre temps"),
    Patient("quand vous ~ temps|moment|pourrez|voulez"),
    // Spanish.
    Urgent("urgente*|urgencia|urge|inmediat*|emergencia*|de inmediato|ya mismo|ahora mismo"),
    Urgent("hackead*|fraude*|herid*|hospital|alergic*|quemad*"),
    Trouble("cuanto antes|lo antes posible|rapidamente"),
    Trouble("no ~ funciona*|carga*|abre*|arranca*|sirve"),
    Trouble("no ~ puedo|podemos|consigo|logro ~ entrar|acceder|pagar|pedir|iniciar|abrir"),
    Trouble("rot*|danad*|defectuos*|averiad*|error*|fallo*|falla*"),
    Trouble("sigo|todavia|aun esperando|sin|no"),
    Trouble("falta*|perdid*|retrasad*|retraso|bloquead*"),
    Patient("no|sin ~ urgente|prisa|urgencia"),
    Patient("cuando ~ puedan|pueda|tengan|tenga ~ tiempo|momento"),
});

}  // namespace

std::span<const Cue> UrgencyCues() { return kCues; }

}  // namespace tr::read
