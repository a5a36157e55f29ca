"""The roles by the names people know them by."""

from flask_babel import lazy_gettext as _l

from config.accounts.models import Role

ROLE_NAMES = {
    Role.OPERATOR: _l("Operator"),
    Role.SUPERVISOR: _l("Supervisor"),
    Role.MANAGER: _l("Manager"),
    Role.CLUB_STAFF: _l("Club staff"),
    Role.ADMINISTRATOR: _l("Administrator"),
}
