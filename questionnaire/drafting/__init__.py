"""A list of questions to a draft edition, and one edition beside another."""
