"""What every reader of text stands on: passages, marks, folding, words and expressions from the data."""
