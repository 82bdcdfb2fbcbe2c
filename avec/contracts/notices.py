"""The mail that says a text is waiting in somebody's space. It names nobody and says nothing of care."""

import logging
from smtplib import SMTPException

from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from avec.accounts.rules import is_sign_in_name

from .models import CareContract, SignatureLine
from .policy import signatory_of

log = logging.getLogger(__name__)
SECONDS = 10


class NoticeFailed(Exception):
    """Nothing was sent. The message says what to do instead."""


def mailbox_of(line: SignatureLine) -> str:
    """Where to write to a signatory: their account's address, else the one noted for the relative.

    Raises NoticeFailed for who has no space, or no mailbox.
    """
    signatory = signatory_of(line)
    # Once the record is closed to them, nothing waits there (T28).
    opened = CareContract.objects.visible_to(signatory).filter(pk=line.contract_id).exists()
    if signatory is None or signatory.user is None or not opened:
        raise NoticeFailed(
            _(
                "%s n’a pas d’espace dans Avec\u00a0: rien n’y attend. "
                "Remettez la copie sur papier, ou ouvrez-lui d’abord un accès."
            )
            % line.name
        )
    known = [signatory.user.email, line.relative.email if line.relative else "", signatory.email]
    address = next((one for one in known if one and not is_sign_in_name(one)), "")
    if not address:
        raise NoticeFailed(
            _("Aucune adresse électronique n’est notée pour %s. Remettez la copie sur papier.") % line.name
        )
    return address


def send_notice(line: SignatureLine, site: str) -> None:
    """Raises NoticeFailed: then nothing left."""
    address = mailbox_of(line)
    words = render_to_string("contracts/handing/notice.txt", {"site": site})
    try:
        EmailMessage(
            _("Un document vous attend dans votre espace Avec"),
            words,
            None,
            [address],
            connection=get_connection(timeout=SECONDS),
        ).send()
    # A line broken inside an address (ValueError) is refused before anything leaves.
    except (OSError, SMTPException, ValueError) as error:
        log.warning("A notice could not be sent", exc_info=True)
        raise NoticeFailed(
            _(
                "Le courriel n’est pas parti\u00a0: le serveur de courriel ne répond pas. Rien n’est noté. "
                "Essayez plus tard, ou remettez la copie sur papier."
            )
        ) from error
