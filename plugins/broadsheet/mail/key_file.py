"""The key of the delivery log's hashes: a file beside the subscribers' file.

Without the key, whoever gets the log alone cannot test addresses against its hashes.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from pathlib import Path

from ..io.files import read_text, write_whole
from .model import MailError

_TEXT = re.compile(r"[0-9a-f]{64}\n?\Z")
_PREFIX = "k:"  # marks a keyed hash


class RecipientKey:
    """A key, and the hashes of recipients made with it. Printed it shows nothing of the key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def __repr__(self) -> str:
        return "RecipientKey()"

    def hash_of(self, recipient: str) -> str:
        """Return the keyed hash of a recipient; a keyed hash is returned as it is."""
        if recipient.startswith(_PREFIX):
            return recipient
        return _PREFIX + self._hmac(recipient)[:40]

    @property
    def proof(self) -> str:
        """A value that identifies this key without revealing it."""
        return self._hmac("broadsheet ledger")

    def _hmac(self, text: str) -> str:
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()


def read_key(path: Path, *, create: bool) -> RecipientKey:
    """Read the key from a file and restrict the file to its owner. With `create`, a missing file is
    created with a new key; only a new log may have one.

    Raises MailError where the file is missing, can't be read or written, or holds no key.
    """
    try:
        text = read_text(path, "ascii")
        path.chmod(0o600)
    except FileNotFoundError:
        if not create:
            raise MailError(
                "no such file; expected the key of the delivery log, which was made with it (put "
                "it back from where the log's copies are kept)",
                file=str(path),
            ) from None
        text = secrets.token_hex(32)
        write_whole(path, f"{text}\n".encode(), error=MailError, mode=0o600)
    except OSError as error:
        raise MailError(f"can't be read: {error.strerror}", file=str(path)) from error
    except UnicodeDecodeError:
        text = ""
    if not _TEXT.match(text):
        raise MailError("is not a key; expected 64 hexadecimal digits", file=str(path))
    return RecipientKey(bytes.fromhex(text))
