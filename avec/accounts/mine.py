"""What an account decides for itself alone: the place it works from, and how its pages look.

Nobody else is concerned, so nothing is written in the journal.
"""

from .models import Member, TextSize, Theme, User
from .policy import require


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


def change_display(user: User, theme: str, text_size: str) -> None:
    """Colours and size of the text, on every device of this account."""
    user.theme, user.text_size = Theme(theme).value, TextSize(text_size).value
    user.save(update_fields=["theme", "text_size"])
