#include "console/assets.h"

// TR_ASSETS is the folder of the files, as a string literal: set by CMake, which also rebuilds this file when one
// changes.
#define TR_EMBED(symbol, file)                                                                    \
  __asm__(".section .rodata\n.global " #symbol "_begin\n.global " #symbol "_end\n" #symbol        \
          "_begin:\n.incbin \"" TR_ASSETS "/" file "\"\n" #symbol "_end:\n.byte 0\n.previous\n"); \
  extern "C" const char symbol##_begin[];                                                         \
  extern "C" const char symbol##_end[]

TR_EMBED(tr_page_html, "page.html");
TR_EMBED(tr_page_js, "page.js");
TR_EMBED(tr_page_css, "page.css");

namespace tr::console {
namespace {

std::string_view Between(const char* begin, const char* end) { return {begin, static_cast<std::size_t>(end - begin)}; }

}  // namespace

std::string_view PageHtml() { return Between(tr_page_html_begin, tr_page_html_end); }
std::string_view PageScript() { return Between(tr_page_js_begin, tr_page_js_end); }
std::string_view PageStyle() { return Between(tr_page_css_begin, tr_page_css_end); }

}  // namespace tr::console
