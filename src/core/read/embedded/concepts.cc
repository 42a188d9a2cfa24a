#include "read/embedded/concepts.h"

#include <array>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/text.h"

namespace tr::read {
namespace {

// A star is any ending. Where two fit, the longer one counts.
constexpr auto kConcepts = std::to_array<std::string_view>({
    "refund* reimburs* moneyback erstatt* ruckerstatt* ruckzahl* zuruckzahl* zuruckerstatt* rembours* reembols*",
    "money cash geld argent dinero euro euros",
    "return* retour* rucksend* zuruckschick* zuruckgeschickt zuruckgesendet zurucksend* renvoy* devol* devuel*",
    "cancel* storn* annul* kundig* abbestell* resili* anular* widerruf*",
    "order* purchase* bestell* commande* pedido* compra* achat*",
    "parcel* package* packet shipment* shipping shipped ship deliver* courier* paket* sendung lieferung* liefer* "
    "zustell* "
    "versand* verschickt colis livr* expedi* paquete* envio* entreg* enviado",
    "track* sendungsverfolg* sendungsnummer suivi seguimiento rastre*",
    "address* adress* anschrift direccion* domicilio umgezogen moved demenag* mudado",
    "arriv* angekommen ankommen ankam eingetroffen recu llega* llego recibido",
    "late delay* verspat* retard* retras* overdue",
    "pay pays paying paid payment* bezahl* zahl* paie* paye* pago pagos pagar pagado",
    "card cards creditcard karte karten kreditkarte* carte cartes tarjeta* visa mastercard",
    "charge charged charges charging abgebuch* abbuch* belastet debit* prelev* cobr* cargo cargos",
    "twice double doppelt* zweimal doble duplicad*",
    "declin* reject* refus* abgelehnt rechaz* deneg*",
    "invoice* receipt* bill bills rechnung* quittung* beleg* facture* factura* recibo*",
    "vat tax taxes mwst umsatzsteuer* ust ustid steuer* tva iva",
    "broken broke damag* smash* shatter* crack* defect* faulty kaputt* zerbroch* beschadig* casse* brise* abime* "
    "endommag* "
    "roto rota rotos rotas danad*",
    "wrong* incorrect* falsch* mauvais* erron* equivoca*",
    "missing incomplete fehlt fehlen fehlend* unvollstandig* manqu* incomplet* falta faltan",
    "login log logged logging signin sign signing einlogg* anmeld* connexion identifi* sesion",
    "password* passwort* kennwort* mdp passe contrasena* clave",
    "account* konto* kundenkonto compte* cuenta*",
    "reset* zurucksetz* reinitialis* restablec* forgot* vergess* oubli* olvid*",
    "lock locked block blocked gesperrt* bloqu* suspend*",
    "website* webpage* site page pages homepage webseite* seite webshop onlineshop sitio web pagina*",
    "app apps application appli aplicacion anwendung",
    "error* fehler* erreur* bug bugs fallo* crash* absturz* sturzt plante*",
    "basket* cart checkout warenkorb* kasse panier* carrito* cesta",
    "size sizes grosse grossen taille* talla* tamano*",
    "color colour colors colours farbe* couleur*",
    "stock availab* lager vorrat* verfugbar* lieferbar disponib* restock* existencias",
    "material* stoff leder leather cotton baumwolle cuir matiere* algodon",
    "fit fits fitting passt passen compatib* kompatib*",
    "price* pricing cost costs preis* kosten kostet prix tarif* precio* cuesta coute*",
    "discount* voucher* coupon* gutschein* rabatt* remise reduction* descuento* cupon*",
    "wholesale bulk reseller* grosshandel* grosshandler* grossbestell* wiederverkauf* grossiste* mayorista*",
    "company companies business* firma firmen unternehmen entreprise* societe* empresa* hotel* cafe cafes restaurant*",
    "quote quotes quotation* angebot* devis presupuesto* cotiz*",
    "delet* remov* eras* losch* entfern* supprim* effac* borr* elimin* suprim*",
    "data daten donnees datos gdpr dsgvo rgpd privacy datenschutz* privacidad",
    "subscri* abo abonn* membership* suscrip* mitgliedschaft*",
    "exchang* swap* umtausch* echang* cambio cambiar",
    "warrant* guarantee* garantie* gewahrleist* garantia*",
});

constexpr std::size_t kShortestStem = 3;

struct Table {
  std::unordered_map<std::string_view, int> words;
  std::unordered_map<std::string_view, int> stems;
};

Table Build() {
  Table table;
  for (std::size_t i = 0; i < kConcepts.size(); ++i) {
    for (std::string_view word : SplitText(kConcepts[i], ' ')) {
      const bool open = word.ends_with('*');
      if (open) word.remove_suffix(1);
      (open ? table.stems : table.words)[word] = static_cast<int>(i);
    }
  }
  return table;
}

}  // namespace

int ConceptOf(std::string_view folded) {
  static const Table table = Build();
  static constexpr std::size_t kLongestStem = 16;
  if (const auto word = table.words.find(folded); word != table.words.end()) return word->second;
  for (std::size_t size = std::min(folded.size(), kLongestStem); size >= kShortestStem; --size) {
    if (const auto stem = table.stems.find(folded.substr(0, size)); stem != table.stems.end()) return stem->second;
  }
  return -1;
}

}  // namespace tr::read
