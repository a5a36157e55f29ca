"""What members object, and the words with which an operator answers."""
