#include "intake/html_text.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "base/text.h"

namespace tr::intake {
namespace {

TEST(HtmlToText, ReadsLikeThePage) {
  const std::vector<std::pair<std::string, std::string>> table = {
      {"", ""},
      {"plain", "plain\n"},
      {"<p>one</p><p>two</p>", "one\n\ntwo\n"},
      {"one<br>two<br><br>three", "one\ntwo\n\nthree\n"},
      {"<div>one</div><div>two</div>", "one\ntwo\n"},
      {"a   lot \n of\tspace", "a lot of space\n"},
      {"<pre>two\n  lines</pre>", "two\n  lines\n"},
      {"<b>bo</b>ld", "bold\n"},
      {"<ul><li>one<li>two</ul>", "- one\n- two\n"},
      {"<table><tr><td>a<td>b<tr><td>c</table>", "a b\nc\n"},
      {"f&uuml;r &lt;dich&gt; &amp; &#8217;mich&#x2019; &euro;5&nbsp;an&unknown; AT&T",
       "für <dich> & ’mich’ €5 an&unknown; AT&T\n"},
      {"&#150;&#0;", "–&#0;\n"},
      {"<script>if (a < b) c();</script><style>p{}</style><title>t</title>x", "x\n"},
      {"<!-- <p>no --><!doctype html><?xml ?>x", "x\n"},
      {"<!--[if mso]>no<![endif]-->x", "x\n"},
      {"<p style='Display : none'>hidden<p>x</p></p>y", "y\n"},
      {"<span style=\"display:none\">never closed", "never closed\n"},
      {"<a href='https://shop.example/x'>here</a>", "here <https://shop.example/x>\n"},
      {"<a href='https://shop.example/'>shop.example</a>", "shop.example\n"},
      {"<a href='https://shop.example/'><img alt='our logo'></a>", "our logo <https://shop.example/>\n"},
      {"<a href='mailto:a@b.example'>mail me</a>", "mail me\n"},
      {"new<blockquote type=cite>old<blockquote>older</blockquote></blockquote>new",
       "new\n\n> old\n>\n>> older\n\nnew\n"},
      {"<blockquote style='margin:0 0 0 40px;border:none'>indented</blockquote>", "indented\n"},
      {"1 < 2 and <3", "1 < 2 and <3\n"},
      {"<a title=\"a > b\">x</a>", "x\n"},
      {"<p>unfinished <a href=\"x", "unfinished <a href=\"x\n"},
      {"soft&shy;ly\xE2\x80\x8B", "softly\n"},
  };
  for (const auto& [html, expected] : table) EXPECT_EQ(HtmlToText(html), expected) << html;
}

TEST(HtmlToText, TakesDepthAndSizeAsTheyCome) {
  std::string deep;
  for (int i = 0; i < 40'000; ++i) deep += "<div><blockquote><a href=\"";
  EXPECT_TRUE(IsUtf8(HtmlToText(deep + "x")));
  std::string unclosed;
  for (int i = 0; i < 40'000; ++i) unclosed += "<!--<script><a b=\"";
  EXPECT_TRUE(IsUtf8(HtmlToText(unclosed + ">")));
}

}  // namespace
}  // namespace tr::intake
