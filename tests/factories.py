"""Makers of rows for tests, each committed before it is given back, so that other connections see it."""

from __future__ import annotations

from datetime import date
from datetime import time
from itertools import count as _count

from argon2 import PasswordHasher as _PasswordHasher

from callcenter.calls.models import Call as _Call
from callcenter.calls.models import CallState as _CallState
from callcenter.calls.models import LineStatus as _LineStatus
from callcenter.campaigns.models import Campaign as _Campaign
from callcenter.campaigns.models import CampaignState as _CampaignState
from callcenter.operators.models import Operator as _Operator
from callcenter.queue.models import EntryState as _EntryState
from callcenter.queue.models import QueueEntry as _QueueEntry
from callcenter.queue.models import QuotaCell as _QuotaCell
from callcenter.skills.models import CampaignSkill as _CampaignSkill
from callcenter.skills.models import OperatorSkill as _OperatorSkill
from callcenter.skills.models import Skill as _Skill
from callcenter.skips.models import Skip as _Skip
from callcenter.skips.models import SkipReason as _SkipReason
from club.credit.models import EntryKind as _EntryKind
from club.credit.models import LedgerEntry as _LedgerEntry
from club.credit.models import Offer as _Offer
from club.credit.models import OfferTierBonus as _OfferTierBonus
from club.members.models import Branch as _Branch
from club.members.models import Member as _Member
from club.members.models import Purchase as _Purchase
from club.members.models import Tier as _Tier
from club.notices.models import Notice as _Notice
from config.accounts.models import Club as _Club
from config.accounts.models import Membership as _Membership
from config.accounts.models import Role as _Role
from config.accounts.models import User as _User
from config.database import db as _db
from config.database import utcnow as _utcnow
from config.text import search_key as _search_key
from surveys.interviews.models import Answer as _Answer
from surveys.interviews.models import Response as _Response
from surveys.interviews.states import AnswerStatus as _AnswerStatus
from surveys.interviews.states import ResponseState as _ResponseState
from surveys.questionnaires.models import Survey as _Survey
from surveys.questionnaires.models import SurveyVersion as _SurveyVersion
from surveys.questionnaires.models import VersionQuestion as _VersionQuestion
from surveys.questionnaires.models import VersionState as _VersionState

_numbers = _count(1)
PASSWORD = "a-password-for-tests"
_PASSWORD_HASH = _PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


def _kept(row):
    _db.session.add(row)
    _db.session.commit()
    return row


def club(**fields):
    number = next(_numbers)
    return _kept(_Club(**{"slug": f"club-{number}", "name": f"باشگاه {number}", **fields}))


def user(role=_Role.OPERATOR, clubs=(), **fields):
    number = next(_numbers)
    row = _User(
        **{
            "email": f"u{number}@test",
            "name": f"کاربر {number}",
            "role": role,
            "password_hash": _PASSWORD_HASH,
            **fields,
        }
    )
    row.memberships = [_Membership(club_id=one.id) for one in clubs]
    return _kept(row)


def operator(clubs=(), **fields):
    person = user(_Role.OPERATOR, clubs)
    _kept(_Operator(**{"user_id": person.id, "extension": f"{1000 + person.id}", **fields}))
    return person


def branch(of, **fields):
    name = fields.pop("name", f"شعبه {next(_numbers)}")
    return _kept(_Branch(club_id=of.id, name=name, name_key=_search_key(name), **fields))


def tier(of, **fields):
    name = fields.pop("name", f"سطح {next(_numbers)}")
    return _kept(_Tier(club_id=of.id, name=name, name_key=_search_key(name), **fields))


def member(of, **fields):
    number = next(_numbers)
    values = {
        "club_id": of.id,
        "phone": f"+98999{number:07}",
        "first_name": "سارا",
        "last_name": f"احمدی {number}",
        "joined_at": date(2023, 1, 1),
        "consent_calls": True,
        **fields,
    }
    values.setdefault("search_key", _search_key(f"{values['first_name']} {values['last_name']}"))
    return _kept(_Member(**values))


def purchase(of, **fields):
    """A purchase of the member `of`."""
    return _kept(
        _Purchase(
            **{
                "club_id": of.club_id,
                "member_id": of.id,
                "branch_id": of.branch_id,
                "amount_rial": 4_850_000,
                "items": "قهوه‌ی دمی",
                "purchased_at": _utcnow(),
                **fields,
            }
        )
    )


def version(of, document=None, **fields):
    """A published version with `document` as its questionnaire (empty unless given)."""
    survey = _kept(_Survey(club_id=of.id, slug=f"survey-{next(_numbers)}", name="نظرسنجی"))
    values = {"number": 1, "state": _VersionState.PUBLISHED, "published_at": _utcnow(), **fields}
    return _kept(_SurveyVersion(club_id=of.id, survey_id=survey.id, document=document or {}, **values))


def campaign(of, **fields):
    """A running campaign that is open all day."""
    version_id = fields.pop("version_id", None) or version(of).id
    values = {
        "name": f"کمپین {next(_numbers)}",
        "state": _CampaignState.RUNNING,
        "opens_at": time(0, 0),
        "closes_at": time(23, 59, 59),
        **fields,
    }
    return _kept(_Campaign(club_id=of.id, version_id=version_id, **values))


def entry(of, who, **fields):
    """The queue entry of the member `who` in the campaign `of`."""
    return _kept(_QueueEntry(**{"club_id": of.club_id, "campaign_id": of.id, "member_id": who.id, **fields}))


def quota_cell(of, target_count, **fields):
    """A quota cell of the campaign `of`."""
    return _kept(
        _QuotaCell(
            **{"club_id": of.club_id, "campaign_id": of.id, "facets": {}, "target_count": target_count, **fields}
        )
    )


def offer(of, **fields):
    """A running offer; `tier_percents` is {tier: per cent}."""
    percents = fields.pop("tier_percents", {})
    row = _Offer(**{"club_id": of.id, "name": f"طرح {next(_numbers)}", "amount_rial": 200_000, **fields})
    row.tier_bonuses = [
        _OfferTierBonus(club_id=of.id, tier_id=one.id, percent=percent) for one, percent in percents.items()
    ]
    return _kept(row)


def ledger_entry(of, **fields):
    """A movement of the credit of the member `of`."""
    values = {"kind": _EntryKind.AWARD, "amount_rial": 100_000, "source": "test", "source_id": next(_numbers)}
    return _kept(_LedgerEntry(**{"club_id": of.club_id, "member_id": of.id, **values, **fields}))


def notice(of, **fields):
    """A text to the member `of`, waiting to be sent."""
    values = {"kind": "test", "source_id": next(_numbers), "phone": of.phone, "text": "سلام"}
    return _kept(_Notice(**{"club_id": of.club_id, "member_id": of.id, **values, **fields}))


DIMENSIONS = ("price", "quality", "service", "overall")


def rated_campaign(of, **fields):
    """A campaign whose survey has one rating for each dimension, named as it, and the open question `word`."""
    asked = version(of)
    rows = [(code, "rating", code) for code in DIMENSIONS] + [("word", "open_text", None)]
    for position, (code, kind, dimension) in enumerate(rows):
        _db.session.add(
            _VersionQuestion(
                club_id=of.id, version_id=asked.id, position=position, code=code, kind=kind, dimension=dimension
            )
        )
    _db.session.commit()
    return campaign(of, version_id=asked.id, **fields)


def closed_entry(of, who, outcome, closed_at, **fields):
    """The entry of `who` in the campaign `of`, closed with an AAPOR code after one call."""
    values = {"state": _EntryState.CLOSED, "outcome": outcome, "closed_at": closed_at, "attempt_count": 1}
    return entry(of, who, **{**values, **fields})


def dialled_call(of, caller, dialled_at, **fields):
    """An ended call for the entry `of`, in which the member's line was dialled at `dialled_at`."""
    values = {
        "phone": "+989990000000",
        "extension": "1000",
        "channel_id": f"call-{next(_numbers)}",
        "state": _CallState.ENDED,
        "requested_at": dialled_at,
        "member_dialled_at": dialled_at,
        "ended_at": dialled_at,
        **fields,
    }
    owner = {"club_id": of.club_id, "campaign_id": of.campaign_id, "entry_id": of.id, "member_id": of.member_id}
    return _kept(_Call(**owner, operator_id=caller.id, **values))


def interview(of, who, completed_at, *, word=None, **ratings):
    """A complete interview with `who` in the rated campaign `of`, its entry closed as 1.1.

    `ratings` are 1 to 5 by dimension, or "dont_know" or "refused"; a dimension left out was not asked.
    """
    case = closed_entry(of, who, "1.1", completed_at)
    row = _kept(
        _Response(
            club_id=of.club_id, version_id=of.version_id, campaign_id=of.id, entry_id=case.id, member_id=who.id,
            operator_id=1, branch_id=who.branch_id, language="fa", state=_ResponseState.COMPLETE,
            started_at=completed_at, completed_at=completed_at,
        )
    )  # fmt: skip
    asked = {
        question.code: question.id
        for question in _db.session.query(_VersionQuestion).filter_by(version_id=of.version_id)
    }
    for code, value in {**ratings, **({"word": word} if word else {})}.items():
        is_given = value not in set(_AnswerStatus)
        _db.session.add(
            _Answer(
                club_id=of.club_id, response_id=row.id, question_id=asked[code], answered_at=completed_at,
                status=_AnswerStatus.ANSWERED if is_given else value,
                value=value if is_given else None, number=value if is_given and code != "word" else None,
            )
        )  # fmt: skip
    _db.session.commit()
    return row


def call(of, operator, **fields):
    """A call for the entry `of` that ended without an answer, with no outcome yet."""
    number = next(_numbers)
    now = _utcnow()
    return _kept(
        _Call(
            **{
                "club_id": of.club_id,
                "campaign_id": of.campaign_id,
                "entry_id": of.id,
                "member_id": of.member_id,
                "operator_id": operator.id,
                "phone": f"+98999{of.member_id:07}",
                "extension": "1001",
                "channel_id": f"call-{number}",
                "state": _CallState.ENDED,
                "line_status": _LineStatus.NO_ANSWER,
                "hangup_cause": 19,
                "requested_at": now,
                "member_dialled_at": now,
                "ended_at": now,
                **fields,
            }
        )
    )


def skill(code, *having, **fields):
    """A skill that counts; the operators `having` have it."""
    mask = max((row.mask for row in _db.session.query(_Skill)), default=0) * 2 or 1
    row = _kept(_Skill(**{"code": code, "mask": mask, "name_fa": f"مهارت {code}", "name_en": code.title(), **fields}))
    for one in having:
        _kept(_OperatorSkill(operator_id=one.id, skill=code))
    return row


def campaign_skill(of, code):
    """The campaign `of` asks for a skill of the house's list."""
    return _kept(_CampaignSkill(campaign_id=of.id, club_id=of.club_id, skill=code))


def skip(of, operator, **fields):
    """The operator skipped the member of the entry `of`."""
    values = {"reason": _SkipReason.ACQUAINTED, "skipped_at": _utcnow(), **fields}
    return _kept(_Skip(club_id=of.club_id, entry_id=of.id, operator_id=operator.id, **values))
