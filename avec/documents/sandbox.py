"""Read a PDF that anybody may send, in a process of its own that is stopped when it takes too much.

A few hundred bytes can keep a PDF reader busy for ever, or ask it for gigabytes: the
limits are the operating system's, and an answer always comes. That process knows our
certificates and nothing else: no setting, no secret, no database. It is forked for each
file from one that is kept ready (kept.py), or started anew where that cannot be.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from io import BytesIO
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.crypt import AuthStatus
from pyhanko.pdf_utils.reader import PdfFileReader

from avec.documents import kept
from avec.documents.certificate import Known, known_certificates
from avec.documents.seal import PdfVerdict, unproved, verify_pdf

SECONDS = 4
# A machine that is busy elsewhere gives these seconds late: the clock on the wall is not the file's fault.
AT_MOST = 20
MEMORY = 1024**3
MOMENTS = ("signed_at", "stamped_at")


class Unreadable(Exception):
    """The file is damaged, or takes too much to read."""


class Locked(Exception):
    """Nobody opens it without a password."""


def verify_untrusted(pdf: bytes) -> PdfVerdict:
    """As verify_pdf, within these limits. What cannot be proved in time is never « intact »."""
    refused = unproved(pdf)
    if refused.reason:
        return refused
    # A seal always says in clear which bytes it covers.
    if b"/ByteRange" not in pdf:
        return replace(refused, reason=_("Ce fichier ne porte aucun sceau."))
    known = [sorted(cert.hex() for cert in certs) for certs in known_certificates()]
    try:
        found = read_apart("verdict", pdf, known=known)
    except Unreadable:
        return replace(
            refused, reason=_("Ce fichier demande trop de temps\u00a0: il ne peut pas être vérifié.")
        )
    moments = {name: found[name] and datetime.fromisoformat(found[name]) for name in MOMENTS}
    return PdfVerdict(**found | moments)


def count_pages(pdf: bytes) -> int:
    """How many pages it has, or Locked, or Unreadable."""
    found = read_apart("pages", pdf)
    if found.get("locked"):
        raise Locked
    if not found.get("pages"):
        raise Unreadable
    return int(found["pages"])


def read_apart(task: str, pdf: bytes, **more: Any) -> dict[str, Any]:
    """What the process answers, or Unreadable when it was stopped."""
    question = json.dumps({"task": task} | more).encode() + b"\n" + pdf
    found = kept.ask(question, seconds=AT_MOST)
    if found is None:
        found = started_anew(question)
    try:
        answer: dict[str, Any] = json.loads(found)
    except ValueError:
        raise Unreadable from None
    return answer


def started_anew(question: bytes) -> bytes:
    try:
        return subprocess.run(  # noqa: S603 (our own words)
            kept.command(),
            input=question,
            capture_output=True,
            timeout=AT_MOST,
            check=True,
            env={},
            cwd=kept.HERE,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return b""


# ── In that process ─────────────────────────────────────────────────────────


def verdict(pdf: bytes, known: list[list[str]]) -> dict[str, Any]:
    certificates = Known(*(frozenset(map(bytes.fromhex, certs)) for certs in known))
    found = asdict(verify_pdf(pdf, certificates))
    return found | {name: found[name] and found[name].isoformat() for name in MOMENTS}


def pages(pdf: bytes) -> dict[str, Any]:
    try:
        reader = PdfFileReader(BytesIO(pdf), strict=False)
        if reader.encrypted and not opens(reader):
            return {"locked": True}
        return {"pages": len(leaves(reader.root["/Pages"]))}
    except Exception:
        # Whatever is wrong with it: the file is damaged.
        return {}


def opens(reader: PdfFileReader) -> bool:
    """Some are locked against copying only: anybody reads them."""
    try:
        return bool(reader.decrypt(b"").status != AuthStatus.FAILED)
    except Exception:
        return False


def leaves(root: Any) -> list[Any]:
    """The pages themselves: the number that a file says is not believed. No branch is taken twice."""
    found, seen, waiting = [], set(), [root]
    while waiting:
        node = waiting.pop().get_object()
        if "/Kids" not in node:
            found.append(node)
            continue
        if id(node) not in seen:
            seen.add(id(node))
            waiting.extend(node["/Kids"])
    return found


TASKS: dict[str, Callable[..., dict[str, Any]]] = {"verdict": verdict, "pages": pages}


def answered(question: bytes) -> bytes:
    limit()
    line, pdf = question.split(b"\n", 1)
    asked = json.loads(line)
    return json.dumps(TASKS[asked.pop("task")](pdf, **asked)).encode()


def limit() -> None:
    """What the system can hold back: processor time everywhere, memory on Linux."""
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def main() -> None:
    # No application is loaded here: the sentences stay in their first language, French.
    settings.configure(USE_I18N=False)
    if sys.argv[1:] == ["kept"]:
        kept.keep(answered, seconds=AT_MOST)
    else:
        sys.stdout.buffer.write(answered(sys.stdin.buffer.read()))


if __name__ == "__main__":
    main()
