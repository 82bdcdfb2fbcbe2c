"""In which voice somebody speaks: decided from who they are to the person, never chosen in a form."""

from avec.accounts.models import Member, Role
from avec.people.models import Person, RelatedPerson

from .models import SpokenVoice

# A judgment, or the law, lets them speak for the person.
LEGAL = frozenset({"representation", "assistance", "parent", "property"})


def voice_of(relative: RelatedPerson | None) -> str:
    """Somebody of the circle speaks as a relative, or as a representative when a judgment says so."""
    if relative is not None and any(mandate.kind in LEGAL for mandate in relative.mandates.all()):
        return SpokenVoice.REPRESENTATIVE.value
    return SpokenVoice.RELATIVE.value


def own_voice(by: Member, person: Person) -> tuple[str, RelatedPerson | None] | None:
    """The voice of the person, or of somebody of their circle; None for the team, who also writes for others."""
    if by.role == Role.PERSON.value:
        return SpokenVoice.PERSON.value, None
    if by.role == Role.RELATIVE.value:
        ties = RelatedPerson.objects.filter(person=person, member=by)
        relative = ties.prefetch_related("mandates").first()
        return voice_of(relative), relative
    return None
