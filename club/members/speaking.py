"""The language in which a member is spoken to. Nothing here commits."""

from __future__ import annotations

from sqlalchemy import select

from club.members.events import language_changed
from club.members.models import Member
from config.database import db
from config.errors import InvalidInputError
from config.errors import NotFoundError
from config.languages import LANGUAGES


def set_language(club_id: int, member_id: int, language: str | None) -> None:
    """Keep the member's language (fa, en), or None when any will do; the rest of the house hears of it.

    Raises NotFoundError when the club has no such member, InvalidInputError (field `language`) for another language.
    """
    if language is not None and language not in LANGUAGES:
        raise InvalidInputError("language", f"{language!r} is no language of this house")
    member = db.session.scalar(
        select(Member).where(Member.club_id == club_id, Member.id == member_id).with_for_update()
    )
    if member is None:
        raise NotFoundError("There is no such member here.")
    if member.language == language:
        return
    member.language = language
    db.session.flush()
    language_changed.send(member_ids=[member_id])
