"""The refusals of the ground floor, and the base that every package's refusals share."""


class HamsedaError(Exception):
    """A refusal with a stable `code` for machines and an English sentence for logs.

    Screens show the sentence that the catalogue has for the code; `status` is the HTTP status of the refusal.
    """

    code = "refused"
    status = 400


class NotFoundError(HamsedaError):
    """The thing asked for does not exist in this club."""

    code = "not_found"
    status = 404


class NotAllowedError(HamsedaError):
    """The person may not do this."""

    code = "not_allowed"
    status = 403


class ConflictError(HamsedaError):
    """Somebody or something else was first."""

    code = "conflict"
    status = 409


class InvalidInputError(HamsedaError):
    """A value that cannot be taken; `field` names it."""

    code = "invalid_input"
    status = 422

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class SettingError(HamsedaError):
    """A setting that is unknown, missing or malformed."""

    code = "setting"

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name} {problem}.")
        self.name = name
