"""The bare limit of `answer`: a Flask view that does one INSERT, under the same server and on the same database."""

from __future__ import annotations

import argparse

from flask import Flask
from sqlalchemy import create_engine
from sqlalchemy import text

from config.database import engine_options
from config.database import prepare_engine
from config.processes.web import WebServer
from config.settings import load_settings

TABLE = "CREATE TABLE IF NOT EXISTS bare_answers (id INTEGER, value INTEGER)"
INSERT = text("INSERT INTO bare_answers (id, value) VALUES (:id, :value)")


def create_app() -> Flask:
    """An application with one view."""
    settings = load_settings(env_file=None)
    engine = create_engine(settings.database_url, **engine_options(settings.database_url))
    prepare_engine(engine)
    with engine.begin() as connection:
        connection.execute(text(TABLE))
    app = Flask(__name__)

    @app.get("/healthz")
    def healthz() -> str:
        return "ok"

    @app.post("/answer")
    def answer() -> str:
        with engine.begin() as connection:
            connection.execute(INSERT, {"id": 1, "value": 4})
        return "ok"

    return app


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    for name in ("--port", "--processes"):
        parser.add_argument(name, type=int, required=True)
    given = parser.parse_args()
    WebServer(create_app, load_settings(env_file=None), port=given.port, processes=given.processes).run()
