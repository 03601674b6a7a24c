"""Whether a workbook is one that we wrote (a report, a gap list, a campaign workbook) and no return."""

from __future__ import annotations

import io
import zipfile

MARK = "esgcheck-report"  # the workbook's property "category"
_CORE = "docProps/core.xml"


def is_ours(content: bytes) -> bool:
    """Looks at the properties of a workbook; False for anything else. Only for the guarded worker: a zip can kill.

    One flipped bit makes zipfile raise nearly anything (NotImplementedError, UnicodeDecodeError, LZMAError,
    struct.error); none of them is a mark of ours, and the reader says what is wrong with the file.
    """
    if not content.startswith(b"PK") or _CORE.encode() not in content[-65_536:]:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(_CORE) as stream:
            return MARK.encode() in stream.read(20_000)
    except MemoryError:
        raise
    except Exception:
        return False
