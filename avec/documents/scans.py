"""Taking the photograph or the scan of a paper that was signed, or refusing it in plain words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from avec.documents.judging import MAX_SIZE, FileRefused, it_is, refuse_empty_or_heavy
from avec.documents.kinds import FIRST_BYTES, document_kind
from avec.documents.pictures import NotAPicture, picture_size
from avec.documents.sandbox import Locked, Unreadable, count_pages

MAX_PAGES = 40
# A sheet of A3 at 600 points an inch, and the largest photographs of phones.
MAX_POINTS = 210_000_000
MAX_SIDE = 20_000


@dataclass(frozen=True)
class Scan:
    """What came in: its kind by its bytes, and how many pages it has (one for an image)."""

    kind: str
    pages: int


def scan(content: bytes, name: str = "") -> Scan:
    """A PDF of a few pages or an image, or FileRefused."""
    refuse_empty_or_heavy(content, MAX_SIZE)
    kind = document_kind(content, name)
    if kind not in FIRST_BYTES:
        what = it_is(content) if not kind else _("Ce fichier est un texte.")
        raise FileRefused(_("%s Choisissez un PDF ou une image (PNG ou JPEG).") % what)
    if kind == "application/pdf":
        return Scan(kind, pages_of(content))
    refuse_image(content)
    return Scan(kind, 1)


def pages_of(content: bytes) -> int:
    try:
        pages = count_pages(content)
    except Locked:
        raise FileRefused(
            _(
                "Ce PDF est protégé par un mot de passe. "
                "Enregistrez-le sans mot de passe, puis choisissez-le de nouveau."
            )
        ) from None
    except Unreadable:
        raise FileRefused(
            _("Ce PDF est abîmé, ou n’est pas arrivé en entier. Numérisez de nouveau le papier.")
        ) from None
    if pages > MAX_PAGES:
        raise FileRefused(
            _(
                "Ce document a %(pages)s pages. Un contrat signé en a moins de %(most)s\u00a0: "
                "choisissez seulement ses pages."
            )
            % {"pages": pages, "most": MAX_PAGES}
        )
    return pages


def refuse_image(content: bytes) -> None:
    try:
        width, height = picture_size(content)
    except NotAPicture:
        raise FileRefused(
            _("Cette image est abîmée, ou n’est pas arrivée en entier. Photographiez de nouveau le papier.")
        ) from None
    if width * height > MAX_POINTS or max(width, height) > MAX_SIDE:
        raise FileRefused(
            _(
                "Cette image est trop grande\u00a0: %(width)s × %(height)s points. "
                "Photographiez de nouveau le papier, en taille normale."
            )
            % {"width": width, "height": height}
        )
