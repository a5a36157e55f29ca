from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler
from http.server import HTTPServer

import pytest

from club.notices.errors import NotSentError
from club.notices.gateways import AppriseGateway
from club.notices.gateways import Gateways
from club.notices.gateways import gateways_for

PHONE = "+989121234567"
# One of Apprise's own plugins still imports it.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


class Gateway:
    def __init__(self, refusal=None):
        self.sent = []
        self.refusal = refusal

    def send(self, phone, text):
        if self.refusal:
            raise NotSentError(self.refusal)
        self.sent.append((phone, text))


@pytest.fixture
def service():
    """An HTTP service on loopback that keeps what is posted to it and answers with `status`."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.server.posts.append((self.path, json.loads(body)))
            self.send_response(self.server.status)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.posts, server.status = [], 200
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join(timeout=120)


def test_the_log_gets_one_line_for_each_text_with_the_number_masked(tmp_path):
    gateways = gateways_for(("log://",), tmp_path)

    gateways.send(PHONE, "سلام\nسارا")
    gateways.send(PHONE, "دوم")

    lines = [json.loads(line) for line in (tmp_path / "log" / "notices.log").read_text(encoding="utf-8").splitlines()]
    assert [(line["phone"], line["text"]) for line in lines] == [("0912***4567", "سلام\nسارا"), ("0912***4567", "دوم")]


def test_a_log_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "log").write_text("in the way")

    with pytest.raises(NotSentError, match="cannot be written"):
        gateways_for(("log://",), tmp_path).send(PHONE, "سلام")


def test_apprise_gets_the_text_and_the_number_in_its_address(service):
    gateway = AppriseGateway(f"json://127.0.0.1:{service.server_port}/to/{{phone}}")

    gateway.send(PHONE, "سلام")

    [(path, post)] = service.posts
    assert path.rstrip("/") == "/to/989121234567"
    assert post["message"] == "سلام"


def test_a_service_that_refuses_is_told_without_its_address(service):
    service.status = 500

    with pytest.raises(NotSentError) as refusal:
        AppriseGateway(f"json://user:secret@127.0.0.1:{service.server_port}/{{phone}}").send(PHONE, "سلام")

    assert "secret" not in str(refusal.value)


def test_an_address_that_apprise_does_not_know_is_told():
    with pytest.raises(NotSentError, match="not one that Apprise understands"):
        AppriseGateway("nonsense").send(PHONE, "سلام")


@pytest.mark.parametrize("url", ["nosuch://s3cret@host/{phone}", "json://user:s3cret@127.0.0.1:9/{phone}"])
def test_neither_numbers_nor_secrets_come_into_the_log_by_apprise(caplog, url):
    with caplog.at_level("DEBUG"), pytest.raises(NotSentError):
        AppriseGateway(url).send(PHONE, "سلام")

    assert "s3cret" not in caplog.text
    assert "9121234567" not in caplog.text


def test_the_first_gateway_that_takes_a_text_is_the_only_one():
    closed, second, third = Gateway("closed"), Gateway(), Gateway()

    Gateways([closed, second, third]).send(PHONE, "سلام")

    assert (second.sent, third.sent) == ([(PHONE, "سلام")], [])


def test_when_none_takes_it_the_last_reason_is_told_and_nothing_noted():
    note = Gateway()

    with pytest.raises(NotSentError, match="busy"):
        Gateways([Gateway("closed"), Gateway("busy")], note).send(PHONE, "سلام")

    assert note.sent == []


def test_a_note_that_fails_does_not_take_the_text_back():
    sender = Gateway()

    Gateways([sender], Gateway("disk full")).send(PHONE, "سلام")

    assert sender.sent == [(PHONE, "سلام")]


def test_a_log_beside_a_service_only_takes_note(service, tmp_path):
    service.status = 500
    urls = ("log://", f"json://127.0.0.1:{service.server_port}/{{phone}}")

    with pytest.raises(NotSentError):
        gateways_for(urls, tmp_path).send(PHONE, "سلام")

    assert not (tmp_path / "log").exists()


def test_without_any_gateway_texts_wait():
    with pytest.raises(NotSentError, match="HAMSEDA_NOTIFY_URLS"):
        Gateways([]).send(PHONE, "سلام")
