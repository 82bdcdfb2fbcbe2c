"""The pictures that somebody chose, in their order, as words: what each one is called."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

# Names of the sprite (k-…), and what each is called.
PICTURES = {
    "garden": _("le jardin"),
    "kitchen": _("la cuisine"),
    "house": _("la maison"),
    "door": _("sortir"),
    "letter": _("une lettre"),
    "phone": _("le téléphone"),
    "pen": _("écrire"),
    "say": _("parler"),
    "team": _("l’équipe"),
    "with": _("avec quelqu’un"),
    "pill": _("les médicaments"),
    "no": _("non"),
    "change": _("changer"),
}


def picto_words(names: Iterable[str]) -> str:
    """« le jardin, avec quelqu’un »: the names in the order chosen."""
    return ", ".join(str(PICTURES[name]) for name in names if name in PICTURES)


def pictures_of(names: Iterable[str]) -> list[tuple[str, str]]:
    """Each picture with what it is called, in the order chosen."""
    return [(name, str(PICTURES[name])) for name in names if name in PICTURES]
