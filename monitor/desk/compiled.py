"""The code of the pages' templates, once for all desks of a process: to compile a page takes longer than to show it, and
each desk has an environment of its own, since it has addresses of its own."""

from types import CodeType

from jinja2.bccache import Bucket, BytecodeCache

_known: dict[tuple[str, str], CodeType] = {}  # by the template's name and what its text is


class Compiled(BytecodeCache):
    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = _known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            _known[bucket.key, bucket.checksum] = bucket.code
