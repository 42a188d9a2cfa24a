# Shortcuts; `make help` lists them. `./run` and `./test` install what these need.
.DEFAULT_GOAL := help
.PHONY: help build release test quick asan tsan format tidy bench fuzz clean

help:    ## this list
	@sed -n 's/^\([a-z]*\): *## */\1\t/p' $(MAKEFILE_LIST) | expand -t 12
build:   ## debug build of everything, in build/dev
	@. scripts/lib.sh && build dev all
release: ## release build, in build/release
	@. scripts/lib.sh && build release all
test:    ## every test
	@./test
quick:   ## the fast tests
	@./test quick
asan:    ## the tests under the address and undefined-behaviour sanitizers
	@. scripts/lib.sh && build asan all && ctest --test-dir build/asan --output-on-failure -LE slow
tsan:    ## the tests under the thread sanitizer
	@. scripts/lib.sh && build tsan all && ctest --test-dir build/tsan --output-on-failure -LE slow
format:  ## rewrite the sources as clang-format 19 wants them
	@git ls-files '*.h' '*.cc' | xargs clang-format-19 -i
tidy:    ## clang-tidy 19 over every source
	@python3 scripts/tidy.py
bench:   ## every figure of docs/benchmarks.md, on a quiet machine; ARGS="--short" to see that it works
	@. scripts/lib.sh && install_missing $$build_packages $$bench_packages && cmake --preset release >/dev/null && \
	  build release ticket-router bench_load micro_bench store_bench && python3 benchmarks/bench.py $(ARGS)
fuzz:    ## libFuzzer on every parser, a minute each; ARGS="--seconds 600 mail" for longer or for one
	@. scripts/lib.sh && install_missing $$build_packages $$fuzz_packages && cmake --preset fuzz >/dev/null && \
	  build fuzz fuzz && python3 scripts/fuzz.py $(ARGS)
clean:   ## remove the builds
	rm -rf build
