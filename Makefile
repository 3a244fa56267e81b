# Every task has one door, and does all of its own set-up. `make` alone prints them.
.DEFAULT_GOAL := help
.PHONY: help run demo test specs scenarios examiners never-twice build fmt check check-format bench projections-rebuild import handlers tool tools

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-20s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Start the gateway with a simulated phone; Ctrl-C stops both
	@scripts/run

demo: ## Walk the whole road in the terminal: send, history, reply, webhook, STOP, audit
	@scripts/demo

test: ## Run everything: specs, then scenarios; the last line is the sum
	@scripts/test

specs: ## Run the pure tests, in seconds
	@scripts/test tests/Specs

scenarios: ## Run the tests with a real host and a real PostgreSQL
	@scripts/test tests/Scenarios

examiners: ## Let gammu, smstools, kannel and others drive the simulated modem; installs them
	@scripts/examiners

never-twice: ## Show who texts a person twice when a modem falls silent; takes about five minutes
	@scripts/never-twice

build: ## Build everything; a warning is an error
	@dotnet build Gateway.sln -c Release --nologo

fmt: tools ## Lay out all code
	@dotnet csharpier format .

check: check-format build specs ## What a change must pass: layout, warnings, specs

check-format: tools ## Fail when code isn't laid out
	@dotnet csharpier check .

handlers: ## Write the code around handlers anew; after one was added or its parameters changed
	@scripts/handlers

bench: ## Measure this machine
	@dotnet run --project bench/Bench -c Release

projections-rebuild: ## Rebuild every view from the events and compare; stop the gateway first
	@dotnet run --project src/Api -c Release -- rebuild-views

import: ## Fill an empty gateway from an archive: make import FILE=history.gz
	@dotnet run --project src/Api -c Release -- import "$(FILE)"

tool: ## Install the command line, gateway, for you
	@scripts/tool

tools:
	@dotnet tool restore
