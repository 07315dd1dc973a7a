# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# The front for people: `make NAME` is the session NAME of noxfile.py, with its arguments in ARGS.
PYTHON ?= python3
REQUIREMENTS := tests/requirements/nox.txt
NOX := .venv/nox/bin/nox

.DEFAULT_GOAL := help

# All sessions, and what they check.
help: $(NOX)
	@$(NOX) --list

# Everything that must pass before a change is accepted; sessions side by side in two lanes.
test: $(NOX)
	@$(NOX) --parallel 2

# The same, and every other supported ansible-core and Python.
test-all: test
	@$(NOX) --parallel 2 --tags matrix

# Remove what was made, apart from the environments.
clean:
	rm -rf .build tests/output

$(NOX): $(REQUIREMENTS)
	@$(PYTHON) -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 10))' || { echo \
	    "Python 3.10 or later with venv is needed: apt-get install python3-venv," \
	    "or for example make PYTHON=python3.12 demo"; exit 1; } >&2
	@$(PYTHON) -m venv --clear .venv/nox
	@.venv/nox/bin/python -m pip install -qq --disable-pip-version-check -r $<
	@touch $@

# Any other name is a session, and none is up to date.
%: $(NOX) always
	@$(NOX) --sessions $@ -- $(ARGS)

always: ;
Makefile $(REQUIREMENTS): ;
.PHONY: help test test-all clean always
