"""How texts leave the house: through the gateways of the NOTIFY_URLS setting, or into a log file."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING
from typing import Protocol

from apprise import Apprise

from club.notices.errors import NotSentError
from config.database import utcnow
from config.errors import SettingError
from config.phones import mask_phone

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

log = logging.getLogger(__name__)
# Apprise's own lines name the member's number and, of an address it does not understand, the service's secret.
logging.getLogger("apprise").disabled = True
LOG_URL = "log://"
PHONE = "{phone}"
SOME_NUMBER = "989120000000"


class Gateway(Protocol):
    """Something that takes a text for a number (E.164) or raises NotSentError."""

    def send(self, phone: str, text: str) -> None:
        """Send one text."""


class LogGateway:
    """`log://`: one line of JSON for each text in <home>/log/notices.log, the number masked."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def send(self, phone: str, text: str) -> None:
        """Write the line. Raises NotSentError when the file cannot be written."""
        line = json.dumps({"at": utcnow().isoformat(), "phone": mask_phone(phone), "text": text}, ensure_ascii=False)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as file:
                file.write(line + "\n")
        except OSError as error:
            raise NotSentError(f"{self._path} cannot be written: {error.strerror}") from None
        log.info("text to %s written to %s", mask_phone(phone), self._path.name)


class AppriseGateway:
    """Any service that Apprise knows. `{phone}` in the address becomes the number, country code first, digits only."""

    def __init__(self, url: str) -> None:
        self._url = url

    def send(self, phone: str, text: str) -> None:
        """Send it. Raises NotSentError, without the address: it holds the service's secret."""
        service = Apprise()
        if not service.add(self._url.replace(PHONE, phone.removeprefix("+"))):
            raise NotSentError("The address of a gateway is not one that Apprise understands.")
        if not service.notify(body=text):
            raise NotSentError("The gateway did not take the text.")


class Gateways:
    """The gateways in their order: the first that takes a text has sent it. A log beside them notes what was sent."""

    def __init__(self, senders: Sequence[Gateway], note: Gateway | None = None) -> None:
        self._senders = senders
        self._note = note

    def send(self, phone: str, text: str) -> None:
        """Send through the first gateway that takes it. Raises NotSentError with the last one's reason."""
        self._send_through_first(phone, text)
        if self._note is not None:
            self._take_note(self._note, phone, text)

    def _send_through_first(self, phone: str, text: str) -> None:
        reason = NotSentError("No gateway is set; name one in HAMSEDA_NOTIFY_URLS.")
        for sender in self._senders:
            try:
                sender.send(phone, text)
            except NotSentError as error:
                reason = error
                continue
            return
        raise reason

    def _take_note(self, note: Gateway, phone: str, text: str) -> None:
        try:
            note.send(phone, text)
        except NotSentError as error:
            # The member has the text; sending it again for the sake of a log line would be wrong.
            log.warning("a sent text was not noted: %s", error)


def ensure_usable(urls: Sequence[str]) -> None:
    """Raise SettingError for an address that nothing could be sent to, without saying it: it may hold a secret."""
    for place, url in enumerate(urls, 1):
        if url != LOG_URL and not Apprise().add(url.replace(PHONE, SOME_NUMBER)):
            raise SettingError(
                "HAMSEDA_NOTIFY_URLS", f"has an address (number {place}) that Apprise does not understand"
            )


def gateways_for(urls: Sequence[str], home: Path) -> Gateways:
    """The gateways that NOTIFY_URLS names. `log://` alone is where texts go; beside others it only takes note."""
    log_gateway = LogGateway(home / "log" / "notices.log") if LOG_URL in urls else None
    senders: list[Gateway] = [AppriseGateway(url) for url in urls if url != LOG_URL]
    if senders or log_gateway is None:
        return Gateways(senders, log_gateway)
    return Gateways([log_gateway])
