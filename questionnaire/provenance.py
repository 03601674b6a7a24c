"""Whether a file is one that we wrote (a report, a gap list, a campaign workbook, a letter) and no return."""

from __future__ import annotations

import io
import re
import zipfile

MARK = "esgcheck-report"  # the workbook's property "category"
LETTER_NUMBER = "ESG-{}-{}"  # with which a letter in plain text ends: of its company, of its text
_CORE = "docProps/core.xml"
_LETTER = re.compile(rb"\bESG-[0-9a-f]{8}-[0-9a-f]{8}\s*\Z")


def is_ours(content: bytes) -> bool:
    """Looks at the properties of a workbook or a document, or at a text's end; False for anything else.

    Only for the guarded worker: a zip can kill.

    One flipped bit makes zipfile raise nearly anything (NotImplementedError, UnicodeDecodeError, LZMAError,
    struct.error); none of them is a mark of ours, and the reader says what is wrong with the file.
    """
    if is_letter(content):
        return True
    if not content.startswith(b"PK") or _CORE.encode() not in content[-65_536:]:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(_CORE) as stream:
            return MARK.encode() in stream.read(20_000)
    except MemoryError:
        raise
    except Exception:
        return False


def is_letter(content: bytes) -> bool:
    """Whether a text ends with the number of a letter of ours."""
    return _LETTER.search(content[-60:]) is not None
