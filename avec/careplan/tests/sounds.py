"""Sounds for the tests, made by hand: a short silence, as a recorder would keep it."""

import io
import wave

from avec.documents.forms import Received


def wav(seconds: float = 0.2) -> bytes:
    kept = io.BytesIO()
    with wave.open(kept, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\x00\x00" * int(8000 * seconds))
    return kept.getvalue()


def received() -> Received:
    return Received("voix", "audio/wav", wav(), 0)
