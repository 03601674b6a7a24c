"""Effects claimed as reached, changes and quantities, and which figure stands behind each; duties; activities."""
