"""A contract or a draft as it is now, held until the end of the transaction."""

from .models import CareContract, ContractDraft


def held_contract(contract: CareContract) -> CareContract:
    return (
        CareContract.objects.select_for_update(of=("self",))
        .select_related("person__establishment", "plan__person", "previous", "establishment")
        .get(pk=contract.pk)
    )


def held_draft(draft: ContractDraft) -> ContractDraft:
    return (
        ContractDraft.objects.select_for_update(of=("self",))
        .select_related("person__establishment", "plan__person")
        .get(pk=draft.pk)
    )
