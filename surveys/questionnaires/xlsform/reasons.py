"""The sentences about workbooks. Plain where no page is shown, in the page's language where one is."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

# The file.
TOO_LARGE = _l("The file is larger than %(limit)s MB; a questionnaire is not. Remove pictures and other sheets.")
UNKNOWN_FILE = _l("This is no workbook. Save the form as .xlsx (or .xls, or the .csv of XLSForm).")
LOCKED_FILE = _l("The file is protected by a password or is an old .xls under another name. Save it as a plain .xlsx.")
MACROS = _l("The file carries macros. Save it without them, as .xlsx.")
BROKEN_FILE = _l("The file cannot be read: it is damaged, or no workbook.")
TOO_SLOW = _l("Reading the file takes too long. Copy the sheets survey, choices and settings into a new file.")
TOO_MUCH = _l("The sheets hold far more text than a questionnaire. Copy survey, choices and settings into a new file.")
NOT_VALID = _l("This is no valid XLSForm: %(problem)s")
# A sheet.
NO_SHEET = _l("The sheet is missing or empty.")
NO_COLUMN = _l("The column %(column)s is missing.")
TOO_MANY_ROWS = _l("There are %(count)s rows; %(limit)s is the most that a phone survey can use.")
SHEET_NOT_SUPPORTED = _l("This sheet is not supported. Remove it.")
UNKNOWN_LANGUAGE = _l("The language of the column %(column)s is not known; write its code, as in English (en).")
# A cell.
CELL_NOT_SUPPORTED = _l("The column %(column)s is not supported. Empty it.")
TOO_LONG = _l("The text in %(column)s has more than %(limit)s characters.")
COLUMN_IGNORED = _l("The column %(column)s says how a telephone shows the form; it was left out.")
SETTING_IGNORED = _l("The setting %(column)s was left out.")
# A row.
NO_TYPE = _l("The type is missing.")
NO_NAME = _l("The name is missing.")
NO_LABEL = _l("The label is missing: there is nothing to read out.")
TYPE_NOT_SUPPORTED = _l("The type %(type)s is not supported: it cannot be asked on the phone, or has no meaning there.")
DECIMALS = _l("The type decimal is not supported: numbers are whole here. Use integer.")
REPEATS = _l("Repeated groups are not supported: every question is asked once.")
OR_OTHER = _l("or_other is not supported. Add a choice “other” and a text question with a rule.")
RANGE_STEPS = _l("A range goes from one whole number to another in steps of 1.")
FROM_DEVICE = _l("%(type)s is what a telephone notes by itself; it was left out. Calls note their own times.")
NO_GROUP_OPEN = _l("A group ends here that did not begin.")
GROUP_OPEN = _l("The group that begins here does not end.")
NESTED_GROUP = _l("The group inside a group became a part of the outer one.")
NAME_TWICE = _l("The name %(name)s is used twice; each question has its own.")
REQUIRED_UNKNOWN = _l("required is yes or no, not %(value)s.")
NO_LIST = _l("There is no list %(list)s on the sheet choices.")
UNKNOWN_KIND = _l("hamseda_kind has no %(value)s.")
KIND_AND_TYPE = _l("A question of kind %(kind)s cannot have the type %(type)s.")
SCALE = _l("A question of kind %(kind)s needs the choices %(first)s to %(last)s.")
UNKNOWN_DIMENSION = _l("hamseda_dimension has no %(value)s; it is price, quality, service or overall.")
NUMBER_WANTED = _l("%(column)s is a whole number, not %(value)s.")
ANSWER_IN_TEXT = _l("The text names the answer to another question, %(name)s. That is not supported; word it without.")
PROBES_DIFFER = _l("guidance_hint has one line for each probe, the same number in every language.")
PARAMETERS = _l("The parameter %(value)s is not supported.")
CODE_CHANGED = _l("The name %(name)s is %(code)s here: codes are in small Latin letters and at most 40 long.")
CLOSING_ADDED = _l("The form does not end with a note, so a short thank-you was added as its closing.")
NO_CLOSING = _l("The form must end with a note: it is read out as the closing.")
IN_DOCUMENT = _l("%(problem)s")
# A rule or a bound.
UNREADABLE = _l("The expression cannot be read from “%(part)s” on; it is too rich for a rule here.")
FUNCTION = _l("The function %(name)s is not supported in a rule.")
NO_QUESTION = _l("There is no earlier question %(name)s.")
NO_CHOICE = _l("%(value)s is no choice of %(name)s.")
VALUE_WANTED = _l("Compare the answer to %(name)s with a text, a number or a date, not with this.")
NOT_A_NUMBER = _l("The answer to %(name)s is a number; compare it with one.")
MANY_CHOICES = _l("%(name)s may have several answers: write selected(${%(name)s}, 'choice').")
NOT_MANY = _l("That a choice was not among several cannot be a rule. Ask with one choice, or turn the rule round.")
UNANSWERED = _l("A rule cannot ask whether %(name)s was left without an answer.")
MIXED_RULE = _l("The rule mixes and with or. Here a rule is all of its conditions, or any of them.")
ANSWERED_TOO = _l("Here a rule that says “not” holds only when the question was answered.")
BOUND_NOT_SUPPORTED = _l(
    "This constraint is not supported. A number or a date can have bounds, and one of many choices can stand alone."
)
