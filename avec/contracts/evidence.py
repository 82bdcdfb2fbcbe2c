"""The lines of signature of a version, and the proof of each choice: who, how, when, what had been shown."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from avec.careplan.models import StanceChoice
from avec.documents.pdf import Proof, SignatureLine, in_groups
from avec.ui.words import date_long, datetime_words

from .models import CareContract, Signature, State
from .models import SignatureLine as Line
from .rules import FINAL, RIGHTS, ContractText, Outcome, PartyText, Signatory, Way
from .told import choice_words, chosen_on, no_choice_words, outcome_words, way_words, with_ways

METHODS = {
    "password": "mot de passe tapé à nouveau",
    "webauthn": "clé d’accès",
    "mfa": "clé d’accès ou code à usage unique",
}


def moment(at: datetime) -> str:
    """« 12 novembre 2026 à 10 h 42, 7 s (Europe/Paris, UTC+01:00) »."""
    local = timezone.localtime(at)
    zone = f"{timezone.get_current_timezone_name()}, UTC{local:%z}"
    return f"{datetime_words(local)}, {local.second}\u00a0s ({zone[:-2]}:{zone[-2:]})"


def signature_lines(contract: CareContract, text: ContractText) -> tuple[SignatureLine, ...]:
    """A line for each signatory, filled in with their latest choice; of a draft, what the lines will be."""
    if contract._state.adding:
        groups = Counter(party.one_of for party in text.parties)
        return tuple(_blank(party, enough(party.one_of, groups[party.one_of])) for party in text.parties)
    lines = list(contract.lines.prefetch_related(Prefetch("signatures", with_ways())))
    groups = Counter(line.one_of for line in lines)
    says = {order: party.says for order, party in enumerate(text.parties, 1)}
    return tuple(
        signature_line(
            line,
            says.get(line.order, ""),
            enough(line.one_of, groups[line.one_of]),
            waits=contract.state == State.TO_SIGN.value,
        )
        for line in lines
    )


def enough(one_of: str, among: int) -> str:
    """When one signature of a group is enough, it is said on each of its lines."""
    if not one_of or among < 2:
        return ""
    if one_of == Signatory.PARENT.value and among == 2:
        return _("La signature d’un des deux parents suffit.")
    return _("Une seule de ces %(among)s signatures suffit.") % {"among": among}


def _blank(party: PartyText, one_is_enough: str) -> SignatureLine:
    return SignatureLine(
        voice=party.voice,  # type: ignore[arg-type]
        name=party.name,
        capacity=party.capacity,
        says=party.says,
        enough=one_is_enough,
        closed=_no_paper(party.voice),
    )


def _no_paper(voice: str) -> str:
    """A professional's choice is not copied from paper: a box would have them sign for nothing."""
    return _("Signe dans Avec, depuis son espace, et pas sur ce papier.") if voice == "professional" else ""


def signature_line(line: Line, says: str, one_is_enough: str, *, waits: bool = True) -> SignatureLine:
    """`waits`: choices are still taken. Otherwise no box is printed: nobody signs on a copy that is sealed."""
    choices: Sequence[Signature] = list(line.signatures.all())
    blank = _blank(PartyText(line.voice, line.name, line.capacity, says=says), one_is_enough)
    if not choices:
        return blank if waits else replace(blank, closed=capitalised(no_choice_words(line)))
    choice = choices[-1]
    is_open = waits and Outcome(choice.outcome) not in FINAL
    return SignatureLine(
        voice=blank.voice,
        name=blank.name,
        capacity=blank.capacity,
        says=says,
        enough=one_is_enough,
        outcome=capitalised(outcome_words(choice)),
        open=is_open,
        closed=blank.closed if is_open else "",
        reservations=choice.words,
        on_articles=tuple(on_articles(choice)),
        when=_("le %(day)s") % {"day": date_long(chosen_on(choice))},
        how=how_words(choice),
        when_exact=when_exact(choice),
        authentication=recognised(choice),
        shown=choice.fingerprint,
        proofs=tuple(proofs(choice, choices[:-1])),
        drawn=tuple(tuple((x, y) for x, y in stroke) for stroke in choice.drawn),
    )


def capitalised(said: str) -> str:
    return said[:1].upper() + said[1:]


def on_articles(choice: Signature) -> Iterator[str]:
    """The articles to which they did not say a plain yes."""
    stances = dict(StanceChoice.choices)
    for number, stance in sorted(choice.choices.items(), key=lambda pair: int(pair[0])):
        if stance != "agrees":
            said = str(stances[stance]).lower()
            yield _("Article %(number)s\u00a0: %(stance)s") % {"number": number, "stance": said}


def how_words(choice: Signature) -> str:
    if choice.way == Way.OWN:
        return _("depuis son espace")
    if choice.way == Way.PAPER:
        return way_words(choice)
    words = [_("sur un appareil de l’équipe"), way_words(choice)]
    return ", ".join(word for word in words if word)


def recognised(choice: Signature) -> str:
    """How it is known that this was their choice."""
    witness = choice.witness.name if choice.witness is not None else ""
    if choice.way == Way.PAPER:
        return _("papier signé, relu par %s") % witness
    if choice.method == "witness":
        return _("attesté par %s") % witness
    return METHODS.get(choice.method, choice.method)


def when_exact(choice: Signature) -> str:
    if choice.scan is None:
        return moment(choice.at)
    return _("Signé sur papier le %(day)s. Écrit dans l’application le %(moment)s") % {
        "day": date_long(choice.scan.signed_on),
        "moment": moment(choice.at),
    }


def proofs(choice: Signature, earlier: Sequence[Signature]) -> Iterator[Proof]:
    yield Proof(_("Façon"), how_words(choice))
    read = _("facile à lire") if choice.reading == "easy" else _("texte complet")
    yield Proof(_("Version lue"), read)
    if choice.rights_read:
        rights = [words.rstrip(".") for right, words in RIGHTS if right in choice.rights_read]
        yield Proof(_("Droits lus et cochés"), "; ".join(rights).replace(";", "\u00a0;"))
    if choice.outcome == Outcome.MARK:
        seen_by = choice.witness_name or (choice.witness.name if choice.witness is not None else "")
        yield Proof(_("Croix faite devant"), seen_by)
    if choice.scan is not None:
        pages = ngettext("%(count)s page", "%(count)s pages", choice.scan.pages) % {
            "count": choice.scan.pages
        }
        yield Proof(_("Papier scanné, gardé dans l’application"), pages)
        yield Proof(_("Empreinte du papier scanné (SHA-256)"), in_groups(choice.scan.file.sha256))
    if choice.come_back_on is not None:
        yield Proof(_("L’équipe revient pour la signature, au plus tard le"), date_long(choice.come_back_on))
    for one in earlier:
        yield Proof(_("Choix d’avant"), choice_words(one))
