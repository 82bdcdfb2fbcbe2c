"""The way in, and the pages that anybody may read."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from avec.accounts.access import MemberRequest, anyone, members
from avec.accounts.models import Member, Role
from avec.accounts.vocabulary import worded
from avec.people.models import CARE_ROLES, today

from .links import link
from .middleware import has_team, measures
from .partnership import partnership
from .policy import may_see_figures

LAY = {Role.PERSON.value, Role.RELATIVE.value}


@anyone("the way in: it leads each member to their own page")
def index(request: MemberRequest) -> HttpResponse:
    member: Member | None = request.member
    if member is not None:
        return redirect(f"home:{first_page(member)}")
    if request.user.is_authenticated:
        # Signed in, but no place here, or the second factor is still to come.
        return redirect(link("accounts:second_factor") or link("account_login"))
    return redirect((settings.AVEC_DEMO and link("demo:cast")) or link("account_login"))


def first_page(member: Member) -> str:
    """Where a member begins: their own space, their day, the figures, or what there is for them here."""
    if member.role in LAY:
        return "own"
    if member.role in CARE_ROLES and (not may_see_figures(member) or has_team(member)):
        return "day"
    return "figures" if may_see_figures(member) else "place"


@members()
def place(request: MemberRequest) -> HttpResponse:
    """Who one is here, what there is to find, and what is never open, with the reason."""
    role = request.member.role
    finds = [
        (url, words)
        for url, words in (
            (
                link("accounts:members") if role == Role.ADMINISTRATOR.value else "",
                _("Ouvrir et fermer les comptes"),
            ),
            (
                link("accounts:words") if role == Role.ADMINISTRATOR.value else "",
                _("Choisir les mots de l’établissement"),
            ),
            (
                link("contracts:seals") if role == Role.ADMINISTRATOR.value else "",
                _("Le sceau des contrats\u00a0: s’il marche, et quoi faire sinon"),
            ),
            (
                link("barometer:home") if measures(request.member) else "",
                _("Notre partenariat\u00a0: ce que les groupes mesurent et publient"),
            ),
            (link("accounts:account"), _("Votre compte et votre deuxième facteur")),
            (link("accounts:display"), _("Les couleurs et la taille du texte")),
            (link("home:data"), _("Ce qui est gardé, qui le lit, et les droits de chacun")),
            (link("home:help"), _("L’aide, et qui contacter")),
        )
        if url
    ]
    context: dict[str, object] = {"finds": finds, "never": never_open(role), "here": here(role)}
    context["asks"] = list(partnership(request.member, today()))
    return render(request, "home/place.html", context)


def here(role: str) -> str:
    """What this role does here, in a sentence."""
    return {
        Role.USERS_REPRESENTATIVE.value: worded(
            _("Vous portez la voix %(of_the_plural)s auprès de l’établissement.")
        ),
        Role.RESEARCHER.value: _("Vous étudiez ce qui aide et ce qui freine le partenariat."),
        Role.TRAINER.value: _("Vous formez des équipes et des étudiants au partenariat."),
        Role.STUDENT.value: worded(_("Vous apprenez à construire un projet avec %(the)s.")),
        Role.ADMINISTRATOR.value: _("Vous tenez les comptes et les réglages de cette installation."),
        Role.RIGHTS_OFFICER.value: worded(_("Vous veillez aux droits %(of_the_plural)s sur leurs données.")),
    }.get(role, _("Vous avez une place dans cet établissement."))


def never_open(role: str) -> str:
    """What stays closed to this role, and why (access.md, T41-T45)."""
    return {
        Role.USERS_REPRESENTATIVE.value: worded(
            _(
                "Les dossiers, les noms et les paroles %(of_the_plural)s. Vous représentez tout le monde : personne n’a "
                "donc à vous ouvrir ce qui lui est propre. Chacun reste libre de vous en parler."
            )
        ),
        Role.RESEARCHER.value: worded(
            _(
                "Les noms et les dossiers. La recherche se fait sur des données sans nom, avec le consentement "
                "de %(short_each)s et un protocole daté ; qui retire son accord en sort."
            )
        ),
        Role.TRAINER.value: _("Les dossiers de personnes réelles. On apprend avec des personnes inventées."),
        Role.STUDENT.value: _(
            "Les dossiers de personnes réelles, tant que vous n’êtes pas en stage dans leur équipe. "
            "On apprend d’abord avec des personnes inventées."
        ),
        Role.ADMINISTRATOR.value: worded(
            _(
                "Tout ce qui concerne %(the_plural)s : le projet, les paroles, le contrat, qui a lu chaque dossier. "
                "Tenir la machine ne demande pas de lire ce qu’elle garde."
            )
        ),
        Role.RIGHTS_OFFICER.value: _(
            "Les dossiers. Vous n’en voyez que ce qu’une demande de droits en cours vous confie, le temps d’y répondre."
        ),
    }.get(
        role,
        worded(
            _(
                "Les dossiers %(of_the_plural)s : ils s’ouvrent par un lien avec %(short_the)s, jamais par un métier."
            )
        ),
    )


def about_us() -> dict[str, str]:
    """Who answers for this installation, as its settings say it."""
    return {
        "email": settings.AVEC_CONTACT_EMAIL,
        "phone": settings.AVEC_CONTACT_PHONE,
        "publisher": settings.AVEC_PUBLISHER,
        "hosting": settings.AVEC_HOSTING,
        "officer": settings.AVEC_DATA_OFFICER,
    }


@anyone("help is for whoever cannot come in, too")
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "home/help.html", {"contact": about_us()})


@anyone("the accessibility declaration is public by law")
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "home/accessibility.html", {"contact": about_us()})


@anyone("what is kept, who reads it and one's rights are public")
def data(request: HttpRequest) -> HttpResponse:
    return render(request, "home/data.html", {"contact": about_us()})


@anyone("the legal notice is public by law")
def legal(request: HttpRequest) -> HttpResponse:
    return render(request, "home/legal.html", {"contact": about_us()})
