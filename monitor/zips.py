"""What is raised by a zip file that is damaged; one home, for zipfile alone does not say all of it.

Found by damaging zip files of every way of packing at random: a wrong letter inside what is packed is said by what
unpacks it, and not by zipfile. RuntimeError is a member with a password, NotImplementedError one that is packed in a
strange way.
"""

import lzma
import zlib
from zipfile import BadZipFile

DAMAGED: tuple[type[Exception], ...] = (
    BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,  # bzip2's; the disk's too
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)
