"""Judge a PDF that anybody may send, in a process of its own that is stopped when it takes too much.

A few hundred bytes can keep a PDF reader busy for ever, or ask it for gigabytes: the
limits are the operating system's, and an answer always comes. That process knows our
certificates and nothing else: no setting, no secret, no database.
"""

import json
import subprocess
import sys
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from avec.documents.certificate import Known, known_certificates
from avec.documents.seal import PdfVerdict, unproved, verify_pdf

SECONDS = 4
# A machine that is busy elsewhere gives these seconds late: the clock on the wall is not the file's fault.
AT_MOST = 20
MEMORY = 1024**3
MOMENTS = ("signed_at", "stamped_at")


def verify_untrusted(pdf: bytes) -> PdfVerdict:
    """As verify_pdf, within these limits. What cannot be proved in time is never « intact »."""
    refused = unproved(pdf)
    if refused.reason:
        return refused
    # A seal always says in clear which bytes it covers.
    if b"/ByteRange" not in pdf:
        return replace(refused, reason=_("Ce fichier ne porte aucun sceau."))
    known = json.dumps([sorted(cert.hex() for cert in certs) for certs in known_certificates()])
    try:
        done = subprocess.run(
            [sys.executable, "-m", "avec.documents.sandbox"],
            input=known.encode() + b"\n" + pdf,
            capture_output=True,
            timeout=AT_MOST,
            check=True,
            env={},
            cwd=Path(__file__).resolve().parents[2],
        )
        found = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        return replace(
            refused, reason=_("Ce fichier demande trop de temps\u00a0: il ne peut pas être vérifié.")
        )
    moments = {name: found[name] and datetime.fromisoformat(found[name]) for name in MOMENTS}
    return PdfVerdict(**found | moments)


def limit() -> None:
    """What the system can hold back: processor time everywhere, memory on Linux."""
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def main() -> None:
    limit()
    # No application is loaded here: the sentences stay in their first language, French.
    settings.configure(USE_I18N=False)
    known = Known(
        *(frozenset(map(bytes.fromhex, certs)) for certs in json.loads(sys.stdin.buffer.readline()))
    )
    verdict = asdict(verify_pdf(sys.stdin.buffer.read(), known))
    verdict |= {name: verdict[name] and verdict[name].isoformat() for name in MOMENTS}
    sys.stdout.write(json.dumps(verdict))


if __name__ == "__main__":
    main()
