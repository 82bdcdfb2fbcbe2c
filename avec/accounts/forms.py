from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from avec.ui.forms import PlainForm

from .models import (
    Called,
    Contrast,
    Establishment,
    Member,
    PartnerCalled,
    Reading,
    Role,
    Spacing,
    Speech,
    TextSize,
    Theme,
    Unit,
    User,
)
from .policy import CIRCLE
from .rules import is_sign_in_name
from .wording import worded_lazy

PASSWORD_HINT = _(
    "12 caractères au moins. Une phrase que vous aimez convient très bien. Vous pouvez la coller."
)
MISMATCH = _("Les deux mots de passe ne sont pas les mêmes.")


class PlainFields(forms.Form):
    """allauth's forms in our words: labels, no placeholder in the place of a label."""

    words: dict[str, tuple[Any, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            label, hint = self.words.get(name, (field.label, ""))
            field.label, field.help_text = label, hint


class SignInForm(PlainFields, LoginForm):  # type: ignore[misc]
    words = {
        "login": (_("Adresse électronique ou nom de connexion"), ""),
        "password": (_("Mot de passe"), ""),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Password managers fill both fields together; a passkey may be proposed in the first one.
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class AskResetForm(PlainFields, ResetPasswordForm):  # type: ignore[misc]
    words = {"email": (_("Adresse électronique"), "")}


NEW_PASSWORD = {
    "oldpassword": (_("Votre mot de passe actuel"), ""),
    "password1": (_("Nouveau mot de passe"), PASSWORD_HINT),
    "password2": (_("Le même, une deuxième fois"), ""),
}


class NewPasswordFields(PlainFields):
    words = NEW_PASSWORD


class ResetForm(NewPasswordFields, ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class ChangeForm(NewPasswordFields, ChangePasswordForm):  # type: ignore[misc]
    pass


class SetForm(NewPasswordFields, SetPasswordForm):  # type: ignore[misc]
    pass


class ConfirmPasswordForm(PlainFields, ReauthenticateForm):  # type: ignore[misc]
    words = {"password": (_("Votre mot de passe"), "")}


CODE = {"code": (_("Code"), _("Les 6 chiffres de votre application, ou un code de secours."))}


class CodeFields(PlainFields):
    words = CODE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Recovery codes are digits too; « one-time-code » lets a password manager fill it.
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}


class CodeForm(CodeFields, AuthenticateForm):  # type: ignore[misc]
    pass


class ConfirmCodeForm(CodeFields, ReauthenticateByCodeForm):  # type: ignore[misc]
    pass


class ActivateAppForm(CodeFields, ActivateTOTPForm):  # type: ignore[misc]
    words = {
        "code": (_("Code montré par l’application"), _("6 chiffres. Ils changent toutes les 30 secondes."))
    }


class AddKeyForm(PlainFields, AddWebAuthnForm):  # type: ignore[misc]
    words = {
        "name": (_("Nom de cette clé"), _("Par exemple : mon téléphone, le poste de soins.")),
        "passwordless": (_("Avec cette clé, j’entre sans mot de passe."), ""),
    }


class EditKeyForm(PlainFields, EditWebAuthnForm):  # type: ignore[misc]
    words = {"name": (_("Nom de cette clé"), "")}


class AcceptForm(forms.Form):
    """The first sign-in. Whoever has no address keeps the name that was made for them."""

    email = forms.EmailField(
        label=_("Votre adresse électronique"),
        required=False,
        help_text=_("Si vous en avez une. Sinon, laissez vide : votre nom de connexion suffit."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Votre mot de passe"),
        help_text=PASSWORD_HINT,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Le même, une deuxième fois"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, member: Member, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        if member.user is not None:  # a new password for an account that is already there
            del self.fields["email"]
        elif not member.is_lay:
            self.fields["email"].required = True
            self.fields["email"].help_text = _(
                "Vous avez déjà un compte Avec ? Écrivez son adresse et son mot de passe."
            )
            self.fields["email"].initial = member.email

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if is_sign_in_name(email):
            raise ValidationError(_("Cette adresse n’existe pas. Laissez vide si vous n’en avez pas."))
        return email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        password, again = cleaned.get("password"), cleaned.get("again")
        if password and again and password != again:
            self.add_error("again", ValidationError(MISMATCH))
        if password:
            user = self.member.user or User(email=cleaned.get("email", ""))
            try:
                validate_password(password, user)
            except ValidationError as refusal:
                self.add_error("password", refusal)
        return cleaned


class MemberForm(forms.ModelForm):  # type: ignore[type-arg]
    """A professional who joins: their place first, their account with the invitation."""

    class Meta:
        model = Member
        fields = ["given_name", "family_name", "job", "role", "unit", "email"]

    def __init__(self, establishment: Establishment, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = forms.ChoiceField(
            label=_("Rôle"),
            choices=[(role.value, role.label) for role in Role if role.value not in CIRCLE],
            initial=Role.PROFESSIONAL.value,
            help_text=worded_lazy(
                _("Le rôle n’ouvre aucun dossier : c’est l’équipe de %(short_each)s qui l’ouvre.")
            ),
        )
        self.fields["unit"] = forms.ModelChoiceField(
            Unit.objects.filter(establishment=establishment),
            label=_("Unité"),
            required=False,
            empty_label=_("aucune en particulier"),
        )
        self.fields["email"].help_text = _("Pour lui envoyer l’invitation. Sinon, vous l’imprimez.")
        for name, label in (("given_name", _("Prénom")), ("family_name", _("Nom")), ("job", _("Métier"))):
            self.fields[name].label = label


def looks(label: Any, choices: Any, hint: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, help_text=hint, required=False, widget=forms.RadioSelect
    )


class DisplayForm(PlainForm):
    """How pages look and read. A choice left out stays the usual one."""

    reading = looks(
        _("Les textes"),
        [(Reading.EASY.value, Reading.EASY.label), (Reading.FULL.value, Reading.FULL.label)],
        _("Quand un texte existe en deux versions. L’autre version reste à portée de main."),
    )
    text_size = looks(_("La taille du texte"), TextSize.choices)
    spacing = looks(_("Les lignes et les mots"), Spacing.choices)
    contrast = looks(_("Le contraste"), Contrast.choices)
    theme = looks(_("Les couleurs"), Theme.choices)
    speech = looks(
        _("Écouter les pages"),
        Speech.choices,
        _("Un bouton « Écouter » lit la page et montre la phrase lue. Il ne part jamais tout seul."),
    )


class WordsForm(PlainForm):
    """What the pages of the establishment call the person and the partner."""

    called = forms.ChoiceField(
        label=_("Comment nous nommons la personne"),
        choices=[
            (Called.RESIDENT.value, _("résident, résidente")),
            (Called.PATIENT.value, _("patient, patiente")),
            (Called.SUPPORTED.value, _("personne accompagnée")),
            (Called.USER.value, _("usager, usagère")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez un mot."),
            "invalid_choice": _("Choisissez un de ces mots."),
        },
    )
    partner_called = forms.ChoiceField(
        label=_("Comment nous nommons qui devient partenaire des équipes"),
        help_text=_("Ce mot désigne aussi un proche aidant devenu partenaire."),
        choices=[
            (PartnerCalled.PATIENT.value, _("patient partenaire, patiente partenaire")),
            (PartnerCalled.SUPPORTED.value, _("personne accompagnée partenaire")),
            (PartnerCalled.RESIDENT.value, _("résident partenaire, résidente partenaire")),
            (PartnerCalled.USER.value, _("usager partenaire, usagère partenaire")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez un mot."),
            "invalid_choice": _("Choisissez un de ces mots."),
        },
    )
