"""The refusals an action may raise. `config/errors.py` turns them into a page, a toast or problem+json."""

from collections.abc import Mapping


class DomainError(Exception):
    """A refusal with a stable code for machines and a sentence for people.

    `fields` maps form field names to sentences, for refusals that concern what was typed.
    """

    status = 400

    def __init__(self, code: str, message: str, *, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = str(message)
        self.fields = dict(fields or {})


class Refused(DomainError):
    """The actor may not do this."""

    status = 403


class NotFound(DomainError):
    """Absent and hidden look alike."""

    status = 404

    def __init__(self, code: str = "not_found", message: str = "There is nothing here.") -> None:
        super().__init__(code, message)


class Conflict(DomainError):
    """The world changed, or the request was already answered differently."""

    status = 409


class Gone(DomainError):
    """It was here and was removed on purpose."""

    status = 410


class Invalid(DomainError):
    """What was sent cannot be used; nothing changed."""

    status = 422


class RateLimited(DomainError):
    """Within rights, but too soon. `retry_after` is in whole seconds."""

    status = 429

    def __init__(self, code: str, message: str, *, retry_after: int) -> None:
        super().__init__(code, message)
        self.retry_after = max(1, retry_after)


class Held(Exception):
    """What was written waits until someone of the team has looked. No refusal: it is kept, and its writer sees it at `url`."""

    status = 202

    def __init__(self, pk: int, url: str, message: str) -> None:
        super().__init__(message)
        self.pk = pk
        self.url = url
        self.message = str(message)
