"""A path or URL → an open store."""

from pathlib import Path

import pyoxigraph as ox

from kg.store.base import Store
from kg.store.folder import open_folder
from kg.store.local import LocalStore
from kg.store.remote import RemoteStore

MEMORY = ":memory:"


def open_store(
    location: str | Path | None = None, *, read_only: bool = False, update_url: str | None = None
) -> Store:
    """Open a store, and make it if it is not there.

    Args:
        location: A folder; the http(s) address of a SPARQL 1.1 query endpoint, with
            `user:password@` where it asks for them; `:memory:` or None for a store that
            goes away with the process.
        read_only: Refuse to write, and let others read at the same time.
        update_url: Where the endpoint takes updates, if not beside its queries at `update`.

    Raises:
        StoreError: The path cannot be used as a store, or another process has it open.
    """
    if location is None or str(location) == MEMORY:
        return LocalStore(ox.Store())
    if str(location).startswith(("http://", "https://")):
        return RemoteStore(str(location), update_url, writable=not read_only)
    folder = Path(location)
    return LocalStore(open_folder(folder, read_only), folder, writable=not read_only)
