# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# The front end: `make NAME` runs the session NAME of noxfile.py, with its arguments in ARGS.
PYTHON ?= python3
REQUIREMENTS := tests/requirements/nox.txt
NOX := .venv/nox/bin/nox
NEEDED := "Python 3.10 or later with venv is needed: apt-get install python3-venv, or PYTHON=python3.12"
.PHONY: help test test-all clean always

help: $(NOX)
	@$(NOX) --list | grep -v matrix
# Everything that must pass before a change is accepted, in two lanes.
test: $(NOX)
	@$(NOX) --parallel 2
# The same on every supported ansible-core and Python.
test-all: test
	@$(NOX) --parallel 2 --tags matrix
clean:
	rm -rf .build tests/output

$(NOX): $(REQUIREMENTS)
	@$(PYTHON) -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 10))' || { echo $(NEEDED) >&2; exit 1; }
	@$(PYTHON) -m venv --clear .venv/nox
	@.venv/nox/bin/python -m pip install -qq --disable-pip-version-check -r $<
	@touch $@
# Every other target is a session, and is never up to date.
%: $(NOX) always
	@$(NOX) --sessions $@ -- $(ARGS)
always Makefile $(REQUIREMENTS): ;
