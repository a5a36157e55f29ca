"""Who the members are and what they have earned."""
