"""Whether a workbook is one that we wrote (a report, a gap list, a campaign workbook) and no return."""

from __future__ import annotations

import io
import zipfile
import zlib

MARK = "esgcheck-report"  # the workbook's property "category"
_CORE = "docProps/core.xml"


def is_ours(content: bytes) -> bool:
    """Looks at the properties of a workbook; False for anything else."""
    if not content.startswith(b"PK") or _CORE.encode() not in content[-65_536:]:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(_CORE) as stream:
            return MARK.encode() in stream.read(20_000)
    except (
        zipfile.BadZipFile,
        KeyError,
        zlib.error,
        ValueError,
        RuntimeError,  # encrypted, or a compression that zipfile does not know
        EOFError,
    ):
        return False
