# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the simulated portal against the wire contract of a real DocSpace.

``matrix_backup`` and ``matrix_rooms`` are the contract's two test matrices, row by row, with one
runner for both. The other files cover facts of the contract that the matrices omit and that the
collection depends on.
"""
