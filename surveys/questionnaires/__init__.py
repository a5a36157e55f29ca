"""Surveys, their versions, and the questionnaire a version holds."""
