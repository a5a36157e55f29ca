from __future__ import annotations

from sqlalchemy import select

from callcenter.quality import rules
from callcenter.quality import sampling
from callcenter.quality.models import QualityDraw
from callcenter.quality.rules import Rules
from callcenter.quality.sampling import Reason
from config.database import db


def draws():
    return {row.response_id: row.reason for row in db.session.scalars(select(QualityDraw))}


def test_a_newcomers_first_interviews_are_drawn_and_nobody_elses_count_for_them(completed, factories, club):
    rules.save(club.id, Rules(share_percent=0, newcomer_count=2))
    other = factories.operator([club])

    ids = [completed(), completed(by=other), completed(), completed()]

    reasons = draws()
    assert [reasons[one] for one in ids] == [Reason.NEWCOMER, Reason.NEWCOMER, Reason.NEWCOMER, None]


def test_the_others_are_drawn_by_the_lot_of_their_number_and_the_clubs_salt(completed, club):
    rules.save(club.id, Rules(share_percent=50, newcomer_count=0))
    ids = [completed() for _ in range(8)]

    salt = rules.with_salt(club.id)[1]
    expected = {one: Reason.RANDOM if sampling.lot(one, salt) < 0.5 else None for one in ids}

    assert draws() == expected


def test_what_was_decided_stays_when_the_share_changes(completed, club):
    rules.save(club.id, Rules(share_percent=0, newcomer_count=0))
    before, salt = completed(), rules.with_salt(club.id)[1]

    rules.save(club.id, Rules(share_percent=100, newcomer_count=0))
    after = completed()

    assert draws() == {before: None, after: Reason.RANDOM}
    assert rules.with_salt(club.id)[1] == salt


def test_every_club_has_a_salt_of_its_own(factories, club):
    assert rules.with_salt(club.id)[1] != rules.with_salt(factories.club().id)[1]
    assert rules.of_club(club.id) == Rules(share_percent=10, newcomer_count=10)
