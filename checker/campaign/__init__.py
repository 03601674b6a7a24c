"""Many returns in one go: found, read, kept, compared, closed against the parent's own return."""
