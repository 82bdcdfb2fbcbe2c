"""What a paper that came back is refused for: a mark that nobody saw, the code of another version."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from avec.accounts.models import Member

from .choosing import Choice
from .models import CareContract
from .rules import Outcome, SigningRefused, Way, lacks, same_code


def refuse_unseen_mark(choice: Choice, signing: Sequence[str]) -> None:
    """Who writes the paper in did not see the mark made: the paper names who did, and they sign nothing on it."""
    seen_by = choice.witness_name.strip().casefold()
    if choice.outcome == Outcome.MARK and (not seen_by or seen_by in [name.casefold() for name in signing]):
        needed = lacks(
            Outcome.MARK,
            words="",
            rights_read=(),
            stances=(),
            is_person=False,
            way=Way.PAPER,
            witnessed=False,
        )
        raise SigningRefused(needed["witness"])


def wrong_code(contract: CareContract, code: str, by: Member) -> str:
    """Of which other version this paper is, among those of this person."""
    others = CareContract.objects.visible_to(by).filter(person_id=contract.person_id).exclude(pk=contract.pk)
    other = next((one for one in others if same_code(code, one.fingerprint)), None)
    if other is None:
        return _(
            "Ce code n’est celui d’aucune version de ce contrat\u00a0: "
            "lisez-le de nouveau, au bas de chaque page du papier."
        )
    facts: dict[str, Any] = {"other": other.version, "this": contract.version}
    return (
        _(
            "Ce papier porte le code d’une autre version\u00a0: la version %(other)s. "
            "Ici, c’est la version %(this)s qui se signe\u00a0: imprimez-la."
        )
        % facts
    )
