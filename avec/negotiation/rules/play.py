"""What each move asks before it is laid on the table; a refusal is a sentence for the screen."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from avec.accounts.vocabulary import worded

from .becomes import day_of, lacks
from .gates import gate_of
from .moves import (
    MOVED_BY_PARTY,
    NEGOTIABLE,
    PHASES,
    Answer,
    Becomes,
    Move,
    Nature,
    OutcomeKind,
    Phase,
    Result,
    Understood,
    Verb,
    is_negotiable,
)
from .table import Concession, Offer, Table, lay

LONGEST = 4000  # characters of one move
LONGEST_LINE = 250  # of a point, of a source
MOST_POINTS = 200
MOST_PARTIES = 20

CONTEXT = (Phase.FRAME, Phase.EXPLORE, Phase.POSITIONS)

# In which phases each move is made. One that is not listed is made in all four.
WHEN: dict[Verb, tuple[Phase, ...]] = {
    Verb.JOIN: (Phase.FRAME,),
    Verb.AIM: (Phase.FRAME,),
    Verb.ACCEPT_AIM: (Phase.FRAME,),
    Verb.REFUSE_AIM: (Phase.FRAME,),
    Verb.DEADLINE: (Phase.FRAME,),
    Verb.ADD_POINT: CONTEXT,
    Verb.CLASS_POINT: CONTEXT,
    Verb.DROP_POINT: CONTEXT,
    Verb.STAKE: (Phase.EXPLORE, Phase.POSITIONS),
    Verb.KEEP_STAKE: (Phase.EXPLORE, Phase.POSITIONS),
    Verb.POSITION: (Phase.POSITIONS,),
    Verb.OFFER: (Phase.POSITIONS,),
    Verb.ACCEPT: (Phase.POSITIONS,),
    Verb.DECLINE: (Phase.POSITIONS,),
    Verb.WITHDRAW: (Phase.POSITIONS,),
    Verb.SETTLE: (Phase.POSITIONS,),
    Verb.UNSETTLE: (Phase.POSITIONS,),
    Verb.READ_BACK: (Phase.CONCLUDE,),
    Verb.ANSWER: (Phase.CONCLUDE,),
    Verb.CONCLUDE: (Phase.CONCLUDE,),
}
# Moves about one point, which is still on the table.
ON_POINT = frozenset(
    {
        Verb.CLASS_POINT,
        Verb.DROP_POINT,
        Verb.EXPLAIN,
        Verb.POSITION,
        Verb.OFFER,
        Verb.SETTLE,
        Verb.UNSETTLE,
    }
)
NOT_NOW = {
    Phase.FRAME: "Ce n’est pas encore le moment\u00a0: il faut d’abord finir de cadrer.",
    Phase.EXPLORE: "Ce n’est pas le moment\u00a0: on en est à dire ce qui compte pour chacun.",
    Phase.POSITIONS: "Ce n’est pas le moment\u00a0: on en est aux positions et aux concessions.",
    Phase.CONCLUDE: "Ce n’est plus le moment\u00a0: on relit l’accord. Pour changer un point, rouvrez les positions.",
    Phase.CONCLUDED: "Cette négociation est conclue\u00a0: elle ne change plus. Vous pouvez en ouvrir une autre.",
}


class MoveRefused(ValueError):
    """A move that cannot be made now. The message is for the screen."""


def play(table: Table, move: Move) -> Table:
    """Check a move, then lay it on the table, which is changed and given back. Raises MoveRefused."""
    check(table, move)
    lay(table, move)
    return table


def refuse_if(fault: bool, words: str) -> None:
    if fault:
        raise MoveRefused(words)


def check(table: Table, move: Move) -> None:
    """Raises MoveRefused with a sentence when this move cannot be made on this table."""
    refuse_if(
        table.phase not in WHEN.get(move.verb, PHASES),
        NOT_NOW[table.phase],
    )
    # The text read back tells every point: it is as long as they are.
    if move.verb != Verb.READ_BACK:
        _at_most(LONGEST, move.words)
    if move.verb in MOVED_BY_PARTY or move.verb in {Verb.LEAVE, Verb.ALOUD}:
        party = table.parties.get(move.party)
        refuse_if(party is None or party.left, "Cette personne n’est plus à la table\u00a0: relisez la page.")
    if move.verb in ON_POINT:
        refuse_if(not move.point, "Choisissez le point.")
        point = table.points.get(move.point)
        refuse_if(point is None or point.dropped, "Ce point a été retiré\u00a0: relisez la page.")
    if move.verb in CHECKS:
        CHECKS[move.verb](table, move)


def _at_most(most: int, words: str) -> None:
    refuse_if(len(words) > most, f"C’est trop long\u00a0: gardez {most} caractères au plus.")


def _words(move: Move, sentence: str, least: int = 1) -> None:
    refuse_if(len(move.words.strip()) < least, sentence)


def _day(given: object, sentence: str) -> date:
    """A day written by a form, or forged: what is not one is asked again."""
    found = day_of(given)
    if found is None:
        raise MoveRefused(sentence)
    return found


def _join(table: Table, move: Move) -> None:
    before = table.parties.get(move.party)
    refuse_if(
        not move.party or (before is not None and not before.left), "Cette personne est déjà à la table."
    )
    refuse_if(len(table.at_table) >= MOST_PARTIES, f"Pas plus de {MOST_PARTIES} personnes à la fois.")


def _leave(table: Table, move: Move) -> None:
    _words(move, "Écrivez pourquoi cette personne quitte la négociation.", 5)


def _aim(table: Table, move: Move) -> None:
    _words(move, "Écrivez le but commun, en une phrase.", 5)


def _refuse_aim(table: Table, move: Move) -> None:
    _aim_there(table, move)
    _words(move, "Écrivez ce qui ne convient pas dans ce but.", 2)


def _aim_there(table: Table, move: Move) -> None:
    refuse_if(not table.aim, "Il n’y a pas encore de but commun\u00a0: écrivez-le d’abord.")
    # The aim that was read is the one that is accepted.
    refuse_if(
        bool(move.about) and move.about != table.aim_number,
        "Le but commun vient de changer\u00a0: relisez-le avant de répondre.",
    )


def _deadline(table: Table, move: Move) -> None:
    due_on = _day(move.detail.get("due_on"), "Choisissez une date limite.")
    refuse_if(due_on < move.day, "Cette date est passée\u00a0: choisissez aujourd’hui ou plus tard.")
    refuse_if((due_on - move.day).days > 366, "Une négociation a un temps limité\u00a0: un an au plus.")


def _extend(table: Table, move: Move) -> None:
    refuse_if(table.due_on is None, "Il n’y a pas encore de date limite\u00a0: choisissez-la dans le cadre.")
    _deadline(table, move)
    assert move.due_on is not None
    assert table.due_on is not None
    refuse_if(move.due_on <= table.due_on, "Choisissez une date après la date limite d’aujourd’hui.")
    _words(move, "Écrivez pourquoi il faut plus de temps.", 5)


def _add_point(table: Table, move: Move) -> None:
    refuse_if(not move.point or move.point in table.points, "Ce point est déjà sur la table.")
    refuse_if(
        len(table.live_points) >= MOST_POINTS,
        f"Il y a déjà {MOST_POINTS} points\u00a0: retirez-en, ou ouvrez une autre négociation.",
    )
    _words(move, "Écrivez le point à discuter.", 3)
    _at_most(LONGEST_LINE, move.words)
    if move.detail.get("nature"):
        _nature(move)
    how_of = str(move.detail.get("how_of", ""))
    if how_of:
        ground = table.points.get(how_of)
        refuse_if(
            ground is None or ground.dropped or ground.nature != Nature.PRESCRIPTION,
            "On ne négocie la manière de faire que pour une prescription.",
        )
        refuse_if(
            is_negotiable(str(move.detail.get("nature", ""))) is False,
            "La manière de faire se négocie\u00a0: choisissez l’heure, le lieu, qui, ou dans quel ordre.",
        )


def _nature(move: Move) -> None:
    given = str(move.detail.get("nature", ""))
    refuse_if(given not in set(Nature), "Dites ce que c’est\u00a0: cela se négocie, ou non et pourquoi.")
    refuse_if(
        given not in NEGOTIABLE and len(str(move.detail.get("source", "")).strip()) < 3,
        "Écrivez d’où vient cette règle\u00a0: le texte, ou qui a prescrit et quand.",
    )
    _at_most(LONGEST_LINE, str(move.detail.get("source", "")))


def _class_point(table: Table, move: Move) -> None:
    _nature(move)
    _at_most(LONGEST_LINE, move.words)
    refuse_if(
        move.point in table.outcomes,
        "Ce point a déjà une issue\u00a0: reprenez-le avant de le classer autrement.",
    )
    talked = any(one.point == move.point for one in table.concessions.values())
    refuse_if(
        talked and move.detail["nature"] not in NEGOTIABLE,
        "Des concessions ont été proposées sur ce point\u00a0: il se négocie.",
    )
    how_of = table.points[move.point].how_of
    refuse_if(
        bool(how_of) and move.detail["nature"] not in NEGOTIABLE,
        "La manière de faire d’une prescription se négocie.",
    )


def _drop_point(table: Table, move: Move) -> None:
    _words(move, "Écrivez pourquoi ce point est retiré.", 5)
    _not_relied_on(table, move)


def _explain(table: Table, move: Move) -> None:
    refuse_if(
        table.points[move.point].negotiable is not False,
        "Ce point se négocie\u00a0: il n’y a rien à expliquer ici.",
    )
    refuse_if(
        str(move.detail.get("understood", "")) not in set(Understood),
        "Dites si l’explication a été comprise.",
    )
    refuse_if(not str(move.detail.get("form", "")).strip(), "Dites comment cela a été expliqué.")


def _stake(table: Table, move: Move) -> None:
    _words(move, "Écrivez ce qui compte, ou choisissez de ne pas le dire.", 2)


def _position(table: Table, move: Move) -> None:
    _words(move, "Écrivez la position, en quelques mots.", 2)


def _on_open_point(table: Table, point: str) -> None:
    refuse_if(table.points[point].dropped, "Ce point a été retiré\u00a0: relisez la page.")
    refuse_if(
        table.points[point].negotiable is not True,
        "Ce point ne se négocie pas\u00a0: il s’explique. Il n’y a pas de concession à y faire.",
    )
    refuse_if(
        point in table.outcomes,
        "Ce point a déjà une issue\u00a0: reprenez-le pour en discuter encore.",
    )


def _offer(table: Table, move: Move) -> None:
    _on_open_point(table, move.point)
    _words(move, "Écrivez ce que vous proposez.", 2)
    was = str(move.detail.get("was", ""))
    refuse_if(len(was.strip()) < 2, "Écrivez d’où vous partez\u00a0: ce que vous demandiez.")
    _at_most(LONGEST, was)
    if move.about:
        answered = table.concessions.get(move.about)
        refuse_if(
            answered is None or answered.party == move.party,
            "Une concession répond à celle de quelqu’un d’autre.",
        )


def _pending(table: Table, move: Move) -> Concession:
    found = table.concessions.get(move.about)
    if found is None:
        raise MoveRefused("Cette proposition n’existe pas\u00a0: relisez la page.")
    state = table.stands(found)
    gone = {
        Offer.WITHDRAWN: "Cette proposition a été retirée entre-temps.",
        Offer.DECLINED: "Cette proposition a déjà été refusée. Vous pouvez en faire une autre.",
        Offer.ACCEPTED: "Cette proposition est déjà acceptée.",
    }
    if state in gone:
        raise MoveRefused(gone[state])
    _on_open_point(table, found.point)
    return found


def _reply(table: Table, move: Move) -> None:
    found = _pending(table, move)
    refuse_if(found.party == move.party, "On ne répond pas à sa propre proposition.")
    refuse_if(move.party in found.accepted_by, "Vous avez déjà répondu à cette proposition.")


def _withdraw(table: Table, move: Move) -> None:
    found = _pending(table, move)
    refuse_if(found.party != move.party, "On ne retire que sa propre proposition.")


def _seen(
    move: Move,
    number: int,
    sentence: str = "Quelque chose vient de changer sur ce point\u00a0: relisez-le avant de décider.",
) -> None:
    """Nobody settles on an old page: `detail["seen"]` is the last move that its reader saw."""
    seen = move.detail.get("seen")
    if seen is None:
        return
    refuse_if(not isinstance(seen, int) or seen < number, sentence)


def _settle(table: Table, move: Move) -> None:
    refuse_if(
        table.points[move.point].negotiable is not True,
        "Ce point ne se négocie pas\u00a0: il s’explique, et n’a pas d’issue.",
    )
    refuse_if(move.point in table.outcomes, "Ce point a déjà une issue\u00a0: reprenez-le d’abord.")
    kind = str(move.detail.get("kind", ""))
    refuse_if(kind not in set(OutcomeKind), "Dites où en est ce point.")
    _seen(move, table.touched.get(move.point, 0))
    waiting = [
        one
        for one in table.concessions.values()
        if one.point == move.point and table.stands(one) == Offer.OFFERED
    ]
    refuse_if(
        bool(waiting) and kind == OutcomeKind.AGREED,
        "Une proposition attend encore une réponse sur ce point.",
    )
    sentence = {
        OutcomeKind.AGREED: "Écrivez sur quoi vous êtes d’accord.",
        OutcomeKind.SET_ASIDE: "Écrivez pourquoi ce point est mis de côté.",
        OutcomeKind.DISAGREED: "Écrivez en quoi vous n’êtes pas d’accord.",
    }[OutcomeKind(kind)]
    _words(move, sentence, 5)
    becomes = str(move.detail.get("becomes") or Becomes.NOTHING)
    refuse_if(
        kind != OutcomeKind.AGREED and becomes != Becomes.NOTHING,
        "Seul un accord change le projet.",
    )
    fields = move.detail.get("fields") or {}
    refuse_if(not isinstance(fields, Mapping), "Dites ce que cela change dans le projet.")
    for sentence in lacks(becomes, fields, move.day).values():
        raise MoveRefused(sentence)
    other = table.outcomes.get(str(fields.get("point") or ""))
    refuse_if(
        bool(fields.get("point")) and (other is None or other.becomes != Becomes.GOAL),
        "Ce point ne donne plus d’objectif\u00a0: choisissez-en un autre.",
    )


def _unsettle(table: Table, move: Move) -> None:
    refuse_if(move.point not in table.outcomes, "Ce point n’a pas encore d’issue.")
    _not_relied_on(table, move)


def _not_relied_on(table: Table, move: Move) -> None:
    """An activity agreed on another point may serve the goal that this one gives."""
    relies = [one for one in table.outcomes.values() if one.fields.get("point") == move.point]
    refuse_if(
        bool(relies),
        "L’action d’un autre point sert l’objectif de celui-ci\u00a0: reprenez d’abord cet autre point.",
    )


def _go_on(table: Table, move: Move) -> None:
    """To the next phase when its gate is open; past the deadline, to the conclusion as it stands."""
    to = str(move.detail.get("to", ""))
    refuse_if(table.phase == Phase.CONCLUDE, "Il reste à conclure\u00a0: chacun répond, puis vous concluez.")
    if move.detail.get("as_it_stands"):
        refuse_if(to != Phase.CONCLUDE, "On ne conclut en l’état que pour finir.")
        refuse_if(
            not table.is_overdue(move.day),
            "La date limite n’est pas passée\u00a0: on ne conclut pas encore en l’état.",
        )
        return
    following = PHASES[PHASES.index(table.phase) + 1]
    refuse_if(to != following, "On ne saute pas d’étape\u00a0: chacune compte.")
    _gate_open(table)


def _gate_open(table: Table) -> None:
    missing = [condition.words for condition in gate_of(table) if not condition.met]
    refuse_if(bool(missing), " ".join(["Il manque encore ceci.", *missing]))


def _reopen(table: Table, move: Move) -> None:
    to = str(move.detail.get("to", ""))
    passed = PHASES[: PHASES.index(table.phase)]
    refuse_if(to not in set(passed), "Choisissez une étape déjà passée.")
    _words(move, worded("Écrivez pourquoi vous y revenez\u00a0: %(short_the)s le lira."), 5)


def _read_back(table: Table, move: Move) -> None:
    _words(move, "Il n’y a rien à relire.")


def _answer(table: Table, move: Move) -> None:
    refuse_if(
        str(move.detail.get("answer", "")) not in set(Answer), "Répondez oui, oui avec des réserves, ou non."
    )
    refuse_if(not table.read_back, "Le texte n’est pas encore prêt à relire.")
    refuse_if(
        bool(move.about) and move.about != table.read_back,
        "Le texte a changé\u00a0: relisez-le avant de répondre.",
    )
    if move.detail["answer"] == Answer.RESERVATIONS:
        _words(move, "Écrivez vos réserves, en quelques mots.", 2)


def _conclude(table: Table, move: Move) -> None:
    _gate_open(table)
    _seen(move, table.number, "Quelque chose vient de changer\u00a0: relisez la page avant de conclure.")
    if table.result != Result.TOTAL:
        refuse_if(
            not str(move.detail.get("next_step", "")),
            "L’accord n’est pas entier\u00a0: dites ce qui se passe ensuite.",
        )
        refuse_if(
            _day(move.detail.get("next_on"), "Choisissez une date pour la suite.") < move.day,
            "Cette date est passée\u00a0: choisissez aujourd’hui ou plus tard.",
        )


CHECKS: dict[Verb, Callable[[Table, Move], Any]] = {
    Verb.JOIN: _join,
    Verb.LEAVE: _leave,
    Verb.AIM: _aim,
    Verb.ACCEPT_AIM: _aim_there,
    Verb.REFUSE_AIM: _refuse_aim,
    Verb.DEADLINE: _deadline,
    Verb.EXTEND: _extend,
    Verb.ADD_POINT: _add_point,
    Verb.CLASS_POINT: _class_point,
    Verb.DROP_POINT: _drop_point,
    Verb.EXPLAIN: _explain,
    Verb.STAKE: _stake,
    Verb.POSITION: _position,
    Verb.OFFER: _offer,
    Verb.ACCEPT: _reply,
    Verb.DECLINE: _reply,
    Verb.WITHDRAW: _withdraw,
    Verb.SETTLE: _settle,
    Verb.UNSETTLE: _unsettle,
    Verb.GO_ON: _go_on,
    Verb.REOPEN: _reopen,
    Verb.READ_BACK: _read_back,
    Verb.ANSWER: _answer,
    Verb.CONCLUDE: _conclude,
}
