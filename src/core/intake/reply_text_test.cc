#include "intake/reply_text.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tr::intake {
namespace {

struct Row {
  std::string story;
  std::string text;
  std::string expected;
};

void Check(const std::vector<Row>& table) {
  for (const Row& row : table) EXPECT_EQ(NewText(row.text), row.expected) << row.story;
}

TEST(NewText, LeavesWhatIsNew) {
  Check({
      {"nothing", "", ""},
      {"only blanks", " \n\n", ""},
      {"words", "Where is my parcel?\n", "Where is my parcel?"},
      {"dashes inside a sentence", "It broke -- again.\nPlease help.", "It broke -- again.\nPlease help."},
      {"a list", "Missing:\n- a lamp\n- a chair\n", "Missing:\n- a lamp\n- a chair"},
      {"a sentence that starts like a footer", "Sent from my desk, not from my phone.",
       "Sent from my desk, not from my phone."},
      {"a sentence that starts like an attribution", "On Monday I wrote to you:\nno answer.",
       "On Monday I wrote to you:\nno answer."},
      {"only a quote", "> the old words", "> the old words"},
      {"one header word", "From: nobody knows whom\nwe got this.", "From: nobody knows whom\nwe got this."},
      {"thanks without a name", "Please call.\n\nThanks!", "Please call.\n\nThanks!"},
  });
}

TEST(NewText, TakesHistoryAway) {
  const std::string quote = "\n\n> old words\n> more\n";
  Check({
      {"quoted", "New." + quote, "New."},
      {"English", "New.\n\nOn Mon, 7 Dec 2026 at 09:00, Shop <help@shop.example> wrote:" + quote, "New."},
      {"wrapped", "New.\n\nOn Mon, 7 Dec 2026 at 09:00, Shop\n<help@shop.example>\nwrote:" + quote, "New."},
      {"wrapped inside the address", "New.\n\nOn Mon, 7 Dec 2026 at 09:00, Shop <help@shop.example\n>:" + quote,
       "New."},
      {"unmarked", "New.\n\nOn Mon, 7 Dec 2026 at 09:00, Shop <help@shop.example> wrote:\n\nold words", "New."},
      {"right behind a line", "New.\nOn Mon, 7 Dec 2026 at 09:00, Shop wrote:" + quote, "New."},
      {"German", "Neu.\n\nAm 07.12.2026 um 09:00 schrieb Shop:" + quote, "Neu."},
      {"French", "Nouveau.\n\nLe lun. 7 déc. 2026 à 09:00, Shop <help@shop.example> a écrit :" + quote, "Nouveau."},
      {"Spanish", "Nuevo.\n\nEl lun, 7 dic 2026 a las 9:00, Shop (<help@shop.example>) escribió:" + quote, "Nuevo."},
      {"Italian", "Nuovo.\n\nIl giorno lun 7 dic 2026 alle ore 09:00 Shop <help@shop.example> ha scritto:" + quote,
       "Nuovo."},
      {"Portuguese", "Novo.\n\nEm seg., 7 de dez. de 2026 às 09:00, Shop <help@shop.example> escreveu:" + quote,
       "Novo."},
      {"Dutch", "Nieuw.\n\nOp ma 7 dec 2026 om 09:00 schreef Shop <help@shop.example>:" + quote, "Nieuw."},
      {"Polish", "Nowe.\n\npon., 7 gru 2026 o 09:00 Shop <help@shop.example> napisał(a):" + quote, "Nowe."},
      {"Swedish", "Nytt.\n\nDen mån 7 dec. 2026 kl 09:00 skrev Shop <help@shop.example>:" + quote, "Nytt."},
      {"Finnish", "Uusi.\n\nma 7. jouluk. 2026 klo 9.00 Shop (help@shop.example) kirjoitti:" + quote, "Uusi."},
      {"Russian", "Новое.\n\nпн, 7 дек. 2026 г. в 09:00, Shop <help@shop.example>:" + quote, "Новое."},
      {"Turkish", "Yeni.\n\nShop <help@shop.example>, 7 Ara 2026 Pzt, 09:00 tarihinde şunu yazdı:" + quote, "Yeni."},
      {"Chinese", "新的。\n\n在 2026年12月7日，09:00，Shop <help@shop.example> 写道：\n\n旧的", "新的。"},
      {"Japanese", "新しい。\n\n2026年12月7日(月) 9:00 Shop <help@shop.example>:" + quote, "新しい。"},
      {"Outlook",
       "New.\n\nFrom: Shop [mailto:help@shop.example]\nSent: Monday, 7 December 2026 09:00\nTo: Ann\nSubject: RE: "
       "parcel\n\nold",
       "New."},
      {"Outlook, bold, under a rule",
       "New.\n\n________________________________\n*Von:* Shop\n*Gesendet:* Montag, 7. Dezember 2026\n*An:* Ann\n\nalt",
       "New."},
      {"original message", "New.\n\n-----Original Message-----\nold words", "New."},
      {"ursprüngliche Nachricht", "Neu.\n\n-------- Ursprüngliche Nachricht --------\nalt", "Neu."},
      {"words between dashes over headers",
       "New.\n\n---- Besked fra butikken ----\nFra: Shop\nDato: 7. december\nTil: Ann\nold", "New."},
  });
}

TEST(NewText, TakesTailsAway) {
  Check({
      {"signature", "New.\n-- \nAnn Lee\nSales", "New."},
      {"signature without its blank", "New.\n--\nAnn Lee", "New."},
      {"closing", "New.\n\nKind regards,\nAnn Lee\n+49 30 123", "New."},
      {"German closing", "Neu.\n\nMit freundlichen Grüßen\nAnn Lee", "Neu."},
      {"a name behind a dash", "New.\n\n-Ann", "New."},
      {"phone", "New.\n\nSent from my iPhone", "New."},
      {"German phone", "Neu.\n\nVon meinem iPhone gesendet", "Neu."},
      {"Outlook's footer with its link", "New.\n\nGet Outlook for iOS<https://aka.example/x>", "New."},
      {"disclaimer", "New.\n\nThis e-mail and any attachments are confidential and intended solely for the addressee.",
       "New."},
      {"closing above a disclaimer",
       "New.\n\nBest regards\nAnn\n\nThis message is confidential and may be privileged. If it is not meant for "
       "you,\ndelete it, please, and tell the sender.",
       "New."},
      {"a list's footer", "New.\n\n_____________________\nlist mailing list\nlist@lists.example", "New."},
      {"nothing but a signature", "-- \nAnn Lee", "-- \nAnn Lee"},
  });
}

TEST(NewText, KeepsWhatStandsBetweenQuotes) {
  EXPECT_EQ(
      NewText("On 7 Dec 2026, Shop <help@shop.example> wrote:\n> Which one?\n\nThe blue one.\n\n> How many?\n\nTwo.\n"),
      "The blue one.\n\n\nTwo.");
  EXPECT_EQ(NewText("New.\n\n> a quoted line that was\nwrapped\n> on its way"), "New.");
}

TEST(NewText, KeepsWhatWasForwarded) {
  const std::string forwarded =
      "See below.\n\n---------- Forwarded message ---------\nFrom: Shop <help@shop.example>\nDate: 7 Dec\nSubject: "
      "x\nTo: Ann\n\nold";
  EXPECT_EQ(NewText(forwarded), forwarded);
  const std::string outlook = "See below.\n\nFrom: Shop\nSent: Monday\nTo: Ann\nSubject: x\n\nold";
  EXPECT_EQ(NewText(outlook, true), outlook);
  EXPECT_EQ(NewText(outlook, false), "See below.");
}

}  // namespace
}  // namespace tr::intake
