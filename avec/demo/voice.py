"""A sound to listen to in the demonstration. Nobody's voice: a soft hum, since the people are invented."""

import io
import math
import wave

from avec.documents.forms import Received

RATE, SECONDS, NOTE = 8000, 3, 196.0


def hum() -> Received:
    """Three seconds that rise and fall, as a WAV file; the same bytes each time."""
    count = RATE * SECONDS
    samples = bytearray()
    for place in range(count):
        swell = math.sin(math.pi * place / count)
        samples.append(128 + round(40 * swell * math.sin(2 * math.pi * NOTE * place / RATE)))
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(RATE)
        sound.writeframes(bytes(samples))
    return Received("Message de démonstration", "audio/wav", file.getvalue(), SECONDS)
