"""Totals and their parts, in tables and in prose."""
