"""Files that are encrypted under Excel's built-in password: Excel itself opens them without asking."""

from __future__ import annotations

import io

from frameworks.ground.errors import ReturnError

BUILT_IN = "VelvetSweatshop"  # MS-OFFCRYPTO 2.4.2.3


def decrypt(content: bytes, file: str) -> bytes:
    """The bytes of the file inside.

    Raises:
        ReturnError: it has a password of its own, or an encryption that nothing here reads.
    """
    import msoffcrypto

    opened = io.BytesIO()
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(content))
        office.load_key(password=BUILT_IN)
        office.decrypt(opened)
    except Exception as error:  # wrong password, unknown method, broken header: one mend for all
        raise ReturnError("encrypted", file=file) from error
    return opened.getvalue()
