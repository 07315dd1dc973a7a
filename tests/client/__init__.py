# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The client against a server, a network and a wire that misbehave.

Everything goes through the public entry of the module code, `_schedule.task.run`, or through
`Client`; the portal is the simulated one wherever it can do what a test needs.
"""
