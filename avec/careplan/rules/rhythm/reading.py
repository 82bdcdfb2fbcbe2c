import re
from datetime import date, datetime, time

from .shape import DAY_CODES, ON_REQUEST, Every, Moment, Part, Rhythm, RhythmRefused, Weekday


def parse(code: str) -> Rhythm:
    """The rhythm kept as one line by `to_code`."""
    kept, _, hours = code.strip().partition("@")
    kept = kept.strip()
    times = parse_times(hours)
    if kept == ON_REQUEST:
        return Rhythm(on_request=True, times=times)
    if kept.startswith("ON="):
        try:
            return Rhythm(once_on=date.fromisoformat(kept.removeprefix("ON=")), times=times)
        except RhythmRefused:
            raise
        except ValueError:
            raise RhythmRefused("Cette date n’existe pas.") from None
    return parse_rrule(kept, times=times)


def parse_times(text: str) -> tuple[Moment, ...]:
    """« 10:30,evening »."""
    return tuple(_moment(word.strip()) for word in text.split(",")) if text.strip() else ()


def _moment(word: str) -> Moment:
    if word in set(Part):
        return Part(word)
    if re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", word):
        return time.fromisoformat(word)
    raise RhythmRefused(f"On ne sait pas lire l’heure « {word[:20]} ».")


def parse_rrule(text: str, *, times: tuple[Moment, ...] = ()) -> Rhythm:
    """An RFC 5545 rule, if it is one that we can say in words; anything else is refused."""
    words = _split(text)
    if words.pop("WKST", "MO") != "MO":
        raise RhythmRefused("On ne sait pas lire une semaine qui ne commence pas le lundi.")
    try:
        every = Every(words.pop("FREQ", ""))
    except ValueError:
        raise RhythmRefused("On ne sait pas lire à quel rythme cela revient.") from None
    interval = _number(words.pop("INTERVAL", "1"))
    days = tuple(_weekday(word) for word in words.pop("BYDAY", "").split(",") if word)
    if every == Every.DAY and interval == 1 and days:  # « every day, on these days » is every week
        every = Every.WEEK
    month_days = tuple(_number(word) for word in words.pop("BYMONTHDAY", "").split(",") if word)
    months = tuple(_number(word) for word in words.pop("BYMONTH", "").split(",") if word)
    count = words.pop("COUNT", None)
    until = words.pop("UNTIL", None)
    if words:
        raise RhythmRefused(f"On ne sait pas lire « {min(words)[:20]} » dans ce rythme.")
    return Rhythm(
        every,
        interval,
        days,
        month_days,
        months,
        None if count is None else _number(count),
        None if until is None else _last_day(until),
        times,
    )


def _split(text: str) -> dict[str, str]:
    words: dict[str, str] = {}
    for piece in text.strip().upper().removeprefix("RRULE:").removesuffix(";").split(";"):
        name, equals, value = piece.partition("=")
        if not equals or not value or name in words:
            raise RhythmRefused(f"On ne sait pas lire « {piece[:20]} » dans ce rythme.")
        words[name] = value
    return words


def _number(word: str) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,3}", word):
        raise RhythmRefused(f"On ne sait pas lire le nombre « {word[:20]} » dans ce rythme.")
    return int(word)


def _weekday(word: str) -> Weekday:
    found = re.fullmatch(r"([+-]?[0-9])?(MO|TU|WE|TH|FR|SA|SU)", word)
    if found is None:
        raise RhythmRefused(f"On ne sait pas lire le jour « {word[:20]} » dans ce rythme.")
    return Weekday(DAY_CODES.index(found[2]), int(found[1]) if found[1] else None)


def _last_day(word: str) -> date:
    """A date, or the date of an instant: we count in days."""
    if re.fullmatch(r"[0-9]{8}(T[0-9]{6}Z?)?", word):
        try:
            return datetime.strptime(word[:8], "%Y%m%d").date()
        except ValueError:
            pass
    raise RhythmRefused("On ne sait pas lire la date de fin de ce rythme.")
