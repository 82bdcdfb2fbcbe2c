"""What changes in the articles and their activities."""

from collections.abc import Iterator

from avec.ui.words import NBSP, elide, quote

from ..text import ActivityText, ClauseText, ContractText, OriginText, full_sentences
from .shape import Change, ChangeKind, Teller, day, inside, moved, of, paired

STANCES = {
    "agrees": "d’accord",
    "in_part": "d’accord en partie",
    "disagrees": "pas d’accord",
    "could_not": "n’a pas pu répondre",
    "prefers_not": "préfère ne pas dire",
}


def of_articles(before: ContractText, after: ContractText, tell: Teller) -> Iterator[Change]:
    for old, new in paired(before.clauses, after.clauses, lambda clause: clause.goal):
        if new is None and old is not None:
            kept = (
                f"L’objectif {quote(old.heading)} est gardé pour plus tard."
                if old.heading in after.left_out
                else f"L’objectif {quote(old.heading)} n’est plus dans le contrat."
            )
            yield Change(old.heading, ChangeKind.REMOVED, kept, article(old, before.called))
        elif old is None and new is not None:
            words = f"Nouvel objectif : {new.heading.rstrip('.')}."
            yield Change(new.heading, ChangeKind.ADDED, words, "", article(new, after.called))
        elif old is not None and new is not None:
            yield from _article(old, new, tell)


def article(clause: ClauseText, called: str) -> str:
    """The whole article, a line each."""
    return "\n".join(full_sentences(clause, called))


def _article(old: ClauseText, new: ClauseText, tell: Teller) -> Iterator[Change]:
    name = new.heading.rstrip(".")

    def changed(words: str, before: str, after: str) -> Change:
        return Change(new.heading, ChangeKind.CHANGED, words, before, after)

    if old.heading != new.heading:
        words = f"L’objectif {quote(old.heading)} s’appelle maintenant {quote(new.heading)}."
        yield changed(words, old.heading, new.heading)
    if old.statement != new.statement:
        yield changed(f"{name} : l’objectif est dit autrement.", old.statement, new.statement)
    elif (old.easy, old.picto) != (new.easy, new.picto) and _told_apart(old, new):
        words = f"{name} : les mots faciles à lire changent."
        yield changed(words, "\n".join(old.easy), "\n".join(new.easy))
    if old.due_on != new.due_on:
        was, now = (f"pour le {day(at)}" if at else "" for at in (old.due_on, new.due_on))
        words = moved(name, "Il n’y a plus de date.", was, now)
        yield changed(words, day(old.due_on), day(new.due_on))
    if old.priority != new.priority:
        was, now = (f"la priorité {rank}" if rank else "" for rank in (old.priority, new.priority))
        yield changed(moved(name, "Il n’y a plus de priorité.", was, now), was, now)
    if old.expected_result != new.expected_result:
        words = f"{name} : on saura autrement que c’est atteint."
        yield changed(words, old.expected_result, new.expected_result)
    yield from _origins(old, new)
    yield from _opinions(old, new)
    for one, other in paired(old.activities, new.activities, lambda activity: activity.title.casefold()):
        yield from _activity(one, other, new, tell)


def _told_apart(old: ClauseText, new: ClauseText) -> bool:
    """The first contracts told their activities among the easy words of the article: not a change of words."""
    return all(one.easy for one in (*old.activities, *new.activities))


def _origins(old: ClauseText, new: ClauseText) -> Iterator[Change]:
    name = new.heading.rstrip(".")
    for one, other in paired(old.origins, new.origins, lambda origin: origin.expectation):
        if one is None and other is not None:
            words = f"{name} : cela vient aussi de ce {_said(other)}"
            yield Change(new.heading, ChangeKind.ADDED, words, "", quote(other.words))
        elif other is None and one is not None:
            words = f"{name} : cela ne vient plus de ce {_said(one)}"
            yield Change(new.heading, ChangeKind.REMOVED, words, quote(one.words))


def _said(origin: OriginText) -> str:
    """« qu’Odette a dit : « … » »."""
    saw = "a vu" if origin.voice == "observed" else "a dit"
    return f"{elide(origin.name, 'que')} {saw} : {quote(origin.words)}"


def _opinions(old: ClauseText, new: ClauseText) -> Iterator[Change]:
    for one, other in paired(
        old.positions, new.positions, lambda position: f"{position.voice} {position.name}"
    ):
        # Who no longer stands among those who answer took nothing back.
        if other is None or (one is not None and (one.stance, one.reason) == (other.stance, other.reason)):
            continue
        stance = STANCES.get(other.stance, other.stance)
        was = _opinion(STANCES.get(one.stance, one.stance), one.reason) if one else ""
        words = f"L’avis {of(other.name)} sur {quote(new.heading)} : {stance}."
        yield Change(new.heading, ChangeKind.CHANGED, words, was, _opinion(stance, other.reason))


def _opinion(stance: str, reason: str) -> str:
    return f"{stance[:1].upper()}{stance[1:]}. {reason}".strip()


# ── Activities ────────────────────────────────────────────────────────────


def _activity(
    old: ActivityText | None, new: ActivityText | None, clause: ClauseText, tell: Teller
) -> Iterator[Change]:
    where = clause.heading
    if old is None and new is not None:
        words = f"Nouveau : {new.title.rstrip('.')}."
        yield Change(where, ChangeKind.ADDED, words, "", activity_words(new, tell))
    elif new is None and old is not None:
        words = f"Cela s’arrête : {old.title.rstrip('.')}."
        yield Change(where, ChangeKind.REMOVED, words, activity_words(old, tell))
    elif old is not None and new is not None:
        found = [Change(where, ChangeKind.CHANGED, *told) for told in _moves(old, new, tell)]
        if not found and old.easy and new.easy and (old.easy, old.picto) != (new.easy, new.picto):
            words = f"{new.title.rstrip('.')} : les mots faciles à lire changent."
            found = [Change(where, ChangeKind.CHANGED, words, "\n".join(old.easy), "\n".join(new.easy))]
        yield from found


def _moves(old: ActivityText, new: ActivityText, tell: Teller) -> Iterator[tuple[str, str, str]]:
    """What moved in an activity: the sentence, then the two texts."""
    name = new.title.rstrip(".")
    if old.performer != new.performer:
        was, now = inside(old.performer), inside(new.performer)
        yield moved(name, "Le contrat ne dit plus qui.", was, now), old.performer, new.performer
    if old.rhythm != new.rhythm:
        was, now = inside(old.rhythm), inside(new.rhythm)
        yield moved(name, "Le contrat ne dit plus quand.", was, now), old.rhythm, new.rhythm
    if old.place != new.place:
        was, now = inside(old.place), inside(new.place)
        yield moved(f"{name}, le lieu", "Le contrat ne dit plus où.", was, now), old.place, new.place
    if old.participation != new.participation:
        was, now = tell.share(old.participation), tell.share(new.participation)
        yield moved(name, "Le contrat ne dit plus comment.", was, now), was, now
    # The first contracts did not say with what.
    if old.means != new.means:
        words = f"{name} : les moyens changent." if old.means else f"{name} : les moyens sont dits."
        yield words, old.means, new.means


def activity_words(activity: ActivityText, tell: Teller) -> str:
    """All that is said of an activity."""
    details = [activity.performer, activity.rhythm, activity.place, tell.share(activity.participation)]
    said = ", ".join(part for part in details if part)
    means = f"\n{activity.means}" if activity.means else ""
    return f"{activity.title.rstrip('.')}{f'{NBSP}: {said}' if said else ''}.{means}"
