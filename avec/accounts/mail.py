"""The only mail of ours: an invitation. It says nothing of a person, nor of care."""

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from .card import Card
from .rules import is_sign_in_name


def send_invitation(card: Card) -> bool:
    """Answers whether there was a mailbox to send it to."""
    if not card.member.email or is_sign_in_name(card.member.email):
        return False
    subject = _("Votre accès à Avec")
    send_mail(
        subject, render_to_string("accounts/invitation_mail.txt", {"card": card}), None, [card.member.email]
    )
    return True
