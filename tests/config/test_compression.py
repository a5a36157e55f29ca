from __future__ import annotations

import gzip

from flask import Flask
from flask import Response

from config import compression

PAGE = "<p>سلام</p>" * 100


def browser():
    app = Flask(__name__, static_folder=None)
    compression.init_app(app)
    app.add_url_rule("/page", "page", lambda: PAGE)
    app.add_url_rule("/short", "short", lambda: "ok")
    app.add_url_rule("/broken", "broken", lambda: (PAGE, 500))
    app.add_url_rule("/stream", "stream", lambda: Response(iter([PAGE]), mimetype="text/html"))
    app.add_url_rule("/font", "font", lambda: Response(PAGE, mimetype="font/woff2"))
    return app.test_client()


def get(path: str, **headers: str) -> Response:
    return browser().get(path, headers={"Accept-Encoding": "gzip, br"} | headers)


def test_a_page_is_compressed_and_the_same_when_unpacked():
    response = get("/page")

    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["Vary"] == "Accept-Encoding"
    assert int(response.headers["Content-Length"]) == len(response.data) < len(PAGE)
    assert gzip.decompress(response.data).decode() == PAGE


def test_only_for_those_who_understand_it():
    response = browser().get("/page")

    assert "Content-Encoding" not in response.headers
    assert response.headers["Vary"] == "Accept-Encoding"


def test_a_refused_encoding_is_not_used():
    assert "Content-Encoding" not in browser().get("/page", headers={"Accept-Encoding": "gzip;q=0"}).headers


def test_streams_small_answers_errors_and_fonts_stay_as_they_are():
    answers = [get(path) for path in ("/stream", "/short", "/broken", "/font")]

    assert all("Content-Encoding" not in answer.headers for answer in answers)


def test_a_compressed_file_is_not_sent_again_when_it_has_not_changed(client):
    first = client.get("/static/css/base.css", headers={"Accept-Encoding": "gzip"})
    tag = first.headers["ETag"]

    with client.get("/static/css/base.css", headers={"Accept-Encoding": "gzip", "If-None-Match": tag}) as again:
        assert again.status_code == 304

    assert first.headers["Content-Encoding"] == "gzip"
    assert tag.startswith("W/")
