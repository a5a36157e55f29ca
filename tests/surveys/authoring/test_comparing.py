"""What changed between two versions."""

from dataclasses import replace

from surveys.authoring import comparing
from surveys.authoring import editing
from surveys.authoring.comparing import Fate
from surveys.authoring.comparing import Said
from surveys.questionnaires.document import Choice
from surveys.questionnaires.document import Kind
from tests.surveys.questionnaires.samples import short_questionnaire

BEFORE = short_questionnaire()


def fates(after):
    return [(change.code, change.fate) for change in comparing.changes(BEFORE, after)]


def changed(code, **fields):
    after = editing.put(BEFORE, code, replace(BEFORE.by_code[code], **fields))
    (change,) = comparing.changes(BEFORE, after)
    return change


def test_the_same_version_has_no_changes():
    assert comparing.changes(BEFORE, short_questionnaire()) == []


def test_questions_come_and_go_and_move():
    after, copy = editing.duplicate(editing.remove(BEFORE, "price_2"), "staff")
    assert fates(after) == [(copy, Fate.ADDED), ("price_2", Fate.REMOVED)]

    assert fates(editing.move(BEFORE, "hello", 1)) in ([("hello", Fate.MOVED)], [("consent", Fate.MOVED)])


def test_changed_words_are_told_word_by_word_in_their_language():
    change = changed("staff", text={"fa": BEFORE.by_code["staff"].text["fa"], "en": "staff now in plain English"})

    assert [(one.part, one.language) for one in change.rewritten] == [("text", "en")]
    assert change.rewritten[0].runs == (
        (Said.SAME, "staff"),
        (Said.NEW, "now"),
        (Said.SAME, "in"),
        (Said.NEW, "plain"),
        (Said.SAME, "English"),
    )
    assert (change.rules, change.settings) == (None, False)


def test_a_rule_and_a_setting_are_told_apart_from_words():
    assert changed("wrong", when=None).rules == (BEFORE.by_code["wrong"].when, None)
    assert changed("staff", is_required=False).settings is True
    asked = changed("word", kind=Kind.CHOICE_ONE, choices=(Choice("a", {"fa": "بله"}), Choice("b", {"fa": "نه"})))
    assert asked.settings is True
    assert {one.part for one in asked.rewritten} == {"choice"}
