"""Readers: what an answer's words say, each of one subject."""
