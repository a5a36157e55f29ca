"""A survey as its operators see it, walked through by whoever writes it; nothing is kept."""
