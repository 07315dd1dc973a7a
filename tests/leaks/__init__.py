# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""No secret leaks: real plays at ``-vvvv`` with canaries instead of secrets.

(The folder is not called ``secrets``, because it would hide Python's module of that name.)
"""
