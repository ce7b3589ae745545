# PYTHON=python3.12 chooses the Python that the virtual environment is made from.
PYTHON ?= python3
READY := .venv/.ready
READY_TO_TEST := .venv/.ready-to-test

.PHONY: help run demo test test-all laws mutants adversary bench
help:
	@echo "make demo   see it: a made-up company, six waves, then the site (ONCE=1 ends before serving)"
	@echo "make run    use it: on this machine, kept in var/run"
	@echo "make test   check it: everything the tests need, and the whole suite"
	@echo "make test-all   the same with the long forms of the attacks (up to 25 minutes)"
	@echo "make laws   look for counterexamples to the laws that hold for all input, other ones each time (minutes)"
	@echo "make mutants   which changes to sealing, tokens and disclosure no test notices (half an hour)"
	@echo "make bench  how long each step of a wave takes with 1,000 to 1,000,000 people (an hour; SHORT=1 up to 100,000)"
	@echo "make adversary   attack it: the attacks on anonymity in their longer form, with their figures"

run: $(READY)
	@.venv/bin/python -m config.embedded

demo: $(READY)
	@.venv/bin/python -m config.demo

test: $(READY_TO_TEST)
	@scripts/test.sh $(ARGS)

test-all: $(READY_TO_TEST)
	@ADVERSARY=long scripts/test.sh $(ARGS)

laws: $(READY_TO_TEST)
	@scripts/laws.sh $(ARGS)

mutants: $(READY_TO_TEST)
	@scripts/mutants.sh

adversary: $(READY_TO_TEST)
	@scripts/test-tools.sh
	@ADVERSARY=long .venv/bin/python -m pytest -s tests/adversary tests/faults $(ARGS)

bench: $(READY_TO_TEST)
	@scripts/test-tools.sh
	@.venv/bin/python -m tests.benchmarks.bench

$(READY): requirements.txt
	@PYTHON="$(PYTHON)" scripts/environment.sh requirements.txt
	@touch $@

$(READY_TO_TEST): requirements.txt requirements-dev.txt
	@PYTHON="$(PYTHON)" scripts/environment.sh requirements-dev.txt
	@touch $(READY) $@
