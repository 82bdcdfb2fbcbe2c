"""French words for dates, distances, names and counts. Pure functions, no Django.

Typography: U+00A0 inside guillemets and before : ; ? !, the ’ apostrophe, never
U+202F (the font has no glyph for it).
"""

import re
import unicodedata
from datetime import date, datetime

NBSP = "\u00a0"
MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
SHORT_MONTHS = [
    "janv.",
    "févr.",
    "mars",
    "avr.",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
]
WEEKDAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
TITLES = {"m", "mme", "mlle", "dr", "pr", "me"}


def day_number(day: date) -> str:
    """« 1er », « 2 », … « 31 »."""
    return "1er" if day.day == 1 else str(day.day)


def date_long(day: date) -> str:
    """« 17 novembre 2026 », « 1er mars 2027 »."""
    return f"{day_number(day)} {MONTHS[day.month - 1]} {day.year}"


def date_full(day: date) -> str:
    """« mardi 17 novembre 2026 »."""
    return f"{WEEKDAYS[day.weekday()]} {date_long(day)}"


def date_short(day: date) -> str:
    """« 17 nov. 2026 »."""
    return f"{day_number(day)} {SHORT_MONTHS[day.month - 1]} {day.year}"


def time_words(moment: datetime) -> str:
    """« 9 h 42 », « 10 h »."""
    hour = f"{moment.hour}{NBSP}h"
    return f"{hour}{NBSP}{moment.minute:02}" if moment.minute else hour


def datetime_words(moment: datetime) -> str:
    """« 17 novembre 2026 à 9 h 42 »."""
    return f"{date_long(moment)} à {time_words(moment)}"


def length_words(seconds: float) -> str:
    """« 45 secondes », « 1 minute », « 2 min 10 s »: how long a sound lasts."""
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return f"{rest}{NBSP}seconde{'s' if rest > 1 else ''}"
    if not rest:
        return f"{minutes}{NBSP}minute{'s' if minutes > 1 else ''}"
    return f"{minutes}{NBSP}min{NBSP}{rest}{NBSP}s"


def whole_months(start: date, end: date) -> int:
    """Months gone by from start to end, an unfinished one not counted (start ≤ end)."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.day < start.day)


def distance(day: date, today: date) -> str:
    """« aujourd’hui », « demain », « il y a 3 jours »; in months from two months on, in years from two years on."""
    days = (day - today).days
    near = {0: "aujourd’hui", 1: "demain", -1: "hier"}
    if days in near:
        return near[days]
    months = whole_months(min(day, today), max(day, today))
    if months >= 24:
        length = f"{months // 12} ans"
    elif months >= 2:
        length = f"{months} mois"
    else:
        length = f"{abs(days)} jours"
    return f"dans {length}" if days > 0 else f"il y a {length}"


def quote(text: str) -> str:
    """Words somebody said, between « » with their own spaces; already quoted words stay as they are."""
    text = text.strip()
    if not text or (text.startswith("«") and text.endswith("»")):
        return text
    return f"«{NBSP}{text}{NBSP}»"


def initials(name: str) -> str:
    """First letters of the first and last names: « Mme Odette Marcillac » gives « OM »."""
    words = [word for word in name.split() if word[0].isalpha()]
    words = [word for word in words if word.rstrip(".").lower() not in TITLES] or words
    letters = [word[0] for word in words]
    return "".join(letters[:1] + letters[1:][-1:]).upper()


def one_line(text: str) -> str:
    """On one line, single spaces; those that hold two words together stay."""
    return re.sub(r"[ \t\r\n\f\v]+", " ", text).strip()


def nbsp(text: str) -> str:
    """Spaces that must not break a line: inside « », before : ; ? ! and %, and in an hour (« 7 h 30 »)."""
    text = text.replace("\u202f", NBSP)
    text = re.sub(r"«[ \u00a0]*", f"«{NBSP}", text)
    text = re.sub(r"[ \u00a0]*»", f"{NBSP}»", text)
    text = re.sub(r"(?<=\d) (?=h\b)|(?<=\d.h) (?=\d\d\b)", NBSP, text)
    return re.sub(r"[ \u00a0]+(?=[:;?!%])", NBSP, text)


def begins_with_vowel(word: str) -> bool:
    """Whether the little word before it is elided. Every h is taken as mute; « Yves » yes, « Yanis » no."""
    letters = unicodedata.normalize("NFKD", word.strip().lower().replace("œ", "oe").replace("æ", "ae"))
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    if letters[:1] == "y":
        return letters[1:2] not in set("aeiou")
    return letters[:1] in set("aeiouh") - {""}


def elide(word: str, before: str = "de") -> str:
    """« d’Odette », « de Sonia », « qu’Odette »."""
    return f"{before[:-1]}’{word}" if begins_with_vowel(word) else f"{before} {word}"


def pluralise_fr(count: int, forms: str = ",s") -> str:
    """French takes the singular for 0 and 1: `forms` is « one,many », or the ending alone."""
    one, _, many = forms.partition(",") if "," in forms else ("", ",", forms)
    return one if abs(count) < 2 else many
