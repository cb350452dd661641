"""A folder on disk → an open Oxigraph store, or one line about why not."""

import importlib
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError

writers: set[Path] = set()
"""Folders that this process has open for writing."""

_BUSY = "in use by another process that writes to it. Wait until it has finished"
_OURS = "already open for writing in this process. Close it first"


def open_folder(folder: Path, read_only: bool) -> ox.Store:
    """Open a store on disk; a missing one is made unless it is only to be read.

    Raises:
        StoreError: It is a file, another kind of folder, missing, in use, or not writable.
    """
    _check(folder, read_only)
    try:
        if read_only:
            return ox.Store.read_only(str(folder))
        folder.parent.mkdir(parents=True, exist_ok=True)
        store = ox.Store(str(folder))
    except OSError as error:
        raise StoreError(f"{folder}: {_reason(error, read_only)}.") from error
    writers.add(folder.resolve())
    return store


def _check(folder: Path, read_only: bool) -> None:
    if folder.is_file():
        raise StoreError(f"{folder}: is a file, not the folder of a store. Give another path.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "CURRENT").is_file():
        raise StoreError(f"{folder}: is a folder, but not of a store. Give another path.")
    if not read_only:
        return
    if not (folder / "CURRENT").is_file():
        raise StoreError(f"{folder}: there is no store here. Make one with: kg build")
    # not asked of the file system, which would drop our own lock: POSIX locks are per process
    if folder.resolve() in writers:
        raise StoreError(f"{folder}: {_OURS}.")
    if _is_written(folder):
        raise StoreError(f"{folder}: {_BUSY}.")


def _is_written(folder: Path) -> bool:
    """Whether a live process writes to the store: reading beside it is undefined."""
    try:
        fcntl = importlib.import_module("fcntl")
    except ImportError:  # not a POSIX system: opening will tell
        return False
    lock = folder / "LOCK"
    if not lock.is_file():
        return False
    with lock.open("rb") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


def _reason(error: OSError, read_only: bool) -> str:
    text = (str(error).splitlines() or [""])[0].removeprefix("IO error: ")
    lowered = text.lower()
    if "lock hold by current process" in lowered:
        return _OURS
    if "lock hold" in lowered or "lock file" in lowered:
        return _BUSY
    if isinstance(error, FileExistsError | NotADirectoryError):
        return "cannot be made: a part of the path is a file"
    if "permission denied" in lowered or "read-only file system" in lowered:
        return f"cannot be {'read' if read_only else 'written'}: permission denied"
    return f"cannot be opened as a store: {error.strerror or text}"
