"""Sessions in Postgres, so that a flushed Redis signs nobody out; read by one prepared statement."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from community.sql import fetch_one


class SessionStore(DatabaseStore):
    """Django's database sessions with a cheaper read: no model instance, no query compilation."""

    def load(self) -> dict[str, Any]:
        """Return the session's data, or start an empty one when the key is unknown or too old."""
        data = fetch_one(
            "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > now()",
            (self.session_key,),
            lambda row: str(row[0]),
        )
        if data is None:
            self._session_key = None
            return {}
        return dict(self.decode(data))

    @classmethod
    def get_model_class(cls) -> Any:
        """Return Django's own session model: the table stays the standard one."""
        from django.contrib.sessions.models import Session

        return Session
