"""The path through a questionnaire and the answers as they are given."""
