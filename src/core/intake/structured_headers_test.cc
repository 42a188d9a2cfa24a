#include "intake/structured_headers.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tr::intake {
namespace {

TEST(ParseAddresses, AsMailWritesThem) {
  struct Row {
    std::string value;
    std::vector<Mailbox> expected;
  };
  const std::vector<Row> table = {
      {"", {}},
      {"ann@mail.example", {{"", "ann@mail.example"}}},
      {"Ann <ANN@Mail.Example>", {{"Ann", "ann@mail.example"}}},
      {"\"Lee, Ann\" <ann@mail.example>, bob@mail.example",
       {{"Lee, Ann", "ann@mail.example"}, {"", "bob@mail.example"}}},
      {"=?utf-8?B?QW5uIE3DvGxsZXI=?= <a@b.example>", {{"Ann Müller", "a@b.example"}}},
      {"=?utf-8?B?QW5uIE3D?= =?utf-8?B?vGxsZXI=?= <a@b.example>", {{"Ann Müller", "a@b.example"}}},
      {"\"=?utf-8?Q?M=C3=BCller?=\" <a@b.example>", {{"Müller", "a@b.example"}}},
      {"Team: a@b.example, C <c@d.example>;, e@f.example",
       {{"", "a@b.example"}, {"C", "c@d.example"}, {"", "e@f.example"}}},
      {"undisclosed-recipients:;", {}},
  };
  for (const Row& row : table) EXPECT_EQ(ParseAddresses(row.value, 10), row.expected) << row.value;
  EXPECT_EQ(ParseAddresses("a@b.example, c@d.example, e@f.example", 2).size(), 2U);
}

TEST(ParseIds, WithAndWithoutBrackets) {
  struct Row {
    std::string value;
    std::vector<std::string> expected;
  };
  const std::vector<Row> table = {
      {"<a@b>", {"a@b"}},
      {"<a@b> <c@d>,<e@f>", {"a@b", "c@d", "e@f"}},
      {"< a@b >", {"a@b"}},
      {"a@b", {"a@b"}},
      {"a@b, c@d", {"a@b", "c@d"}},
      {"Your mail of Monday <a@b>", {"a@b"}},
      {"<<a@b>>", {"a@b"}},
      {"<a@b", {"a@b"}},
      {"<>", {}},
      {"nothing", {}},
  };
  for (const Row& row : table) EXPECT_EQ(ParseIds(row.value), row.expected) << row.value;
}

TEST(ParseMailDate, OrAbsent) {
  struct Row {
    std::string value;
    std::string expected;
  };
  const std::vector<Row> table = {
      {"Tue, 8 Dec 2026 10:00:00 +0000", "2026-12-08T10:00:00.000Z"},
      {"8 Dec 2026 10:00 -0500 (EST)", "2026-12-08T15:00:00.000Z"},
      {"Tue, 8 Dec 2026 10:00:00 GMT", "2026-12-08T10:00:00.000Z"},
      {"soon", ""},
      {"", ""},
      {"Tue, 8 Dec 1950 10:00:00 +0000", ""},
  };
  for (const Row& row : table) {
    const std::optional<Time> date = ParseMailDate(row.value);
    EXPECT_EQ(date ? FormatTime(*date) : "", row.expected) << row.value;
  }
}

TEST(ParseMediaType, WithItsParameters) {
  const MediaType media =
      ParseMediaType("Multipart/REPORT; report-type=\"Delivery-Status\"; boundary=\"a b\"; charset=utf-8");
  EXPECT_EQ(media.type, "multipart/report");
  EXPECT_EQ(media.report_type, "delivery-status");
  EXPECT_EQ(media.boundary, "a b");
  EXPECT_EQ(media.charset, "utf-8");
  EXPECT_EQ(ParseMediaType("").type, "");
}

TEST(ParseDisposition, WithItsFilename) {
  struct Row {
    std::string value;
    std::string kind;
    std::string filename;
  };
  const std::vector<Row> table = {
      {"ATTACHMENT; filename=a.pdf", "attachment", "a.pdf"},
      {"inline; filename*0=\"a long \"; filename*1=\"name.txt\"", "inline", "a long name.txt"},
      {"attachment; filename*=utf-8''f%C3%BCr.txt", "attachment", "für.txt"},
      {"attachment; filename=\"=?utf-8?Q?f=C3=BCr?= =?utf-8?Q?_dich.txt?=\"", "attachment", "für dich.txt"},
      {"", "", ""},
  };
  for (const Row& row : table) {
    const Disposition disposition = ParseDisposition(row.value);
    EXPECT_EQ(disposition.kind, row.kind) << row.value;
    EXPECT_EQ(disposition.filename, row.filename) << row.value;
  }
}

}  // namespace
}  // namespace tr::intake
