"""A questionnaire from the bytes of a workbook."""

from __future__ import annotations

from surveys.questionnaires.xlsform import apart
from surveys.questionnaires.xlsform.reading import Form
from surveys.questionnaires.xlsform.reading import form_of


def read(data: bytes, name: str) -> Form:
    """The questionnaire in the workbook called `name`, perhaps unfinished. Raises RefusedFormError."""
    return form_of(apart.read(data, name), name)
