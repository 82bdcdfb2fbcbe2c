"""A stored version, as the sheet that is printed and sealed."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from avec.careplan.models import StanceChoice
from avec.documents.pdf import (
    Clause,
    ContractSheet,
    Negotiated,
    NegotiatedGroup,
    NegotiatedPoint,
    NotPossible,
    Party,
    Position,
    Quote,
    Reading,
    Section,
    SignatureLine,
)
from avec.ui.words import date_long, datetime_words

from .models import CareContract, IndividualDocument, Signature
from .negotiated import answer_words, groups_of, negotiated_facts
from .rules import (
    FINAL,
    AnsweredText,
    ClauseText,
    ContractText,
    NegotiatedText,
    OriginText,
    Outcome,
    from_data,
    full_sentences,
)

METHODS = {
    "password": "mot de passe tapé à nouveau",
    "webauthn": "clé d’accès",
    "mfa": "clé d’accès ou code à usage unique",
}


def day(iso: str) -> str:
    return date_long(date.fromisoformat(iso)) if iso else ""


def moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{datetime_words(local)} ({timezone.get_current_timezone_name()})"


def quote_of(origin: OriginText | AnsweredText) -> Quote:
    said_on = origin.said_on if isinstance(origin, OriginText) else ""
    return Quote(
        voice=origin.voice,  # type: ignore[arg-type]
        name=origin.name,
        words=origin.words,
        date_words=_("dit le %(day)s") % {"day": day(said_on)} if said_on else "",
    )


def clause_of(clause: ClauseText, called: str) -> Clause:
    stances = dict(StanceChoice.choices)
    return Clause(
        number=str(clause.number),
        heading=clause.heading,
        full_text=full_sentences(clause, called),
        easy_lines=clause.easy,
        origins=tuple(quote_of(origin) for origin in clause.origins),
        term=day(clause.due_on),
        priority=str(clause.priority or ""),
        positions=tuple(
            Position(position.voice, position.name, str(stances[position.stance]), position.reason)  # type: ignore[arg-type]
            for position in clause.positions
        ),
    )


def negotiated_of(one: NegotiatedText) -> Negotiated:
    return Negotiated(
        heading=one.title,
        facts=tuple(negotiated_facts(one)),
        groups=tuple(
            NegotiatedGroup(
                heading,
                tuple(
                    NegotiatedPoint(
                        str(point.number),
                        point.words,
                        tuple(line for line in (point.said, *point.notes) if line),
                        tuple(Quote(said.voice, said.name, said.words) for said in point.voices),  # type: ignore[arg-type]
                    )
                    for point in points
                ),
            )
            for heading, points in groups_of(one)
        ),
        reserves=tuple(
            Position(said.voice, said.name, answer_words(said), said.words)  # type: ignore[arg-type]
            for said in one.reserves
        ),
        easy_lines=one.easy,
    )


def answered_sections(text: ContractText) -> tuple[tuple[NotPossible, ...], tuple[Section, ...]]:
    declined = tuple(
        NotPossible(quote=quote_of(answered), answer=answered.reason, instead=answered.instead)
        for answered in text.answered
        if answered.reply == "declined"
    )
    postponed = [answered for answered in text.answered if answered.reply == "postponed"]
    sections = tuple(
        Section(
            heading=_("On en reparle le %(day)s") % {"day": day(answered.until)},
            lines=(answered.reason,) if answered.reason else (),
            quotes=(quote_of(answered),),
        )
        for answered in postponed
    )
    return declined, sections


def signature_lines(contract: CareContract) -> tuple[SignatureLine, ...]:
    lines = []
    for line in contract.lines.prefetch_related("signatures"):
        choices: list[Signature] = list(line.signatures.all())
        choice = choices[-1] if choices else None
        if choice is None:
            lines.append(SignatureLine(voice=line.voice, name=line.name, capacity=line.capacity))  # type: ignore[arg-type]
            continue
        stances = dict(StanceChoice.choices)
        articles = tuple(
            _("Article %(number)s : %(stance)s") % {"number": number, "stance": str(stances[stance]).lower()}
            for number, stance in sorted(choice.choices.items(), key=lambda pair: int(pair[0]))
            if stance != "agrees"
        )
        lines.append(
            SignatureLine(
                voice=line.voice,  # type: ignore[arg-type]
                name=line.name,
                capacity=line.capacity,
                outcome=str(choice.get_outcome_display()).capitalize(),
                open=Outcome(choice.outcome) not in FINAL,
                reservations=choice.words,
                on_articles=articles,
                when=_("le %(day)s") % {"day": date_long(timezone.localtime(choice.at).date())},
                how=_("depuis son espace"),
                when_exact=moment(choice.at),
                authentication=METHODS.get(choice.method, choice.method),
                shown=choice.fingerprint,
            )
        )
    return tuple(lines)


def balance_section(text: ContractText) -> tuple[Section, ...]:
    lines = text.balance or (_("C’est le premier contrat : il n’y a pas encore de bilan."),)
    return (Section(heading=_("L’année dernière"), lines=lines),)


def title_of(contract: CareContract, document: IndividualDocument | None) -> str:
    if document is not None:
        return _("Document individuel de prise en charge")
    return _("Contrat de soins") if contract.previous_id is None else _("Avenant au contrat de soins")


def contract_sheet(
    contract: CareContract, reading: str, *, verify_url: str = "", document: IndividualDocument | None = None
) -> ContractSheet:
    """The sheet of a version, with the choices made so far. `reading` is « full » or « easy ».

    `document`: the individual document that says the same, which the house commits to alone.
    """
    text = from_data(contract.content)
    declined, postponed = answered_sections(text)
    reading_note = (
        _(
            "Version facile à lire. Elle n’a pas encore été relue par des personnes concernées : "
            "nous n’écrivons donc pas « FALC »."
        )
        if reading == "easy"
        else ""
    )
    kept: Reading = "easy" if reading == "easy" else "full"
    issued = timezone.localtime(contract.issued_at)
    return ContractSheet(
        title=title_of(contract, document),
        subtitle=contract.plan.title,
        person_name=text.person_name,
        establishment=text.establishment,
        version_words=_("version %(version)s, écrite le %(day)s")
        % {"version": contract.version, "day": date_long(issued.date())},
        period=_("Du %(start)s au %(end)s. Nous le relisons ensemble avant le %(review)s.")
        % {"start": day(text.starts_on), "end": day(text.ends_on), "review": day(text.review_on)},
        made_on=issued.date(),
        reading=kept,
        reading_note=reading_note,
        fingerprint=contract.fingerprint,
        version_id=str(contract.pk),
        establishment_id=str(contract.establishment_id),
        parties=tuple(Party(party.voice, party.name, party.capacity) for party in text.parties),  # type: ignore[arg-type]
        sections=balance_section(text),
        clauses=tuple(clause_of(clause, text.called) for clause in text.clauses),
        negotiated=tuple(negotiated_of(one) for one in text.negotiated),
        not_possible=declined,
        closing=postponed,
        rights=text.rights,
        what_it_is_not=tuple(
            sentence.strip() + "." for sentence in text.is_not.split(".") if sentence.strip()
        ),
        signatures=signature_lines(contract),
        verify_words=_(
            "Avec vérifie ce fichier : la page « Vérifier un contrat », ou la commande avec verify."
        ),
        verify_url=verify_url,
        is_draft=contract.state == "to_sign" and document is None,
    )
