# What every target is compiled with.

option(TR_TESTS "build the tests" ON)
option(TR_BENCHMARKS "build the benchmarks" OFF)
option(TR_FUZZ "build the fuzz targets for libFuzzer; needs clang" OFF)
# Off where nobody reads them: gcc 12 has false alarms in optimised builds, and a compiler that its user brings may have new ones.
option(TR_WARNINGS "every warning, as an error" ON)
set(TR_SANITIZE "" CACHE STRING "address,undefined or thread, and fuzzer-no-link; empty for none")

add_library(tr_options INTERFACE)
if(TR_WARNINGS)
  target_compile_options(tr_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
                                              -Wcast-qual -Wformat=2 -Wimplicit-fallthrough -Wswitch-enum)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(tr_options INTERFACE $<$<BOOL:${TR_PRECOMPILED}>:-fpch-preprocess>)
  # False alarms of gcc 12 on std::string's + in optimised builds (gcc bug 105651).
  target_compile_options(tr_options INTERFACE $<$<BOOL:${TR_WARNINGS}>:-Wno-restrict>)
endif()
if(TR_WARNINGS)
  target_compile_options(tr_options INTERFACE -Werror)
endif()
if(TR_SANITIZE)
  target_compile_options(tr_options INTERFACE -fsanitize=${TR_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(tr_options INTERFACE -fsanitize=${TR_SANITIZE})
  if(TR_SANITIZE STREQUAL "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Asio uses fences, which gcc says the sanitizer does not understand; it also uses locks, which it does.
    target_compile_options(tr_options INTERFACE -Wno-tsan)
  endif()
endif()

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # The sloppiness that ccache's manual asks for with precompiled headers.
  set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
endif()
