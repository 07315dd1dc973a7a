# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether the unit tests notice a wrong character in the modules that decide.

cosmic-ray says what can be changed; every changed module is tested in a process of its own.
"""
