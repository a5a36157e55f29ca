from __future__ import annotations

import threading
from datetime import UTC
from datetime import date
from datetime import datetime

import pytest
from sqlalchemy import func
from sqlalchemy import select

from club.credit.award import award
from club.credit.models import LedgerEntry
from club.credit.promises import promise
from club.credit.queries import balance
from club.notices.models import Notice
from config.accounts.access import Role
from config.accounts.models import Club
from config.database import db
from config.errors import NotFoundError

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.fixture
def member(app, factories):
    club, noise = factories.club(name="کافه لمیز"), factories.club()
    factories.offer(noise, amount_rial=9_000_000)
    factories.ledger_entry(factories.member(noise))
    return factories.member(club, first_name="سارا")


@pytest.fixture
def offer(member, factories):
    return factories.offer(db.session.get(Club, member.club_id), amount_rial=230_000)


def awarded(member, source_id=1, now=NOW):
    result = award(member.club_id, member.id, source="survey", source_id=source_id, now=now)
    db.session.commit()
    return result


def entries(member):
    return db.session.scalars(select(LedgerEntry).where(LedgerEntry.member_id == member.id)).all()


def test_the_best_offer_of_today_is_paid_when_nothing_was_said(member, offer):
    result = awarded(member)

    [entry] = entries(member)
    assert (result.entry_id, result.amount_rial) == (entry.id, 230_000)
    assert (entry.offer_id, entry.created_at, len(entry.candidates)) == (offer.id, NOW, 1)
    assert balance(member.club_id, member.id) == 230_000


def test_the_promise_is_paid_exactly_even_after_its_offer_has_ended(member, offer, factories):
    promise(member.club_id, member.id, source="survey", source_id=1, today=date(2026, 11, 20))
    offer.is_active = False
    db.session.commit()

    assert awarded(member).amount_rial == 230_000
    assert awarded(member, source_id=2).entry_id is None


def test_the_day_of_an_offer_is_the_day_on_the_clocks_of_the_club(member, offer):
    offer.starts_on = date(2026, 11, 22)
    db.session.commit()

    before_midnight_in_tehran = datetime(2026, 11, 21, 20, 29, tzinfo=UTC)
    after_midnight_in_tehran = datetime(2026, 11, 21, 20, 30, tzinfo=UTC)

    assert awarded(member, 1, before_midnight_in_tehran).amount_rial == 0
    assert awarded(member, 2, after_midnight_in_tehran).amount_rial == 230_000


def test_a_replayed_fact_pays_and_tells_nothing_more(member, offer):
    first = awarded(member)

    again = awarded(member)

    assert again == first
    assert len(entries(member)) == 1
    assert db.session.scalar(select(func.count()).select_from(Notice)) == 1


def test_without_an_offer_nothing_is_paid_or_told(member):
    result = awarded(member)

    assert (result.entry_id, result.amount_rial) == (None, 0)
    assert entries(member) == []
    assert db.session.scalars(select(Notice)).all() == []


def test_the_text_tells_the_true_amount_and_the_new_credit_in_toman(member, offer, factories):
    factories.ledger_entry(member, amount_rial=1_200_000)

    result = awarded(member)

    notice = db.session.scalar(select(Notice))
    assert (notice.source_id, notice.phone) == (result.entry_id, member.phone)
    for words in ("سارا", "کافه لمیز", "۲۳٬۰۰۰ تومان", "۱۴۳٬۰۰۰ تومان"):
        assert words in notice.text


def test_an_award_that_is_rolled_back_leaves_neither_credit_nor_text(member, offer):
    award(member.club_id, member.id, source="survey", source_id=1, now=NOW)
    db.session.rollback()

    assert entries(member) == []
    assert db.session.scalars(select(Notice)).all() == []


def test_the_members_page_says_why_the_amount_is_what_it_is(client, member, factories, sign_in):
    club = db.session.get(Club, member.club_id)
    gold = factories.tier(club)
    member.tier_id = gold.id
    factories.offer(club, amount_rial=200_000, tier_percents={gold: 15})
    awarded(member)
    sign_in(client, factories.user(Role.CLUB_STAFF, [club], language="en"))

    page = client.get(f"/members/{member.id}").text

    assert "base + 15% for the tier" in page
    assert "+23,000" in page


def test_a_member_of_another_club_is_not_paid(member, offer, factories):
    stranger = factories.member(factories.club())

    with pytest.raises(NotFoundError):
        award(member.club_id, stranger.id, source="survey", source_id=1, now=NOW)


def test_a_race_for_the_same_fact_pays_once(app, member, offer):
    club_id, member_id = member.club_id, member.id
    db.session.rollback()
    together, results = threading.Barrier(6), []

    def pay():
        with app.app_context():
            together.wait(timeout=120)
            results.append(award(club_id, member_id, source="survey", source_id=1, now=NOW))
            db.session.commit()

    threads = [threading.Thread(target=pay) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert len(results) == 6
    assert len(set(results)) == 1
    assert balance(club_id, member_id) == 230_000
    assert db.session.scalar(select(func.count()).select_from(Notice)) == 1
