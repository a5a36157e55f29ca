"""Which columns of XLSForm are ours, which only concern a telephone's screen, and which change what is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surveys.questionnaires.xlsform import reasons

if TYPE_CHECKING:
    from surveys.questionnaires.xlsform.findings import Findings
    from surveys.questionnaires.xlsform.rows import Row

_MEDIA = {"media", "image", "big_image", "audio", "video"}
# A cell in one of these changes what is asked, or when; to leave it out would be another questionnaire.
CHANGING = {
    "survey": {
        *_MEDIA, "calculation", "choice_filter", "repeat_count", "trigger", "read_only", "save_to", "intent", "bind",
        "body", "instance", "control", "query", "count", "jr", "compact_tag",
    },
    "choices": _MEDIA,
    "settings": set(),
}  # fmt: skip
# These say how it looks on a telephone.
LOOKS = {"appearance", "required_message", "autoplay", "rows", "default"}
# What a telephone notes by itself.
NOTED = {
    "start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username", "email", "audit",
    "start_geopoint", "imei", "get_device_id", "background_audio", "background_geopoint",
}  # fmt: skip
OTHER_SHEETS = ("external_choices", "entities", "osm")
# The shares from which an early end is partial, or complete: our columns, by the keys of a questionnaire.
SHARES = {"hamseda_partial_from": "partial_from", "hamseda_complete_from": "complete_from"}
SETTINGS = {"form_title", "form_id", "version", "default_language", "hamseda_title", *SHARES}


def look_over(row: Row, findings: Findings) -> None:
    """Say what a row has in columns that are not ours; other columns are the writer's own and mean nothing."""
    for column in row.values:
        if column in CHANGING[row.sheet]:
            findings.refuse(row.sheet, row.number, reasons.CELL_NOT_SUPPORTED, column=column)
        elif row.sheet == "settings" and column not in SETTINGS:
            findings.remark(row.sheet, row.number, reasons.SETTING_IGNORED, column=column)
        elif row.sheet == "survey" and column in LOOKS:
            findings.remark(row.sheet, 0, reasons.COLUMN_IGNORED, column=column)
    if row.text("required_message"):
        findings.remark(row.sheet, 0, reasons.COLUMN_IGNORED, column="required_message")
