# Every library that the project stands on; why each: docs/decisions/0001-dependencies.md.

set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json)
find_package(CURL REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(date REQUIRED)
find_package(CLI11 REQUIRED)
find_package(tomlplusplus REQUIRED)
pkg_check_modules(utf8proc REQUIRED IMPORTED_TARGET libutf8proc)
pkg_check_modules(gmime REQUIRED IMPORTED_TARGET gmime-3.0)
# GLib's -pthread and -D_LARGEFILE64_SOURCE: we need neither, and precompiled headers would not fit with them.
set_property(TARGET PkgConfig::gmime PROPERTY INTERFACE_COMPILE_OPTIONS "")
if(TR_TESTS)
  find_package(GTest REQUIRED)
endif()
