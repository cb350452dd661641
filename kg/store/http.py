"""One HTTP request to a SPARQL server, with its password if the address has one."""

from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import unquote, urlsplit, urlunsplit
from urllib.request import (
    HTTPBasicAuthHandler,
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    Request,
    build_opener,
)

from kg.errors import StoreError

_TIMEOUT = 60.0


def without_password(url: str) -> str:
    """The address as it may be shown."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def request(url: str, body: bytes, content_type: str, accept: str) -> bytes:
    """Post to a server and give back what it answers.

    Args:
        url: http or https, with `user:password@` where the server asks for them.
        body: What to send.
        content_type: Of the body.
        accept: The type of answer that can be read.

    Raises:
        StoreError: It cannot be reached or refuses; one line, without the password.
    """
    parts = urlsplit(url)
    bare = without_password(url)
    passwords = HTTPPasswordMgrWithDefaultRealm()
    if parts.username:
        user, password = unquote(parts.username), unquote(parts.password or "")
        passwords.add_password(None, bare, user, password)
    opener = build_opener(HTTPBasicAuthHandler(passwords), HTTPDigestAuthHandler(passwords))
    headers = {"Content-Type": content_type, "Accept": accept}
    try:
        with opener.open(Request(bare, body, headers), timeout=_TIMEOUT) as answer:
            content: bytes = answer.read()
    except HTTPError as error:
        text = error.read(300).decode("utf-8", "replace").strip().splitlines()
        reason = text[0] if text else str(error.reason)
        raise StoreError(f"{bare}: the server refused ({error.code}): {reason}") from error
    except (OSError, HTTPException, ValueError) as error:
        reason = str(getattr(error, "reason", None) or error)
        raise StoreError(f"{bare}: cannot be reached: {reason}.") from error
    return content
