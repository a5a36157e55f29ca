"""The refusals of the member room."""

from __future__ import annotations

from config.errors import ConflictError
from config.errors import InvalidInputError


class DoNotCallError(ConflictError):
    """The member's number is on a do-not-call list."""

    code = "do_not_call"


class NoConsentError(ConflictError):
    """The member has not agreed to be called."""

    code = "no_consent"


class ImportRefusedError(InvalidInputError):
    """A file that cannot be read as a member list at all; nothing of it was taken."""

    code = "import_refused"

    def __init__(self, message: str) -> None:
        super().__init__("file", message)


class NotATextFileError(ImportRefusedError):
    """The file is a workbook or some other binary file."""

    code = "import_not_text"

    def __init__(self) -> None:
        super().__init__("The file is not a CSV text file; save it as CSV (UTF-8) and import that.")


class EmptyFileError(ImportRefusedError):
    """The file has no header line."""

    code = "import_empty"

    def __init__(self) -> None:
        super().__init__("The file is empty; its first line must name the columns.")


class MissingColumnsError(ImportRefusedError):
    """The header line lacks columns without which nobody can be known; `names` are theirs."""

    code = "import_missing_columns"

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(f"The file has no column for: {', '.join(names)}.")
        self.names = names


class RepeatedColumnsError(ImportRefusedError):
    """Two columns of the header line mean the same; `names` are theirs."""

    code = "import_repeated_columns"

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(f"The file has more than one column for: {', '.join(names)}.")
        self.names = names
