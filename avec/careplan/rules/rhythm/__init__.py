"""The rhythm of an activity: a recurrence rule that both a calendar and a person can read.

A rhythm is kept as one line of text (`to_code`, `parse`): an RFC 5545 recurrence
rule and times of day, or « on request », or one single date. It speaks of local
days and hours only, so no clock change can move it; whoever needs an instant puts
it in the establishment's time zone. Only a small part of RFC 5545 is read; the
rest is refused, never guessed.
"""

from .occurring import Occurrence, occurrences, per_week
from .reading import parse, parse_rrule, parse_times
from .shape import LAST, Every, Moment, Part, Rhythm, RhythmRefused, Weekday, hour_of
from .words import PART_WORDS, THE_PART, in_words

__all__ = [
    "LAST",
    "PART_WORDS",
    "THE_PART",
    "Every",
    "Moment",
    "Occurrence",
    "Part",
    "Rhythm",
    "RhythmRefused",
    "Weekday",
    "hour_of",
    "in_words",
    "occurrences",
    "parse",
    "parse_rrule",
    "parse_times",
    "per_week",
]
