"""What an amendment changes, in words."""

from dataclasses import dataclass
from typing import Any

from avec.accounts.models import Member

from ..models import CareContract
from ..rules import Change, ChangeKind, ContractText, Piece, by_place, changes_between, from_data, marked


@dataclass(frozen=True)
class ChangeShown:
    """One change with its two texts, cut where they differ."""

    change: Change
    before: list[Piece]
    after: list[Piece]


def sees_former(contract: CareContract, member: Member | None) -> bool:
    """An amendment may be shared more widely than the version that it amends."""
    former = contract.previous_id
    return former is not None and CareContract.objects.visible_to(member).filter(pk=former).exists()


def texts_of(former: CareContract, contract: CareContract) -> tuple[ContractText, ContractText]:
    return from_data(former.content), from_data(contract.content)


def side_by_side(
    before: ContractText, after: ContractText, *, easy: bool
) -> list[tuple[str, list[ChangeShown]]]:
    """Each change under the heading it belongs to; what only came or went has nothing to mark."""
    return [
        (
            where,
            [
                ChangeShown(change, *marked(change.before, change.after))
                for change in changes
                if change.kind == ChangeKind.CHANGED or change.before or change.after
            ],
        )
        for where, changes in by_place(changes_between(before, after, easy=easy))
    ]


def on_page(contract: CareContract, member: Member | None) -> dict[str, Any]:
    """Its part of the page of a version."""
    if contract.previous is None or not sees_former(contract, member):
        return {}
    before, after = texts_of(contract.previous, contract)
    return {
        "amended": contract.previous,
        "changes_easy": [change.words for change in changes_between(before, after, easy=True)],
        "changes_full": [change.words for change in changes_between(before, after)],
    }
