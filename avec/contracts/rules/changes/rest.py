"""What changes around the articles: the week, what was negotiated and answered, who signs, the dates."""

from collections.abc import Callable, Iterator, Mapping

from avec.ui.words import NBSP, quote

from ..text import AnsweredText, ContractText, PartyText
from ..week import headings_in_order
from .shape import Change, ChangeKind, day, inside, named, of, paired

WEEK, SIGNERS, DATES = "Une semaine ordinaire", "Qui signe", "Les dates"
ANSWERS, TALKS, LATER_ON, FRAME = (
    "Ce qui attend, et ce qui n’est pas possible",
    "Ce que nous avons négocié",
    "Ce qui est gardé pour plus tard",
    "Le contrat",
)
REPLIES = {"declined": "ce n’est pas possible", "postponed": "on en reparle plus tard"}


def of_week(before: ContractText, after: ContractText) -> Iterator[Change]:
    old, new = (dict(_days(text)) for text in (before, after))
    order = headings_in_order()
    changed = sorted(
        (heading for heading in {**new, **old} if old.get(heading) != new.get(heading)),
        key=lambda heading: order.index(heading) if heading in order else len(order),
    )
    if not changed:
        return
    was, now = (
        "\n".join(f"{heading}{NBSP}:\n{days[heading]}" for heading in changed if heading in days)
        for days in (old, new)
    )
    if not old:
        yield Change(WEEK, ChangeKind.ADDED, "Le contrat dit maintenant la semaine, jour par jour.", was, now)
    elif not new:
        yield Change(WEEK, ChangeKind.REMOVED, "Le contrat ne dit plus la semaine jour par jour.", was, now)
    else:
        words = f"Dans la semaine, cela change : {', '.join(map(_inside_week, changed))}."
        yield Change(WEEK, ChangeKind.CHANGED, words, was, now)


def _inside_week(heading: str) -> str:
    several = heading.startswith(("Chaque", "À "))
    return inside(heading) if several else f"le {heading.lower()}"


def _days(text: ContractText) -> Iterator[tuple[str, str]]:
    for (heading, _place), one in named(text.schedule, lambda one: one.heading).items():
        yield heading, "\n".join(one.items)


def of_talks(before: ContractText, after: ContractText) -> Iterator[Change]:
    told = {one.negotiation for one in before.negotiated}
    for one in after.negotiated:
        if one.negotiation not in told:
            said = "\n".join(f"{point.words} : {point.said}" for point in one.points)
            yield Change(TALKS, ChangeKind.ADDED, f"Nous avons négocié : {one.title.rstrip('.')}.", "", said)


def of_answers(before: ContractText, after: ContractText) -> Iterator[Change]:
    goals = {origin.expectation: clause.heading for clause in after.clauses for origin in clause.origins}
    for old, new in paired(before.answered, after.answered, lambda answered: answered.expectation):
        one = new or old
        if one is None or (old is not None and new is not None and _answer(old) == _answer(new)):
            continue
        said, reply = quote(one.words), REPLIES.get(one.reply, one.reply)
        if old is None:
            yield Change(ANSWERS, ChangeKind.ADDED, f"{said} : {reply}.", "", _answer(one))
        elif new is None:
            heading = goals.get(old.expectation, "")
            words = (
                f"{said} : c’est maintenant un objectif, {quote(heading)}."
                if heading
                else f"{said} : le contrat n’en parle plus."
            )
            yield Change(ANSWERS, ChangeKind.REMOVED, words, _answer(old))
        else:
            words = f"{said} : {reply}." if old.reply != new.reply else f"{said} : la réponse change."
            yield Change(ANSWERS, ChangeKind.CHANGED, words, _answer(old), _answer(new))


def _answer(answered: AnsweredText) -> str:
    reply = REPLIES.get(answered.reply, answered.reply)
    lines = [f"{reply[:1].upper()}{reply[1:]}."]
    lines += [f"À partir du {day(answered.until)}."] if answered.until else []
    lines += [answered.reason] if answered.reason else []
    lines += [f"À la place : {answered.instead}"] if answered.instead else []
    return "\n".join([quote(answered.words), *lines])


def of_for_later(before: ContractText, after: ContractText) -> Iterator[Change]:
    told = {*before.left_out, *(clause.heading for clause in before.clauses)}
    for heading in dict.fromkeys(after.left_out):
        if heading not in told:
            words = f"L’objectif {quote(heading)} est gardé pour plus tard."
            yield Change(LATER_ON, ChangeKind.ADDED, words, "", heading)


def of_signers(before: ContractText, after: ContractText) -> Iterator[Change]:
    for old, new in paired(before.parties, after.parties, lambda party: f"{party.voice} {party.name}"):
        if old is None and new is not None:
            words = (
                f"{new.name} signe maintenant ce contrat."
                if new.required
                else f"{new.name} peut maintenant signer, comme témoin."
            )
            yield Change(SIGNERS, ChangeKind.ADDED, words, "", _signer(new))
        elif new is None and old is not None:
            words = f"{old.name} ne signe plus ce contrat."
            yield Change(SIGNERS, ChangeKind.REMOVED, words, _signer(old))
        elif old is not None and new is not None and _signer(old) != _signer(new):
            words = (
                f"{new.name} ne signe plus en tant que {old.capacity}, mais en tant que {new.capacity}."
                if old.capacity != new.capacity
                else f"La signature {of(new.name)} est maintenant attendue."
                if new.required
                else f"La signature {of(new.name)} n’est plus attendue. Elle reste possible."
            )
            yield Change(SIGNERS, ChangeKind.CHANGED, words, _signer(old), _signer(new))


def _signer(party: PartyText) -> str:
    waited = "" if party.required else " (peut signer)"
    return f"{party.name}, {party.capacity}{waited}"


def of_dates(before: ContractText, after: ContractText) -> Iterator[Change]:
    old, new = ((text.starts_on, text.ends_on) for text in (before, after))
    if old != new:
        was, now = (f"du {day(first)} au {day(last)}" for first, last in (old, new))
        words = f"Le contrat va maintenant {now}."
        yield Change(DATES, ChangeKind.CHANGED, words, was, now)
    if before.review_on != after.review_on:
        was, now = (f"avant le {day(text.review_on)}" for text in (before, after))
        yield Change(DATES, ChangeKind.CHANGED, f"Nous le relisons ensemble {now}.", was, now)


def of_frame(before: ContractText, after: ContractText) -> Iterator[Change]:
    """What hardly ever changes: names, rights, what the contract is not."""
    parts: Mapping[str, Callable[[ContractText], str]] = {
        "Le nom de l’établissement change.": lambda text: text.establishment,
        "Un nom s’écrit autrement.": lambda text: f"{text.person_name}, {text.called}",
        "Les droits sont dits autrement.": lambda text: "\n".join(text.rights),
        "Ce que le contrat n’est pas est dit autrement.": lambda text: text.is_not,
    }
    for words, part in parts.items():
        if part(before) != part(after):
            yield Change(FRAME, ChangeKind.CHANGED, words, part(before), part(after))
