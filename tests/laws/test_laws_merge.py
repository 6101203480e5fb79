"""Machines that write apart and meet by hand agree in the end, and nothing acknowledged is silently lost."""

from __future__ import annotations

from laws_apart import Apart
from laws_scale import examples

Apart.TestCase.settings = examples(120, steps=25)
TestApart = Apart.TestCase
