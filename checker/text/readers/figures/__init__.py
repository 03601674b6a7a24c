"""Figures that can be compared, lack a unit, or are set against each other."""
