"""What an account decides for itself alone: the place it works from, and how its pages look.

Nobody else is concerned, so nothing is written in the journal.
"""

from django.db.models import TextChoices

from .models import Contrast, Member, Reading, Spacing, Speech, TextSize, Theme, User
from .policy import require

DISPLAY: dict[str, type[TextChoices]] = {
    "theme": Theme,
    "text_size": TextSize,
    "contrast": Contrast,
    "spacing": Spacing,
    "reading": Reading,
    "speech": Speech,
}


def choose_place(user: User, member: Member) -> None:
    """Work from this place of one's own, until another one is chosen."""
    require(member.user_id == user.pk and member.is_active)
    user.current_member = member
    user.save(update_fields=["current_member"])


def only_place(user: User) -> Member | None:
    """The place of an account that has exactly one, kept as its current one."""
    places = list(user.members.active().select_related("establishment", "unit")[:2])
    if len(places) != 1:
        return None
    user.current_member = places[0]
    user.save(update_fields=["current_member"])
    return places[0]


def change_display(user: User, **chosen: str) -> None:
    """How pages look and read, on every device of this account."""
    for name, value in chosen.items():
        setattr(user, name, DISPLAY[name](value).value)
    user.save(update_fields=list(chosen))
