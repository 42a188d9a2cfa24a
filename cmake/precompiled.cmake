# Two precompiled headers, shared by every target: what nearly every source includes, and the same with GoogleTest. They
# save a third of a whole build. The dev preset builds without them, so that a source which forgets an include is found.

option(TR_PRECOMPILED "precompile the common headers" OFF)

set(TR_COMMON_HEADERS <algorithm> <array> <atomic> <charconv> <chrono> <condition_variable> <cstdint> <functional> <map>
                      <memory> <mutex> <optional> <span> <string> <string_view> <thread> <unordered_map> <utility>
                      <variant> <vector> <boost/json.hpp>)

if(TR_PRECOMPILED)
  file(WRITE ${CMAKE_BINARY_DIR}/precompiled.cc "")
  add_library(tr_precompiled OBJECT ${CMAKE_BINARY_DIR}/precompiled.cc)
  target_link_libraries(tr_precompiled PRIVATE tr_options Boost::json)
  target_precompile_headers(tr_precompiled PRIVATE ${TR_COMMON_HEADERS})
  if(TR_TESTS)
    add_library(tr_precompiled_test OBJECT ${CMAKE_BINARY_DIR}/precompiled.cc)
    target_link_libraries(tr_precompiled_test PRIVATE tr_options Boost::json GTest::gmock)
    target_precompile_headers(tr_precompiled_test PRIVATE ${TR_COMMON_HEADERS} <gtest/gtest.h> <gmock/gmock.h>)
  endif()
endif()

# tr_precompile(TARGET FROM): TARGET uses the precompiled header of tr_precompiled or tr_precompiled_test.
function(tr_precompile target from)
  if(TR_PRECOMPILED)
    target_precompile_headers(${target} REUSE_FROM ${from})
  endif()
endfunction()
