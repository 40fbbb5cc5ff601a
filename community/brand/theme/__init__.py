"""From five inputs to an accessible light and dark palette.

A brand manager picks colours freely; the contrast of text and controls is solved for, never asked for.
"""

from community.brand.theme.css import theme_css
from community.brand.theme.palette import Look, Palette, palette
from community.brand.theme.proof import PAIRS, Reading, audit

__all__ = ["PAIRS", "Look", "Palette", "Reading", "audit", "palette", "theme_css"]
