"""The instruments that come with Avec, as data. Another one is another file, or `avec barometer FILE`."""

import hashlib
import json
from pathlib import Path
from typing import Any

from django.db import transaction

from ..models import Barometer
from ..rules import InstrumentRefused, read_instrument

PARTNERSHIP = ("partenariat-en-sante", "2022.1")


def shipped() -> list[dict[str, Any]]:
    return [json.loads(path.read_text("utf-8")) for path in sorted(Path(__file__).parent.glob("*.json"))]


def fingerprint(content: dict[str, Any]) -> str:
    """SHA-256, hex, of the content in one form whatever the file's own spacing and order."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


@transaction.atomic
def add_barometer(content: dict[str, Any]) -> Barometer:
    """Keep this version of an instrument. Raises InstrumentRefused: badly made, or another text under its version."""
    instrument = read_instrument(content)
    for words, most in ((instrument.code, 60), (instrument.version, 20)):
        if len(words) > most:
            raise InstrumentRefused(
                f"«\u00a0{words[:20]}…\u00a0» est trop long\u00a0: {most} signes au plus."
            )
    mark = fingerprint(content)
    kept, _ = Barometer.objects.get_or_create(
        code=instrument.code,
        version=instrument.version,
        defaults={"content": content, "fingerprint": mark},
    )
    if kept.fingerprint != mark:
        raise InstrumentRefused(
            "Cette version existe déjà avec un autre texte. Donnez un autre numéro de version."
        )
    return kept


def usual_barometer() -> Barometer:
    """The one that comes with Avec, kept on first use."""
    code, version = PARTNERSHIP
    kept = Barometer.objects.filter(code=code, version=version).first()
    return kept or add_barometer(next(one for one in shipped() if one["code"] == code))
