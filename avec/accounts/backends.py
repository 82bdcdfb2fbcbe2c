from allauth.account.auth_backends import AuthenticationBackend

from .models import User


class MemberBackend(AuthenticationBackend):  # type: ignore[misc]
    """Signing in as allauth does; the account comes with its member and establishment in one query."""

    def get_user(self, user_id: str) -> User | None:
        return (
            User.objects.select_related("current_member__establishment", "current_member__unit")
            .filter(pk=user_id, is_active=True)
            .first()
        )
