"""Questionnaires as XLSForms: workbooks that managers and other survey tools know. What is not supported is refused."""
