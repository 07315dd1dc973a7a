# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The HTTP client against misbehaving servers, networks and responses.

Tests use the public entry points of the module code, such as `_schedule.task.run`, or `Client`.
They use the simulated portal unless it cannot do what a test needs.
"""
