"""What single readers of the text share."""
