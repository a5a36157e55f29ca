"""Every route, for every role and with another club's ids."""

import pytest

from config.accounts.access import PUBLIC
from config.accounts.access import Role
from config.accounts.access import roles_of_view

# What a public page is for; anything else must name its roles.
PUBLIC_ENDPOINTS = {
    "static",
    "accounts.home",
    "accounts.sign_in",
    "accounts.sign_in_submitted",
    "languages.choose",
    "health.healthz",
    "health.readyz",
    "health.metrics",
}
# A value for each kind of variable in an address; no row has these ids.
VALUES = {"int": 987_654, "string": "nothing", "default": "nothing"}


def rules(app):
    return sorted(app.url_map.iter_rules(), key=str)


def address(rule):
    values = {}
    for name in rule.arguments:
        converter = rule._converters[name]
        items = getattr(converter, "items", None)
        values[name] = min(items) if items else VALUES["int" if "Integer" in type(converter).__name__ else "string"]
    return rule.build(values, append_unknown=False)[1]


def method_of(rule):
    return "POST" if "POST" in rule.methods else "GET"


def test_only_the_known_pages_are_public(app):
    public = {rule.endpoint for rule in rules(app) if roles_of_view(rule.endpoint) == PUBLIC}

    assert public <= PUBLIC_ENDPOINTS


def test_every_route_names_its_roles(app):
    nameless = [rule.endpoint for rule in rules(app) if roles_of_view(rule.endpoint) is None]

    assert nameless == []


def test_a_stranger_is_sent_to_sign_in(app, client):
    for rule in rules(app):
        if roles_of_view(rule.endpoint) == PUBLIC:
            continue
        answer = client.open(address(rule), method=method_of(rule))
        assert answer.status_code == 401 or "/sign-in" in answer.location, rule


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_only_its_own_routes(app, client, factories, sign_in, role):
    club = factories.club()
    person = factories.operator([club]) if role is Role.OPERATOR else factories.user(role, [club])
    sign_in(client, person)

    for rule in rules(app):
        roles = roles_of_view(rule.endpoint)
        if roles == PUBLIC or rule.endpoint in {"live.events", "accounts.sign_out"}:
            continue
        status = client.open(address(rule), method=method_of(rule)).status_code
        if role in roles:
            assert status not in {401, 403}, rule
            assert status < 500, rule
        else:
            assert status == 403, rule
        # Routes may change the session (a new password, another club); the walk goes on as the same person.
        sign_in(client, person)
