"""One HTTP request to a SPARQL server, with its password if the address has one."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException, IncompleteRead, RemoteDisconnected
from urllib.error import HTTPError
from urllib.parse import unquote, urlsplit, urlunsplit
from urllib.request import (
    HTTPBasicAuthHandler,
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    Request,
    build_opener,
)

from kg.errors import BusyError, StoreError

_TIMEOUT = 60.0
_AGENT = "kg (https://w3id.org/geopolitical-kg)"
"""Public servers such as Wikidata's refuse clients that do not say who they are."""
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})


def without_password(url: str) -> str:
    """The address as it may be shown."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def request(
    url: str, body: bytes, content_type: str, accept: str, timeout: float = _TIMEOUT
) -> bytes:
    """Post to a server and give back what it answers.

    Args:
        url: http or https, with `user:password@` where the server asks for them.
        body: What to send.
        content_type: Of the body.
        accept: The type of answer that can be read.
        timeout: Longest silence of the server, in seconds.

    Raises:
        BusyError: It has no time, or broke off; another try may succeed.
        StoreError: It cannot be reached or refuses; one line, without the password.
    """
    parts = urlsplit(url)
    bare = without_password(url)
    passwords = HTTPPasswordMgrWithDefaultRealm()
    if parts.username:
        user, password = unquote(parts.username), unquote(parts.password or "")
        passwords.add_password(None, bare, user, password)
    opener = build_opener(HTTPBasicAuthHandler(passwords), HTTPDigestAuthHandler(passwords))
    headers = {"Content-Type": content_type, "Accept": accept, "User-Agent": _AGENT}
    try:
        with opener.open(Request(bare, body, headers), timeout=timeout) as answer:
            content: bytes = answer.read()
    except HTTPError as error:
        text = error.read(300).decode("utf-8", "replace").strip().splitlines()
        reason = text[0] if text and not text[0].startswith("<") else str(error.reason)
        message = f"{bare}: the server refused ({error.code}): {reason}"
        if error.code in _BUSY:
            raise BusyError(message, _seconds(error.headers.get("Retry-After"))) from error
        raise StoreError(message) from error
    except (TimeoutError, ConnectionResetError, IncompleteRead, RemoteDisconnected) as error:
        raise BusyError(f"{bare}: the server broke off: {error or 'no answer'}.") from error
    except (OSError, HTTPException, ValueError) as error:
        cause = getattr(error, "reason", None) or error
        kind = BusyError if isinstance(cause, TimeoutError | ConnectionResetError) else StoreError
        raise kind(f"{bare}: cannot be reached: {cause}.") from error
    return content


def _seconds(text: str | None) -> float | None:
    """How long to wait by a header `Retry-After`: seconds, or a time of the clock."""
    if not text:
        return None
    if text.strip().isdigit():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())
