"""The key that the ledger's hashes of addresses are made with: a file beside the subscribers.

Without it whoever gets the ledger alone can't try out addresses on its hashes.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from pathlib import Path

from ..io.files import write_whole
from .model import MailError

_TEXT = re.compile(r"[0-9a-f]{64}\n?\Z")
_MARK = "k:"


class Secret:
    """A key, and the hashes made with it."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def __repr__(self) -> str:
        return "Secret()"

    def of(self, recipient: str) -> str:
        """What the ledger calls a recipient; what it calls so already stays as it is."""
        return recipient if recipient.startswith(_MARK) else _MARK + self._hash(recipient)[:40]

    @property
    def proof(self) -> str:
        """What tells this key from others, and tells nothing else."""
        return self._hash("broadsheet ledger")

    def _hash(self, text: str) -> str:
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()


def secret_in(path: Path, *, new: bool) -> Secret:
    """The key in a file. Where there is none it is made, if `new` says that nothing depends on
    another yet; only its owner may read it.

    Raises MailError where it is missing or is no key, and where the file can't be read or written.
    """
    try:
        text = path.read_text("ascii")
        path.chmod(0o600)
    except FileNotFoundError:
        if not new:
            raise MailError(
                "no such file; expected the key of the ledger, which was made with it (put it back "
                "from where the ledger's copies are kept)",
                file=str(path),
            ) from None
        text = secrets.token_hex(32)
        write_whole(path, f"{text}\n".encode(), error=MailError, mode=0o600)
    except OSError as error:
        raise MailError(f"can't be read: {error.strerror}", file=str(path)) from error
    except UnicodeDecodeError:
        text = ""
    if not _TEXT.match(text):
        raise MailError("this is no key; expected 64 hexadecimal digits", file=str(path))
    return Secret(bytes.fromhex(text))
