"""Dates that deny each other, and facts of another year."""
