"""The texts that stand beside the care contract: which ones are noted here, for whoever reads.

The care contract is neither the stay contract nor a programme of care: its pages say so, and lead to both when
they exist.
"""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.people.models import Person

from .models import BesideChoice, TextBeside
from .policy import may_set_beside


@dataclass(frozen=True)
class KindBeside:
    """One kind of text, and those noted here that the reader may read."""

    kind: str
    name: str
    none: str
    texts: list[TextBeside] = field(default_factory=list)


@dataclass(frozen=True)
class Beside:
    kinds: list[KindBeside]
    may_set: bool  # the team notes that one exists

    @property
    def shown(self) -> bool:
        return self.may_set or any(kind.texts for kind in self.kinds)


def beside_of(person: Person, member: Member) -> Beside:
    """What is noted beside the contract, kind by kind. One query and the reader's rights."""
    texts = list(
        TextBeside.objects.visible_to(member)
        .filter(person=person, cancelled_at__isnull=True)
        .select_related("written_by")
    )
    none = {
        BesideChoice.STAY.value: _("Aucun contrat de séjour n’est noté ici."),
        BesideChoice.PROGRAMME.value: _("Aucun programme de soins n’est noté ici."),
    }
    kinds = [
        KindBeside(
            one.value, str(one.label), none[one.value], [text for text in texts if text.kind == one.value]
        )
        for one in BesideChoice
    ]
    return Beside(kinds, may_set_beside(member, person))
