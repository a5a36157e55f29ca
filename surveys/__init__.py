"""What is asked, what was answered, what it says."""
