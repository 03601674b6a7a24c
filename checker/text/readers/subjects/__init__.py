"""What words are about: sections, topics, standards."""
