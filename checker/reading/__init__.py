"""One answer read: what it discloses of what was asked, and the words that prove it."""
