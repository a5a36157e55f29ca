"""Every address with the ids of another club: nobody comes there, sees a word of it, or changes anything."""

from __future__ import annotations

from datetime import date
from datetime import time

import pytest
from sqlalchemy import JSON
from sqlalchemy import Boolean
from sqlalchemy import Date
from sqlalchemy import Enum
from sqlalchemy import String
from sqlalchemy import Time
from sqlalchemy import insert
from sqlalchemy import select

from config.accounts.access import PUBLIC
from config.accounts.access import Role
from config.accounts.access import roles_of_view
from config.database import Base
from config.database import UtcDateTime
from config.database import db
from config.database import utcnow
from surveys.questionnaires import queries as surveys
from surveys.questionnaires.publishing import publish_ready

SECRET = "پنهان‌پور"
# The row that each variable of an address names; runs are practice or long work, by the room.
TABLES = {
    "call_id": "calls", "cell_id": "quota_cells", "exclusion_id": "campaign_exclusions", "holiday_id": "holidays",
    "listening_id": "listenings", "listing_id": "do_not_call", "objection_id": "objections", "offer_id": "offers",
    "period_id": "calling_periods", "question_id": "quiz_questions", "recording_id": "recordings",
    "response_id": "responses", "review_id": "reviews", "run_id": "job_runs", "practice_id": "practice_runs",
}  # fmt: skip
ORDER = (
    "calls", "quota_cells", "campaign_exclusions", "holidays", "listenings", "do_not_call", "objections", "offers",
    "calling_periods", "quiz_questions", "recordings", "responses", "quality_draws", "reviews", "flagged_interviews",
    "job_runs", "practice_runs", "certificates",
)  # fmt: skip
SAID = {
    "responses": {"state": "complete", "language": "fa"}, "recordings": {"state": "kept"},
    "calling_periods": {"closes_at": time(9)}, "quota_cells": {"target_count": 9},
    "practice_runs": {"persona": "easy", "language": "fa"},
}  # fmt: skip
# What leads some acts as far as to the row.
FORM = {"reason": "break", "verdict": "accepted", "note": "x", "is_used": "1"}
# Administrators look after the accounts of every club.
HOUSE_WIDE = "/accounts"


def value_of(column):
    if isinstance(column.type, Enum):
        return column.type.enums[-1]
    kinds = {JSON: {}, Boolean: False, UtcDateTime: utcnow(), Date: date(2026, 1, 1), Time: time(8), String: SECRET}
    return next((value for kind, value in kinds.items() if isinstance(column.type, kind)), 1)


def filled(table, ids):
    """A row with something in every column that must have it."""
    known = {name: id_ for name, id_ in ids.items() if name in table.columns}
    people = {
        column.name: ids["user_id"]
        for column in table.columns
        if any(key.column.table.name == "users" for key in column.foreign_keys)
    }
    needed = {column.name: value_of(column) for column in table.columns if not column.nullable and column.name != "id"}
    return {**needed, **people, **known, **SAID.get(table.name, {})}


@pytest.fixture
def theirs(factories):
    """The ids of another club's rows, by the names of their variables."""
    club = factories.club(name=SECRET)
    version_id = publish_ready(club.id, "clinic", now=utcnow())
    campaign = factories.campaign(club, version_id=version_id, name=SECRET)
    member = factories.member(club, last_name=SECRET)
    operator = factories.operator([club])
    ids = {
        "club_id": club.id, "version_id": version_id, "campaign_id": campaign.id, "member_id": member.id,
        "survey_id": surveys.version_line(club.id, version_id).survey_id, "operator_id": operator.id,
        "entry_id": factories.entry(campaign, member).id, "user_id": factories.user(Role.SUPERVISOR, [club]).id,
    }  # fmt: skip
    by_table = {table: variable for variable, table in TABLES.items()}
    for name in ORDER:
        table = Base.metadata.tables[name]
        made = db.session.execute(insert(table).values(filled(table, ids))).inserted_primary_key
        if name in by_table:
            ids[by_table[name]] = made[0]
    db.session.commit()
    return ids


def everything_of(club_id):
    """All rows of a club, table by table."""
    db.session.rollback()
    return {
        name: sorted(map(str, db.session.execute(select(table).where(table.columns.club_id == club_id))))
        for name, table in Base.metadata.tables.items()
        if "club_id" in table.columns
    }


def addresses(app, theirs, own):
    """Each address that names a row, with ids of the other club; in a campaign or survey of one's own as well."""
    for rule in sorted(app.url_map.iter_rules(), key=str):
        names = rule.arguments & theirs.keys()
        if not names or str(rule).startswith(HOUSE_WIDE) or roles_of_view(rule.endpoint) == PUBLIC:
            continue
        ids = {name: theirs[name] for name in names}
        if rule.endpoint.startswith("practice."):
            ids["run_id"] = theirs["practice_id"]
        words = {name: min(getattr(rule._converters[name], "items", ["x"])) for name in rule.arguments - names}
        yield rule, rule.build({**words, **ids}, append_unknown=False)[1]
        if len(names) > 1:
            within = {name: own[name] for name in names & own.keys()}
            yield rule, rule.build({**words, **ids, **within}, append_unknown=False)[1]


def test_no_address_leads_to_another_club(app, client, factories, sign_in, theirs):
    club = factories.club()
    version_id = publish_ready(club.id, "clinic", now=utcnow())
    own = {
        "campaign_id": factories.campaign(club, version_id=version_id, state="draft").id,
        "survey_id": surveys.version_line(club.id, version_id).survey_id,
    }
    people = {role: factories.user(role, [club]) for role in Role if role is not Role.OPERATOR}
    people[Role.OPERATOR] = factories.operator([club])
    before = everything_of(theirs["club_id"])

    for rule, address in addresses(app, theirs, own):
        # Administrators may choose every club; all others only their own.
        role = max(roles_of_view(rule.endpoint))
        sign_in(client, people[role])
        form = {"data": FORM} if "POST" in rule.methods else {}
        answer = client.open(address, method="POST" if form else "GET", **form)
        assert answer.status_code in {404, 422}, (address, role)
        assert SECRET not in answer.get_data(as_text=True), address

    assert everything_of(theirs["club_id"]) == before
