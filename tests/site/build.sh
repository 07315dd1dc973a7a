#!/usr/bin/env bash
# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Build the documentation site: pages of plugins and roles, and the guides. Warnings are errors.
set -e
cd "$(dirname "$0")/../.."
site=.build/site
rm -rf "$site"
cp -r tests/site "$site"
# The relative paths of pictures in guides must work both in the site and in the checkout.
cp -r docs/performance docs/pictures "$site"
mkdir -m 755 "$site/rst"
antsibull-docs --config-file tests/site/antsibull-docs.cfg collection --use-current \
    --squash-hierarchy --dest-dir "$site/rst" onlyoffice.docspace
sphinx-build --quiet --fail-on-warning --keep-going -c "$site" "$site/rst" "$site/build/html"
