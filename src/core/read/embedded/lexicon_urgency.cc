// Words that say how long something can wait.

#include <array>

#include "read/embedded/lexicon.h"

namespace tr::read {
namespace {

constexpr Cue Urgent(std::string_view patterns) { return {patterns, CueKind::kUrgent, 0}; }
constexpr Cue Trouble(std::string_view patterns) { return {patterns, CueKind::kTrouble, 0}; }
constexpr Cue Patient(std::string_view patterns) { return {patterns, CueKind::kPatient, 0}; }

constexpr auto kCues = std::to_array<Cue>({
    // English.
    Urgent("urgent*|urgency|asap|immediate|immediately|emergency|emergencies"),
    Urgent("critical issue|problem|error|situation|bug|failure"),
    Urgent("business critical;business|production stopped|halted;at a standstill"),
    Urgent("high|highest|top priority"),
    Urgent("at once;without delay;right this minute"),
    Urgent("we|team|staff can't|cannot work;nobody can work"),
    Urgent("los* ~ money|sales|customers|orders|business"),
    Urgent("hacked|stolen;security|data breach;data leak;identity theft;account ~ compromised"),
    Urgent("fraud|fraudulent*|phishing"),
    Urgent(
        "injured|injury|hospital|ambulance|bleeding|smoke|burned|burnt;allergic reaction;electric shock;caught fire"),
    Trouble("as soon as possible"),
    Trouble("quickly|soonest;right away"),
    Trouble("not|doesn't|isn't|don't|won't|didn't|never|stopped|doesnt|isnt|wont|cant ~ "
            "work|works|working|function*|load|loads|loading|open|opens|start|starts"),
    Trouble("can't|cannot|couldn't|unable|cant ~ "
            "log|login|sign|access|open|order|use|pay|checkout|connect|download|print|install"),
    Trouble("broken|broke|error*|crash*|fails|failed|failing|failure|stuck|freez*|frozen"),
    Trouble("defective|faulty|damaged|leak*|shattered|cracked"),
    Trouble("still waiting|nothing|no|not|haven't|hasn't"),
    Trouble("never arrived|came|received|got|showed"),
    Trouble("missing|overdue|delayed;lost parcel|package|order|item*"),
    Trouble("locked"),
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
    Trouble("schnellstmoglich*|schnellstens|zeitnah*|baldmoglichst*;so schnell wie moglich"),
    Trouble("funktioniert|geht|klappt|ladt|offnet|startet ~ nicht"),
    Trouble("kaputt|defekt*|fehler*|absturz*|beschadigt*|zerbrochen|gebrochen"),
    Trouble("kann|konnte ~ nicht ~ einloggen|anmelden|bestellen|bezahlen|zugreifen|offnen"),
    Trouble("immer noch nicht|kein*|nichts;noch immer nicht|kein*|nichts"),
    Trouble("fehlt|fehlen|verloren|verspatet|gesperrt|falsche*"),
    Patient("nicht|kein|keine ~ dringend|eilig|eile|stress|hektik"),
    Patient("eilt nicht"),
    Patient("in ruhe;bei gelegenheit"),
    // French.
    Urgent("urgent*|urgence*|immediat*;tout de suite;sans delai"),
    Urgent("pirate|piratee|fraude*|usurp*|blesse*|hopital|allergique*|brule*"),
    Trouble("rapidement;des que possible;au|le plus vite"),
    Trouble("fonctionne*|marche*|charge*|ouvre* pas|plus"),
    Trouble("casse*|brise*|abime*|endommage*|defectueu*|erreur*|bug*|plante*|panne"),
    Trouble("impossible ~ connecter|acceder|commander|payer|ouvrir"),
    Trouble("peux|arrive|parviens|peut pas|plus"),
    Trouble("toujours pas|rien;encore rien"),
    Trouble("manque*|perdu*|bloque*;en retard"),
    Patient("pas|rien ~ urgent|presse*|urgence"),
    Patient("prenez votre temps"),
    Patient("quand vous ~ temps|moment|pourrez|voulez"),
    // Spanish.
    Urgent("urgente*|urgencia|urge|inmediat*|emergencia*;ya|ahora mismo"),
    Urgent("hackead*|fraude*|herid*|hospital|alergic*|quemad*"),
    Trouble("rapidamente;cuanto antes;lo antes posible"),
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
