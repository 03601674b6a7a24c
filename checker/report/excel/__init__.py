"""Workbooks: the gap list of a return, the campaign, disclosures; one style for all."""
