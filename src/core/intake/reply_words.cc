#include "intake/reply_words.h"

namespace tr::intake {
namespace {

using enum QuoteLabel;

constexpr LabelWord kLabels[] = {
    {"from", kFrom},          {"von", kFrom},          {"de", kFrom},            {"da", kFrom},           {"van", kFrom},
    {"från", kFrom},          {"fra", kFrom},          {"lähettäjä", kFrom},     {"od", kFrom},           {"от", kFrom},
    {"від", kFrom},           {"feladó", kFrom},       {"kimden", kFrom},        {"gönderen", kFrom},     {"от кого", kFrom},
    {"发件人", kFrom},        {"寄件者", kFrom},       {"寄件人", kFrom},        {"差出人", kFrom},       {"보낸 사람", kFrom},
    {"보낸사람", kFrom},      {"từ", kFrom},           {"dari", kFrom},          {"από", kFrom},          {"מאת", kFrom},
    {"من", kFrom},            {"remitente", kFrom},    {"expéditeur", kFrom},    {"absender", kFrom},     {"mittente", kFrom},
    {"afzender", kFrom},      {"nadawca", kFrom},      {"odesílatel", kFrom},    {"expeditor", kFrom},    {"de la", kFrom},
    {"saatja", kFrom},        {"nuo", kFrom},          {"no", kFrom},            {"message de", kFrom},   {"reply-to", kFrom},
    {"sent", kDate},          {"date", kDate},         {"gesendet", kDate},      {"datum", kDate},        {"envoyé", kDate},
    {"envoyé le", kDate},     {"enviado", kDate},      {"enviado el", kDate},    {"enviado em", kDate},   {"fecha", kDate},
    {"data", kDate},          {"inviato", kDate},      {"verzonden", kDate},     {"skickat", kDate},      {"sendt", kDate},
    {"dato", kDate},          {"lähetetty", kDate},    {"päiväys", kDate},       {"päivämäärä", kDate},   {"wysłano", kDate},
    {"wysłane", kDate},       {"odesláno", kDate},     {"отправлено", kDate},    {"дата", kDate},         {"надіслано", kDate},
    {"elküldve", kDate},      {"dátum", kDate},        {"gönderildi", kDate},    {"tarih", kDate},        {"gönderme tarihi", kDate},
    {"发送时间", kDate},      {"发送日期", kDate},     {"日期", kDate},          {"寄件日期", kDate},     {"送信日時", kDate},
    {"日時", kDate},          {"日付", kDate},         {"보낸 날짜", kDate},     {"날짜", kDate},         {"trimis", kDate},
    {"message du", kDate},    {"data wysłania", kDate}, {"sendt den", kDate},    {"gesendet am", kDate},  {"sent on", kDate},
    {"ngày", kDate},          {"đã gửi", kDate},       {"dikirim", kDate},       {"tanggal", kDate},      {"ημερομηνία", kDate},
    {"to", kTo},              {"an", kTo},             {"à", kTo},               {"a", kTo},              {"para", kTo},
    {"aan", kTo},             {"till", kTo},           {"til", kTo},             {"vastaanottaja", kTo},  {"do", kTo},
    {"komu", kTo},            {"кому", kTo},           {"címzett", kTo},         {"kime", kTo},           {"alıcı", kTo},
    {"收件人", kTo},          {"收件者", kTo},         {"宛先", kTo},            {"받는 사람", kTo},      {"받는사람", kTo},
    {"către", kTo},           {"đến", kTo},            {"kepada", kTo},          {"προς", kTo},           {"אל", kTo},
    {"cc", kTo},              {"copie à", kTo},        {"kopie", kTo},           {"kopi", kTo},           {"kopia", kTo},
    {"copia", kTo},           {"destinataire", kTo},   {"empfänger", kTo},       {"destinatario", kTo},   {"copie", kTo},
    {"subject", kSubject},    {"betreff", kSubject},   {"objet", kSubject},      {"sujet", kSubject},     {"asunto", kSubject},
    {"assunto", kSubject},    {"oggetto", kSubject},   {"onderwerp", kSubject},  {"ämne", kSubject},      {"emne", kSubject},
    {"aihe", kSubject},       {"temat", kSubject},     {"předmět", kSubject},    {"predmet", kSubject},   {"тема", kSubject},
    {"tárgy", kSubject},      {"konu", kSubject},      {"主题", kSubject},       {"主旨", kSubject},      {"件名", kSubject},
    {"제목", kSubject},       {"subiect", kSubject},   {"chủ đề", kSubject},     {"subjek", kSubject},    {"θέμα", kSubject},
    {"נושא", kSubject},       {"assumpte", kSubject},  {"re", kSubject},         {"teema", kSubject},     {"tema", kSubject},
};

constexpr std::string_view kWrote[] = {
    "wrote",     "writes",   "schrieb",   "geschrieben", "schreef",  "a écrit",   "ecrit",     "écrit",     "escribió", "escribio",
    "ha escrit", "va escriure", "escreveu", "ha scritto", "scrisse", "skrev",     "skriver",   "napisał",   "napisała", "napisal",
    "pisze",     "píše",     "napísal",   "написал",     "написала", "пишет",     "написав",   "пише",      "kirjoitti", "yazdı",
    "yazmış",    "írta",     "ezt írta",  "a scris",     "написа",   "έγραψε",    "写道",      "寫道",      "작성",     "のメッセージ",
    "đã viết",   "menulis",  "เขียน",      "כתב",         "كتب",      "rašė",      "rakstīja",  "kirjutas",  "napisao",  "je napisao",
    "je napisal", "skrifaði", "idatzi du", "escribiu",   "wrote on", "さんは書きました", "님이 씀", "said",
};

constexpr std::string_view kOn[] = {
    "on",  "am",   "le",   "el",   "il",  "em",  "op",  "den", "w dniu", "dnia", "dne", "dňa", "på", "на", "в", "pe", "din", "la",
    "vào", "pada", "στις", "при",  "在",  "於",  "于",  "ngày", "a",    "il giorno", "at", "at:", "no", "no dia", "în", "kuupäeval",
};

constexpr std::string_view kOriginal[] = {
    "original message",      "original email",    "original appointment", "reply message",       "reply above this line",
    "ursprüngliche nachricht", "originalnachricht", "original-nachricht",  "ursprungliche nachricht", "message d'origine", "message original",
    "mensaje original",      "mensagem original", "messaggio originale",  "oorspronkelijk bericht", "originele bericht", "origineel bericht",
    "ursprungligt meddelande", "originalmeddelande", "oprindelig meddelelse", "original meddelelse", "opprinnelig melding",
    "alkuperäinen viesti",   "wiadomość oryginalna", "oryginalna wiadomość", "původní zpráva",   "pôvodná správa", "исходное сообщение",
    "оригинальное сообщение", "оригінальне повідомлення", "eredeti üzenet", "orijinal mesaj",    "özgün ileti", "原始邮件", "原始郵件",
    "原件",                  "元のメッセージ",    "original message follows", "원본 메시지", "원본 메세지", "mesaj original", "mesajul original",
    "αρχικό μήνυμα",         "missatge original", "pesan asli", "thư gốc", "message précédent", "réponse", "antwort auf",
};

constexpr std::string_view kForwarded[] = {
    "forwarded message", "begin forwarded message", "weitergeleitete nachricht", "anfang der weitergeleiteten nachricht",
    "message transféré", "message transmis", "début du message réexpédié", "mensaje reenviado", "inicio del mensaje reenviado",
    "mensagem encaminhada", "mensagem reencaminhada", "início da mensagem reencaminhada", "messaggio inoltrato",
    "inizio messaggio inoltrato", "doorgestuurd bericht", "begin doorgestuurd bericht", "vidarebefordrat meddelande",
    "vidarebefordrat brev", "videresendt meddelelse", "videresendt melding", "välitetty viesti", "edelleenlähetetty viesti",
    "wiadomość przekazana dalej", "przekazana wiadomość", "přeposlaná zpráva", "пересланное сообщение",
    "перенаправленное сообщение", "továbbított üzenet", "iletilen ileti", "yönlendirilen ileti", "转发邮件", "轉寄郵件",
    "転送メッセージ", "전달된 메시지", "mesaj redirecționat", "προωθημένο μήνυμα",
};

constexpr std::string_view kFooterStarts[] = {
    "sent from my ", "sent from outlook", "sent from mail for ", "sent from yahoo", "sent from samsung", "sent from mobile",
    "sent from an? ", "sent from proton", "sent with ", "sent via ", "sent using ", "get outlook for ", "get bluemail for ",
    "von meinem ", "von meiner ", "gesendet von ", "gesendet mit ", "gesendet über ", "diese nachricht wurde von meinem ",
    "envoyé depuis ", "envoyé de mon ", "envoyé à partir de ", "envoyé d'", "envoyé avec ", "télécharger outlook",
    "obtenez outlook", "provenance : courrier", "enviado desde ", "enviado do meu ", "enviado de mi ", "enviado a partir do ", "enviado via ",
    "enviado do ", "obtener outlook", "obter o outlook", "inviato da ", "inviato dal ", "ottieni outlook", "scarica outlook",
    "verzonden vanaf ", "verzonden met ", "verstuurd vanaf ", "verstuurd van ", "verstuurd met ", "outlook voor ", "skickat från ",
    "skickat frå", "hämta outlook", "sendt fra ", "hent outlook", "få outlook", "lähetetty ", "hanki outlook", "wysłane z ", "wysłano z ",
    "pobierz outlook", "odesláno z ", "odoslané z ", "отправлено с ", "отправлено из ", "надіслано з ", "küldve ", "trimis de pe ",
    "gönderen: ", "发自我的", "从我的", "從我的", "傳送自", "发送自", "나의 ", "내 ", "στάλθηκε από ", "enviat des de ", "đã gửi từ ",
    "dikirim dari ", "poslano iz ", "poslané z ",
};

constexpr std::string_view kFooterEnds[] = {
    "から送信", "에서 보냄", "에서 발송", "gesendet", "tarafından gönderildi", "'dan gönderildi", "'den gönderildi", "iphone'umdan gönderildi",
};

constexpr std::string_view kDisclaimerStarts[] = {
    "this e-mail", "this email", "this message", "this communication", "this transmission", "the information contained in",
    "the information in this", "the contents of this", "the content of this", "confidentiality notice", "confidentiality note",
    "confidential:", "disclaimer", "legal notice", "notice:", "important notice", "important:", "caution:", "e-mail disclaimer",
    "any views or opinions", "please consider the environment", "consider the environment", "think before you print", "diese e-mail", "diese email", "diese nachricht",
    "der inhalt dieser", "die information in dieser", "die in dieser", "hinweis:", "vertraulichkeitshinweis", "ce message", "ce courriel", "cet e-mail",
    "cet email", "les informations contenues", "avis de confidentialité", "este mensaje", "este correo", "la información contenida",
    "aviso legal", "aviso de confidencialidad", "esta mensagem", "este e-mail", "este email", "as informações contidas", "questo messaggio",
    "questa e-mail", "le informazioni contenute", "ai sensi", "dit bericht", "deze e-mail", "dit e-mailbericht", "de informatie in", "detta e-post",
    "detta meddelande", "denne e-mail", "denne e-post", "tämä viesti", "ta wiadomość", "niniejsza wiadomość", "tato zpráva", "настоящее сообщение",
    "это сообщение", "本邮件", "此邮件", "本メール", "이 메일",
};

constexpr std::string_view kDisclaimerWords[] = {
    "confiden", "privileged", "intended", "unauthori", "environment", "print", "views or opinions", "viruses", "vertraulich", "bestimmt", "empfänger",
    "rechtlich", "destiné", "destin", "confidenz", "riservat", "vertrouwelijk", "bestemd", "konfidentiel", "fortrolig", "luottamuk", "poufn",
    "důvěrn", "конфиденц", "保密", "机密", "機密", "기밀",
};

}  // namespace

std::span<const LabelWord> QuoteLabels() { return kLabels; }
std::span<const std::string_view> WroteWords() { return kWrote; }
std::span<const std::string_view> OnWords() { return kOn; }
std::span<const std::string_view> OriginalMessageWords() { return kOriginal; }
std::span<const std::string_view> ForwardedMessageWords() { return kForwarded; }
std::span<const std::string_view> FooterStarts() { return kFooterStarts; }
std::span<const std::string_view> FooterEnds() { return kFooterEnds; }
std::span<const std::string_view> DisclaimerStarts() { return kDisclaimerStarts; }
std::span<const std::string_view> DisclaimerWords() { return kDisclaimerWords; }

}  // namespace tr::intake
