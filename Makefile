# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Every target is a name that tests/run knows: `python3 tests/run help` lists them.
PYTHON ?= python3
TARGETS := demo test test-all bench docs format changelog build install lint ansible-lint units units-2.16 client \
	contract simulator coverage docs-lint package sanity integration examples fleet parity \
	awx leaks mutation machinery pages fragment environment clean

.DEFAULT_GOAL := help
.PHONY: help $(TARGETS)

help $(TARGETS):
	@$(PYTHON) tests/run $@
