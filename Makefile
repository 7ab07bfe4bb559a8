# The front door. Everything is built by CMake under build/; nothing is written elsewhere
# but .opstat/history.db.
SHELL := /bin/bash
JOBS ?= $(shell nproc)
release := build/release/bin
python := build/venv/bin/python
parity := build/parity-venv/bin/python
bench := build/bench

.PHONY: $(shell sed -n 's/^\([a-z-]*\):.*\#\# .*/\1/p' Makefile)
.DEFAULT_GOAL := help

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 18

setup: ## install what the build needs (Debian packages, Python environment)
	@ci/setup build

build: setup ## build the optimised programs into build/release/bin
	@cmake --preset release >build/configure.log || { cat build/configure.log; exit 4; }
	@cmake --build --preset release --parallel $(JOBS) --target opstat conv_bench opstat_conv

bench: build ## the main job: conv with allocating against pooled scratch, stored and drawn
	@mkdir -p $(bench)
	$(release)/opstat run --rounds 12 --filter '/algo:im2col/shape:(GEMM|Deep|Strided)/.*scratch:(allocating|pooled)$$' --label conv_bench --out $(bench)/conv.json --record -- $(release)/conv_bench >$(bench)/samples.txt
	$(release)/opstat stat --col 'scratch@(allocating pooled)' --record $(bench)/conv.json
	@$(release)/opstat report --quiet --out $(bench)/report.html
	@echo
	@echo "samples  $(bench)/conv.json"
	@echo "report   $(bench)/report.html"
	@echo "history  .opstat/history.db"

test: ## build and run all tests
	@ci/setup build test
	@cmake --preset release >build/configure.log || { cat build/configure.log; exit 4; }
	@cmake --build --preset release --parallel $(JOBS)
	@$(python) -m pytest -q
	@ctest --preset release --parallel $(JOBS)

golden: ## accept what the programs print now as the tests' expected output
	@OPSTAT_ACCEPT_GOLDENS=1 build/release/bin/cli_test --gtest_brief=1; git status --short tests/testdata

reference: build ## write docs/REFERENCE.md from the table of commands
	@$(release)/opstat help --markdown >docs/REFERENCE.md

parity: build ## the engine against onnxruntime on whole nets; MODEL=file.onnx judges your own
	@ci/setup build parity
	@[[ -n "$(MODEL)" ]] || $(parity) -m pytest -q tests/parity
	@$(parity) -m tests.parity $(MODEL)

parity-quick: build ## the same on single convolutions and one net, in half a minute
	@ci/setup build parity
	@$(parity) -m pytest -q tests/parity

gate: build ## this project against its base: exact counts fail, times are reported
	@ci/perf_gate

lint: ## formatting, static analysis, include arrows, scripts
	@ci/setup build lint
	@ci/lint

format: ## format the C++ and Python sources in place
	@ci/setup build lint
	@git ls-files '*.h' '*.cc' | xargs clang-format-14 -i
	@$(python) -m ruff format --quiet reports tests ci

asan: ## the tests under AddressSanitizer and UndefinedBehaviorSanitizer
	@ci/setup build test
	@ci/sanitize asan $(JOBS)

tsan: ## the tests under ThreadSanitizer
	@ci/setup build test
	@ci/sanitize tsan $(JOBS)

coverage: ## lines that the tests run, by room; fails when one is below 90%
	@ci/setup build test coverage
	@ci/coverage $(JOBS)

faults: ## puts each of a dozen faults into a copy and sees a test go red (FAULTS='ties commit')
	@ci/setup build test
	@$(python) -m tests.faults $(FAULTS) | tee build/faults.md; exit $${PIPESTATUS[0]}

nightly: ## what is too long for every change; the outcome is kept in docs/NIGHTLY.md
	@ci/setup build test lint nightly
	@ci/nightly

fuzz: ## random input to the readers, random shapes to the convolutions (SECONDS_EACH=10)
	@ci/setup build fuzz
	@cmake --preset fuzz >build/configure-fuzz.log || { cat build/configure-fuzz.log; exit 4; }
	@cmake --build --preset fuzz --parallel $(JOBS)
	@ci/fuzz $(SECONDS_EACH)

adoption: build ## linkers, LTO, the second compiler and the packages, each in a consumer from an empty folder
	@ci/setup build test nightly
	@$(python) -m pytest -q tests/adoption -m nightly

deb: build ## the Debian packages opstat and libopstat-dev, into build/packages
	@ci/setup build test
	@cpack --config build/release/CPackConfig.cmake -B build/packages >build/packages.log || { cat build/packages.log; exit 4; }
	@ls build/packages/*.deb

bench-stat: build ## opstat stat side by side with benchstat, docs/SPEED.md (ROUNDS=10, WRITE=1 updates the page)
	@ci/setup build bench-stat
	@cmake --build --preset release --parallel $(JOBS) --target read_time >>build/configure.log
	@$(python) -m tests.bench_stat --benchstat build/go/benchstat --rounds $(or $(ROUNDS),10) $(if $(WRITE),--write docs/SPEED.md)

history-torture: build ## 32 writers, 1,000 rounds of kill -9, 500 losses of power; minutes
	@ci/setup build test
	@cmake --build --preset release --parallel $(JOBS) --target store_test >>build/configure.log
	@OPSTAT_THOROUGH=1 build/release/bin/store_test --gtest_brief=1 --gtest_filter='Durability.*:PowerLoss.*'

bench-store: build ## the history beside sqlite3 itself, docs/SPEED.md (ROUNDS=3, WRITE=1 updates the page)
	@cmake --build --preset release --parallel $(JOBS) --target store_time >>build/configure.log
	@$(python) -m tests.bench_store --rounds $(or $(ROUNDS),3) $(if $(WRITE),--write docs/SPEED.md)

bench-report: build ## the report of 1,000 benchmarks x 200 runs beside matplotlib's plots of them
	@$(python) -m tests.bench_report $(BENCH_REPORT)

pictures: bench ## docs/report.png and docs/terminal.png anew, of the main job
	@$(python) -m tests.pictures --json $(bench)/conv.json --page $(bench)/report.html

peers: ## the engine side by side with oneDNN, onnxruntime and OpenBLAS (PEERS='--quick ...')
	@ci/setup build peers
	@cmake --preset peers >build/configure-peers.log || { cat build/configure-peers.log; exit 4; }
	@cmake --build --preset peers --parallel $(JOBS) --target peers >build/peers.log || { cat build/peers.log; exit 4; }
	@mkdir -p $(bench)
	@build/peers-venv/bin/python -m tests.peers --json $(bench)/peers.json --markdown $(bench)/peers.md $(PEERS)

error-rates: setup ## how often the decision errs, by simulation (SUITES=4000, SEED=20261123); minutes
	@cmake --preset release >build/configure.log || { cat build/configure.log; exit 4; }
	@cmake --build --preset release --parallel $(JOBS) --target error_rates >build/error_rates.log || { cat build/error_rates.log; exit 4; }
	@build/release/bin/error_rates $(or $(SUITES),4000) $(or $(SEED),20261123) $(JOBS) | tee build/error_rates.md; exit $${PIPESTATUS[0]}

change-points: setup ## how often change points are false or missed, by simulation (SERIES=10000, SEED=20261126)
	@cmake --preset release >build/configure.log || { cat build/configure.log; exit 4; }
	@cmake --build --preset release --parallel $(JOBS) --target change_points >build/change_points.log || { cat build/change_points.log; exit 4; }
	@build/release/bin/change_points $(or $(SERIES),10000) $(or $(SEED),20261126) | tee build/change_points.md; exit $${PIPESTATUS[0]}

bench-change-points: setup ## change points side by side with apache-otava, docs/TRENDS.md (ROUNDS=10)
	@ci/setup build otava
	@cmake --preset release >build/configure.log || { cat build/configure.log; exit 4; }
	@cmake --build --preset release --parallel $(JOBS) --target change_points_of_file >build/change_points.log || { cat build/change_points.log; exit 4; }
	@build/otava-venv/bin/python -m tests.change_points --program build/release/bin/change_points_of_file --folder build/bench-change-points --rounds $(or $(ROUNDS),10)

bench-hook: build ## what counting an allocation costs, with and without it by turns (HOOK='--blocks 30')
	@cmake --build --preset release --target hook_cost_plain hook_cost_linked opstat_preload >build/bench-hook.log || { cat build/bench-hook.log; exit 4; }
	@$(python) -m tests.hook_cost $(HOOK)

bisections: setup ## the search of opstat bisect on simulated commits (COUNT=20000)
	@cmake --preset release >build/configure.log || { cat build/configure.log; exit 4; }
	@cmake --build --preset release --parallel $(JOBS) --target compare_test >build/bisections.log || { cat build/bisections.log; exit 4; }
	@OPSTAT_BISECTIONS=$(or $(COUNT),20000) build/release/bin/compare_test --gtest_filter='NoisySearch.*' --gtest_brief=1 --gtest_output=json:build/bisections.json
	@sed -n '/"name": /p; /"named"\|"wrong"\|"undecided"\|"no_difference"\|"processes_each"/p' build/bisections.json

kill-points: setup ## ends the preparation of a compare at random moments (POINTS=200)
	@cmake --preset release >build/configure.log || { cat build/configure.log; exit 4; }
	@cmake --build --preset release --parallel $(JOBS) --target checkout_test >build/kill-points.log || { cat build/kill-points.log; exit 4; }
	@OPSTAT_KILL_POINTS=$(or $(POINTS),200) build/release/bin/checkout_test --gtest_filter='Killed.*'

trial: build ## false alarms and detections of the real CLI on this machine (TRIAL='--seconds 600')
	@cmake --build --preset release --parallel $(JOBS) --target units_of_work >build/trial.log || { cat build/trial.log; exit 4; }
	@$(python) -m tests.trial $(TRIAL)

clean: ## remove build/ (the history stays)
	@rm -rf build
