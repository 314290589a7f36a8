# Postrider: build, try, test. "make help" lists what there is.
#
# On Debian, Ubuntu and their kin, "make run" and "make test" install what is
# missing with apt. Elsewhere they say what that is. Where nothing is missing,
# nothing is installed and no network is needed.

GO     ?= go
PREFIX ?= /usr/local

# How long each fuzz target runs, and each benchmark.
FUZZTIME  ?= 20s
BENCHTIME ?= 1s

# What "make demo" runs there: make demo DEMO="search lantern"
DEMO ?=

# Which tests, benchmarks and packages: make test PKG=./mail/store RUN=Undo
PKG   ?= ./...
RUN   ?=
BENCH ?= .

# What the desktop knows the program by, and its icons.
id    := app.postrider.Postrider
icons := assets/icons/app

# SQLite with full-text search. Git may refuse to tell the version in a folder
# that is somebody else's, as in containers; then the build does without.
comma := ,
tags  := sqlite_fts5
stamp := $(if $(shell git rev-parse HEAD 2>/dev/null),,-buildvcs=false)
export GOFLAGS := $(strip -tags=$(tags) $(stamp) $(filter-out -tags=%,$(GOFLAGS)))
export CGO_ENABLED := 1

# Distributions' Go does not fetch the version that go.mod asks for, unless told.
export GOTOOLCHAIN ?= auto

STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2

.DEFAULT_GOAL := help
.PHONY: help run demo build headless install screenshots test race bench fuzz html-score lint setup clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: ## try it: the window, on sample mail (without a display: pictures of it)
	@.ci/try

demo: build ## the same sample mail on the command line (DEMO="search lantern")
	bin/postrider demo --headless $(DEMO)

build: setup ## bin/postrider
	$(GO) build -tags=$(tags)$(comma)migrated_fynedo -o bin/postrider .

headless: ## bin/postrider-headless, for machines without a screen
	@.ci/setup headless
	$(GO) build -tags=$(tags)$(comma)nogui -o bin/postrider-headless .

install: build ## bin/postrider, its icons and its entry in menus into PREFIX
	install -D -m 755 bin/postrider $(DESTDIR)$(PREFIX)/bin/postrider
	install -D -m 644 assets/packaging/$(id).desktop $(DESTDIR)$(PREFIX)/share/applications/$(id).desktop
	install -D -m 644 assets/packaging/$(id).metainfo.xml $(DESTDIR)$(PREFIX)/share/metainfo/$(id).metainfo.xml
	install -D -m 644 $(icons)/postrider.svg $(DESTDIR)$(PREFIX)/share/icons/hicolor/scalable/apps/$(id).svg
	for n in 16 24 32 48 64 96 128 256 512; do \
	  install -D -m 644 $(icons)/postrider-$$n.png $(DESTDIR)$(PREFIX)/share/icons/hicolor/$${n}x$$n/apps/$(id).png || exit 1; done

screenshots: ## draw assets/screenshots anew, from the demo
	@.ci/setup screen
	$(GO) run ./gui/stage/cmd/tour -out assets/screenshots

test: ## all tests, with a real mail server (PKG=./mail/store RUN=Undo: some)
	@.ci/setup test
	@.ci/test $(if $(RUN),-run '$(RUN)') $(PKG)

race: ## all tests under the race detector, which takes several times as long
	@.ci/setup test
	@.ci/test -race $(if $(RUN),-run '$(RUN)') $(PKG)

bench: ## benchmarks (PKG=./mail/store BENCH=List: some)
	@.ci/setup test
	$(GO) test -run '^$$' -bench '$(BENCH)' -benchmem -benchtime $(BENCHTIME) $(PKG)

fuzz: setup ## each fuzz test for FUZZTIME
	@.ci/fuzz $(FUZZTIME)

html-score: headless ## compare our layout of mail with a browser's (POSTRIDER_HTML: the corpus)
	@.ci/html-score

lint: setup ## gofmt, go vet, staticcheck
	@unformatted=$$("$$($(GO) env GOROOT)/bin/gofmt" -l .) && \
	  if [ -n "$$unformatted" ]; then echo "gofmt would change:"; echo "$$unformatted"; exit 1; fi
	$(GO) vet ./...
	$(GO) vet -tags=$(tags)$(comma)stage ./gui
	$(GO) run $(STATICCHECK) ./...
	@echo "lint: nothing to say"

setup:
	@.ci/setup build

clean: ## remove what make made
	rm -rf bin dist
