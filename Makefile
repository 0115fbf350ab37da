# Everything that is done with the code is a target here; `make` alone lists them.
# A new machine needs Go, git, make and curl; `make test` brings the rest.

SHELL       := /bin/bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS   += --no-print-directory

LINT_VERSION := v2.15.0
LINT         := .tools/bin/golangci-lint-$(LINT_VERSION)
NODE_DIR     := sandbox/clienttest/node
NODE_MODULES := $(NODE_DIR)/node_modules/.package-lock.json
PYTHON       := .tools/python/bin/python
PYTHON_DIR   := sandbox/clienttest/python
PYTHON_READY := .tools/python/.ready
JAVA_DIR     := sandbox/clienttest/java

# Without a commit or tag the variable stays empty and the program falls back to
# its build information.
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null)

# build, vet and lint share compiled packages only if their flags agree. The race
# detector needs cgo, so the tests compile on their own.
NOCGO   := CGO_ENABLED=0
GOBUILD := -trimpath

export PATH := $(CURDIR)/.tools/bin:$(PATH)

.PHONY: help build run test test-go test-clients test-node test-python test-java test-golang test-pages vet lint fmt theme bench long setup setup-system clean
.DEFAULT_GOAL := help

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-14s %s\n", $$1, $$2 }' Makefile

build: ## build bin/liksom
	@$(NOCGO) go build $(GOBUILD) -ldflags '-s -w -X liksom/sandbox/app.version=$(VERSION)' -o bin/liksom .

run: build ## start the sandbox on 127.0.0.1:8080
	@exec bin/liksom

test: ## set up what is missing and run every check there is; a skipped test fails
	@$(MAKE) -j3 setup
	@: > .tools/results
	@RESULTS=$(CURDIR)/.tools/results $(MAKE) -k -j1 vet lint test-go test-clients test-pages || true
	@.ci/count total .tools/results vet lint go node python java golang pages

test-go: setup-system ## Go tests with the race detector, in random order
	@.ci/count go go go test -race -shuffle=on -timeout 9m -json ./...

test-clients: test-node test-python test-java test-golang ## published client libraries against the binary

test-node: build $(NODE_MODULES)
	@.ci/count node node $(addprefix $(NODE_DIR)/,maskinporten.test.mjs virksomhetssertifikat.test.mjs idporten.test.mjs identifiers.test.mjs krr.test.mjs readme.test.mjs)

test-python: build $(PYTHON_READY)
	@.ci/count python python $(PYTHON) $(PYTHON_DIR)

test-java: build setup-system
	@.ci/count java java $(JAVA_DIR)

# A module of its own, so that the program's does not list the libraries of clients.
test-golang: build
	@.ci/count go golang go -C sandbox/clienttest/go test -count=1 -timeout 9m -json ./...

test-pages: build $(NODE_MODULES) ## the pages in a real Chromium; SCREENSHOTS=folder keeps pictures
	@.ci/count node pages $(addprefix $(NODE_DIR)/,pages.test.mjs search.test.mjs origin.test.mjs requests.test.mjs login.test.mjs outbox.test.mjs citizen.test.mjs minprofil.test.mjs)

vet: ## go vet
	@$(NOCGO) .ci/count check vet go vet $(GOBUILD) ./...

lint: $(LINT) ## golangci-lint, which also checks the formatting
	@$(NOCGO) GOFLAGS="$${GOFLAGS:-} $(GOBUILD)" .ci/count check lint $(LINT) run ./...

fmt: $(LINT) ## format the Go code
	@$(LINT) fmt ./...

theme: ## rebuild and copy what the pages take from npm (needs Node)
	@ui/theme/build.sh

bench: ## benchmarks; BENCH=pattern and COUNT=10 for benchstat
	@go test -run '^$$' -bench '$(or $(BENCH),.)' -benchmem -count $(or $(COUNT),1) ./...

long: setup build ## what is too slow for every day; LONG=name for one, LONG=list for names
	@.ci/long $(LONG)

setup: setup-system $(LINT) $(NODE_MODULES) $(PYTHON_READY) ## install what the tests need: compiler, browser, Node, Python, Java, linter

clean: ## remove everything that was built or installed here
	@rm -rf bin .tools $(NODE_DIR)/node_modules

setup-system:
	@.ci/setup

# The version is in the name, so a new version is a missing file.
$(LINT):
	@echo 'building golangci-lint $(LINT_VERSION) (once; one to two minutes)'
	@mkdir -p .tools/new
	@$(NOCGO) GOBIN='$(CURDIR)/.tools/new' go install -trimpath -ldflags '-s -w' \
		github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)
	@mkdir -p .tools/bin
	@mv .tools/new/golangci-lint $@

# pymaskinporten asks for Python 3.13 and uses nothing of it; every version is pinned.
$(PYTHON_READY): $(PYTHON_DIR)/requirements.txt | setup-system
	@echo 'installing the Python packages (once)'
	@rm -rf .tools/python
	@python3 -m venv .tools/python
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-input --only-binary :all: --ignore-requires-python -r $<
	@touch $@

# npm writes this file last, so it is there only after a complete installation.
$(NODE_MODULES): $(NODE_DIR)/package-lock.json $(NODE_DIR)/package.json | setup-system
	@cd $(NODE_DIR) && npm ci --no-progress
	@touch $@
