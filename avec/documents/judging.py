"""Taking or refusing a file, in plain words: each refusal says what was chosen and what to choose instead."""

from django.utils.translation import gettext as _

from avec.documents.kinds import document_kind, seems
from avec.documents.sounds import NotASound, Sound, sound_of

MAX_SIZE = 25 * 1024 * 1024
MAX_SOUND = 20 * 1024 * 1024
MAX_SECONDS = 10 * 60


class FileRefused(ValueError):
    """The file is not taken; the message says why, to be shown as it is."""


def document(content: bytes, name: str = "") -> str:
    """The kind of a document by its bytes, or FileRefused."""
    refuse_empty_or_heavy(content, MAX_SIZE)
    kind = document_kind(content, name)
    if not kind:
        raise FileRefused(
            _("%s Choisissez un PDF, une image (PNG ou JPEG) ou un texte (.txt).") % it_is(content)
        )
    return kind


def sound(content: bytes) -> Sound:
    """The kind and the length of a sound by its bytes, or FileRefused."""
    refuse_empty_or_heavy(content, MAX_SOUND)
    try:
        found = sound_of(content)
    except NotASound as fault:
        raise FileRefused(not_a_sound(fault.why, content)) from None
    # A recorder stops a moment after it is told to.
    if found.seconds is not None and found.seconds > MAX_SECONDS + 5:
        raise FileRefused(_("Ce son dure plus de 10 minutes. Faites-en deux plus courts."))
    return found


def refuse_empty_or_heavy(content: bytes, most: int) -> None:
    if not content:
        raise FileRefused(_("Ce fichier est vide. Choisissez-en un autre."))
    refuse_heavy(len(content), most)


def refuse_heavy(size: int, most: int) -> None:
    if size > most:
        raise FileRefused(
            _(
                "Ce fichier est trop lourd\u00a0: il pèse %(size)s\u00a0Mo, et Avec en prend %(most)s\u00a0Mo au plus."
            )
            % {"size": -(-size // (1024 * 1024)), "most": most // (1024 * 1024)}
        )


def not_a_sound(why: str, content: bytes) -> str:
    if why == "video":
        return _("Ce fichier est un film. Choisissez un enregistrement du son seul.")
    what = seems(content)
    if why == "broken" and what not in {"program", "archive"}:
        return _(
            "Ce son est abîmé, ou n’est pas arrivé en entier. Enregistrez-le de nouveau, ou choisissez-en un autre."
        )
    return _("%s Choisissez un son (MP3, M4A, OGG, WAV ou WebM).") % it_is(content)


def it_is(content: bytes) -> str:
    """What was chosen, in a sentence."""
    return {
        "program": _("Ce fichier est un programme, quel que soit son nom."),
        "archive": _("Ce fichier est une archive ou un document de bureau."),
        "page": _("Ce fichier est une page de site."),
        "drawing": _("Ce fichier est un dessin SVG."),
        "image": _("Ce fichier est une image."),
        "pdf": _("Ce fichier est un PDF."),
        "video": _("Ce fichier est un film."),
        "sound": _("Ce fichier est un son."),
    }.get(seems(content), _("Ce fichier n’est pas ce que dit son nom."))
