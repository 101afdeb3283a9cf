"""Whose files are whose."""

import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def private_files() -> Iterator[None]:
    """What is made inside is the user's alone: files 0600, folders 0700, or stricter where the user's umask is. What is
    there keeps its mode, and where a folder says whose its new files are (a default ACL) that holds."""
    before = os.umask(0o077)
    os.umask(before | 0o077)
    try:
        yield
    finally:
        os.umask(before)
