from datetime import date
from enum import StrEnum

from avec.accounts.vocabulary import worded


class Reply(StrEnum):
    """What an expectation became."""

    TAKEN_UP = "taken_up"
    NEGOTIATED = "negotiated"
    POSTPONED = "postponed"
    DECLINED = "declined"


class AnswerRefused(ValueError):
    """An answer that the person could not read or that leads nowhere. The message is for the screen."""


def check_answer(reply: Reply, *, reason: str, goal: object | None, until: date | None, today: date) -> None:
    """What each kind of answer must say (domain.md §3, first gate)."""
    if reply == Reply.TAKEN_UP and goal is None:
        raise AnswerRefused("Choisissez l’objectif qui reprend cette attente, ou écrivez-en un.")
    if reply == Reply.POSTPONED and until is None:
        raise AnswerRefused("Écrivez la date à laquelle on en reparle.")
    if reply == Reply.POSTPONED and until is not None and until <= today:
        raise AnswerRefused("Écrivez une date à venir : on en reparle à ce moment-là.")
    if reply == Reply.DECLINED and len(reason.strip()) < 10:
        raise AnswerRefused(worded("Écrivez pourquoi, avec des mots que %(short_the)s peut lire."))
