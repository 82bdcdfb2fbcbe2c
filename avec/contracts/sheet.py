"""A stored version, as the sheet that is printed and sealed."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from avec.careplan.models import StanceChoice
from avec.documents.level import level_sentences
from avec.documents.pdf import (
    Clause,
    ContractSheet,
    Day,
    EasyPart,
    Negotiated,
    NegotiatedGroup,
    NegotiatedPoint,
    NotPossible,
    Party,
    Position,
    Quote,
    Reading,
    Section,
)
from avec.ui.words import date_long, elide

from .evidence import signature_lines
from .models import CareContract, IndividualDocument
from .negotiated import answer_words, groups_of, negotiated_facts
from .reread import easy_words, proof_reading_of
from .rules import (
    RIGHTS,
    AnsweredText,
    ClauseText,
    ContractText,
    NegotiatedText,
    OriginText,
    changes_between,
    from_data,
    full_sentences,
    short_code,
)


def day(iso: str) -> str:
    return date_long(date.fromisoformat(iso)) if iso else ""


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
        picto=clause.picto,
        actions=tuple(
            EasyPart(activity.easy, activity.picto) for activity in clause.activities if activity.easy
        ),
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


def changes_section(
    contract: CareContract, text: ContractText, heading: str, *, easy: bool
) -> tuple[Section, ...]:
    """What an amendment changes, and why; nothing of a former version that is shared with fewer people."""
    former = contract.previous
    if former is None:
        return ()
    why = (_("Pourquoi\u00a0: %s") % contract.why,) if contract.why else ()
    if former.level > contract.level:
        return (Section(heading, why),) if why else ()
    changes = changes_between(from_data(former.content), text, easy=easy)
    lines = tuple(change.words for change in changes) or (_("Rien ne change dans le texte."),)
    return (Section(heading, why, lines),)


def later_section(text: ContractText) -> tuple[Section, ...]:
    if not text.left_out:
        return ()
    says = _("Ces objectifs sont dans le projet. Ils ne sont pas dans ce contrat.")
    return (Section(_("Gardé pour plus tard"), (says,), text.left_out),)


def week_of(text: ContractText, *, easy: bool) -> tuple[Day, ...]:
    if easy:
        return tuple(Day(heading.rstrip("\u00a0:"), tuple(lines)) for heading, lines in text.easy_week)
    return tuple(Day(day.heading, day.items) for day in text.schedule)


def foreword(text: ContractText, document: IndividualDocument | None) -> tuple[str, ...]:
    """Why the individual document exists, and what it does not take away."""
    if document is None:
        return ()
    reasons = {
        "refused": (_("Le contrat de soins n’est pas signé, par choix."), _("C’est un choix à respecter.")),
        "short": (_("Le séjour dure moins de 2 mois par an\u00a0: la loi demande alors ce document."),),
    }
    about = {
        "house": text.establishment,
        "by": document.by.name,
        "day": date_long(timezone.localdate(document.at)),
        "name": text.called,
        "of": elide(text.called),
        "version": text.version,
    }
    return (
        *reasons[document.why],
        _("Ce document dit la même chose que le contrat, version %(version)s.") % about,
        _("%(by)s l’a écrit le %(day)s, pour %(house)s, qui s’y engage.") % about,
        _("Il ne remplace pas l’accord %(of)s\u00a0: %(name)s peut signer le contrat plus tard.") % about,
    )


def standing(contract: CareContract) -> tuple[str, str] | None:
    """What a version is, when it is not signed and does not wait for signatures either."""
    if contract._state.adding:
        return _("Brouillon"), _("Ce texte peut encore changer. Il n’engage personne.")
    return {
        "withdrawn": (_("Retiré"), _("Ce texte a été retiré avant d’être signé. Il n’engage personne.")),
        "refused": (
            _("Non signé"),
            _("Ce contrat n’est pas signé, par choix. C’est un choix à respecter. Les soins continuent."),
        ),
    }.get(contract.state)


def balance_section(text: ContractText) -> tuple[Section, ...]:
    lines = text.balance or (_("C’est le premier contrat : il n’y a pas encore de bilan."),)
    return (Section(heading=_("L’année dernière"), lines=lines),)


def rights_pictos(text: ContractText) -> tuple[str, ...]:
    """The picture of each right, by its words; "" for words of an older version."""
    drawn = {words: picto for picto, words in RIGHTS}
    return tuple(drawn.get(words, "") for words in text.rights)


def title_of(contract: CareContract, document: IndividualDocument | None) -> str:
    if document is not None:
        return _("Document individuel de prise en charge (DIPC)")
    return _("Contrat de soins") if contract.previous_id is None else _("Avenant au contrat de soins")


def heading_of_changes(document: IndividualDocument | None) -> str:
    if document is not None:
        return _("Ce qui change depuis la version d’avant")
    return _("Ce qui change avec cet avenant")


def contract_sheet(
    contract: CareContract, reading: str, *, verify_url: str = "", document: IndividualDocument | None = None
) -> ContractSheet:
    """The sheet of a version, with the choices made so far. `reading` is « full » or « easy ».

    `document`: the individual document that says the same, which the house commits to alone.
    """
    text = from_data(contract.content)
    easy = reading == "easy"
    declined, postponed = answered_sections(text)
    kept: Reading = "easy" if easy else "full"
    issued = timezone.localtime(contract.issued_at)
    unsigned = None if document is not None else standing(contract)
    return ContractSheet(
        title=title_of(contract, document),
        subtitle=contract.plan.title if document is None else _("Pour %(name)s") % {"name": text.person_name},
        person_name=text.person_name,
        establishment=text.establishment,
        version_words=_("version %(version)s, écrite le %(day)s")
        % {"version": contract.version, "day": date_long(issued.date())},
        period=_("Du %(start)s au %(end)s. Nous le relisons ensemble avant le %(review)s.")
        % {"start": day(text.starts_on), "end": day(text.ends_on), "review": day(text.review_on)},
        made_on=issued.date(),
        reading=kept,
        reading_note=easy_words(proof_reading_of(contract.person, text)) if easy else "",
        fingerprint=contract.fingerprint,
        version_id=str(contract.pk),
        establishment_id=str(contract.establishment_id),
        foreword=foreword(text, document),
        parties=()
        if document is not None
        else tuple(Party(party.voice, party.name, party.capacity) for party in text.parties),  # type: ignore[arg-type]
        sections=(
            *changes_section(contract, text, heading_of_changes(document), easy=easy),
            *balance_section(text),
        ),
        clauses=tuple(clause_of(clause, text.called) for clause in text.clauses),
        week=week_of(text, easy=easy),
        negotiated=tuple(negotiated_of(one) for one in text.negotiated),
        not_possible=declined,
        closing=(*postponed, *later_section(text)),
        rights=text.rights,
        rights_pictos=rights_pictos(text) if easy else (),
        what_it_is_not=tuple(
            sentence.strip() + "." for sentence in text.is_not.split(".") if sentence.strip()
        ),
        signatures=() if document is not None else signature_lines(contract, text),
        code=short_code(contract.fingerprint),
        level=tuple(level_sentences()),
        verify_words=_(
            "Avec vérifie ce fichier : la page « Vérifier un contrat », ou la commande avec verify."
        ),
        verify_url=verify_url,
        is_draft=document is None and (contract.state == "to_sign" or unsigned is not None),
        draft_words=unsigned,
    )
