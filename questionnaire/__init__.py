"""What the group asks, and what came back."""
