"""What operators are good at, what members need, and how the two meet in the queue."""
