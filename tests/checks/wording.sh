#!/usr/bin/env bash
# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Run by `make lint`: prints where texts and comments have words that this project avoids, and fails
# then. Each line is a regular expression for whole words. Better ones are: they, the user; instead
# of; matches the desired state; is reported; the server reports; result; again; manages; ensures;
# silently; sends one additional request; forever.
words='he|him|his|himself|she|her|hers|herself
in place of
as (it|they) should( be)?
(is|are|was|were|be|been) told
(portal|server|history|progress|trail|status) (tells|does not tell)
what (would )?(become|becomes|became|come|comes|came) of
anew
look(s|ed|ing)? after
(make|makes|made|making) sure of
without a word
costs? one (more )?request
for ever'

grep -rnIiwE --exclude=wording.sh --exclude-dir=__pycache__ --exclude-dir=output -e "$words" \
    -- *.md changelogs docs extensions galaxy.yml meta noxfile.py playbooks plugins roles tests
test $? = 1
