from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.journal import record
from avec.accounts.models import Member
from avec.accounts.policy import require

from ..models import Questionnaire
from ..policy import may_edit_questionnaires
from ..rules.questionnaires import Form, FormRefused, to_json


@transaction.atomic
def load_questionnaire(
    form: Form, source: str, *, by: Member, for_person: bool = False, replaces: Questionnaire | None = None
) -> Questionnaire:
    """Let the house use it. `replaces`: the version it takes the place of, which stays with its answers.

    FormRefused when this very version is there already, or when nothing says by which right it is used.
    """
    require(may_edit_questionnaires(by))
    require(replaces is None or replaces.establishment_id == by.establishment_id)
    if len(source.strip()) < 10:
        raise FormRefused(_("Écrivez d’où vient cette grille, et par quel droit vous l’utilisez."))
    url = replaces.url if replaces else form.url or f"urn:uuid:{uuid4()}"
    if replaces is not None:
        _retire(replaces)
    if (known := _retired_before(form, url, by)) is not None:
        known.retired_at = None
        known.save(update_fields=["retired_at"])
        record("questionnaire.loaded", known, by=by)
        return known
    try:
        with transaction.atomic():
            questionnaire = Questionnaire.objects.create(
                establishment_id=by.establishment_id,
                url=url,
                version=form.version,
                title=form.title,
                purpose=form.purpose,
                source=source.strip(),
                definition=to_json(form),
                for_person=for_person,
                loaded_by=by,
            )
    except IntegrityError:
        raise FormRefused(
            _("La version « %s » de cette grille est déjà là. Donnez un autre numéro de version.")
            % form.version
        ) from None
    record("questionnaire.loaded", questionnaire, by=by)
    return questionnaire


@transaction.atomic
def retire_questionnaire(questionnaire: Questionnaire, *, by: Member) -> None:
    """No longer offered: the answers given with it keep it."""
    require(may_edit_questionnaires(by) and questionnaire.establishment_id == by.establishment_id)
    _retire(questionnaire)
    record("questionnaire.retired", questionnaire, by=by)


def _retire(questionnaire: Questionnaire) -> None:
    Questionnaire.objects.filter(pk=questionnaire.pk, retired_at__isnull=True).update(
        retired_at=timezone.now()
    )


def _retired_before(form: Form, url: str, by: Member) -> Questionnaire | None:
    """The very same one, that the house stopped offering: it comes back with its answers."""
    known = Questionnaire.objects.filter(
        establishment=by.establishment_id, url=url, version=form.version, retired_at__isnull=False
    ).first()
    return known if known is not None and known.definition == to_json(form) else None
