import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from avec.accounts.actions import (
    InvitationOver,
    InvitationRefused,
    accept_invitation,
    close_access,
    invite,
    withdraw_invitations,
)
from avec.accounts.models import Invitation, Member, Role, User
from avec.audit.models import Entry

from .factories import PASSWORD, account, entered, establishment, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return member(role=Role.ADMINISTRATOR.value)


@pytest.fixture
def nurse(admin):
    return member(admin.establishment, given_name="Malik", family_name="Haddad", email="malik@exemple.test")


def odette(place):
    return member(place, Role.PERSON.value, given_name="Odette", family_name="Marcillac")


def page(token):
    return reverse("accounts:invitation", args=[token])


def choose(client, token, **fields):
    data = {"email": "malik@exemple.test", "password": PASSWORD, "again": PASSWORD} | fields
    return client.post(page(token), data)


def test_only_the_fingerprint_of_the_token_is_kept(admin, nurse):
    token = invite(nurse, by=admin)
    kept = str(Invitation.objects.values().get()) + str(list(Entry.objects.values()))
    assert token not in kept


def test_an_invitation_is_written_in_the_journal(admin, nurse):
    invite(nurse, by=admin)
    line = Entry.objects.get(verb="account.invited")
    assert line.actor_id == admin.pk
    assert line.detail == {"member": str(nurse.pk)}


def test_inviting_again_withdraws_the_earlier_link(client, admin, nurse):
    first, second = invite(nurse, by=admin), invite(nurse, by=admin)
    assert client.get(page(first)).status_code == 410
    assert client.get(page(second)).status_code == 200


def test_reading_the_page_uses_nothing_up_and_names_only_the_establishment(client, admin, nurse):
    token = invite(nurse, by=admin)
    shown = client.get(page(token)).content.decode()
    assert admin.establishment.name in shown
    assert "Haddad" not in shown
    assert client.get(page(token)).status_code == 200


def test_a_professional_opens_the_account_and_is_asked_for_a_second_factor(client, admin, nurse):
    answer = choose(client, invite(nurse, by=admin))
    assert answer.status_code == 302
    nurse.refresh_from_db()
    assert nurse.user.email == "malik@exemple.test"
    assert nurse.user.current_member == nurse
    assert client.get(reverse("accounts:second_factor")).status_code == 200


def test_a_link_opens_one_account_once(client, admin, nurse):
    token = invite(nurse, by=admin)
    choose(client, token)
    client.logout()
    again = choose(client, token)
    assert again.status_code == 410
    assert User.objects.count() == 1
    with pytest.raises(InvitationOver):
        accept_invitation(token, email="autre@exemple.test", password=PASSWORD)


@pytest.mark.parametrize(
    "change", [{"expires_at": timezone.now() - timedelta(days=1)}, {"withdrawn_at": timezone.now()}]
)
def test_an_old_or_withdrawn_link_says_what_to_do(client, admin, nurse, change):
    token = invite(nurse, by=admin)
    Invitation.objects.update(**change)
    answer = client.get(page(token))
    assert answer.status_code == 410
    assert "Demandez une nouvelle carte" in answer.content.decode()
    assert choose(client, token).status_code == 410
    assert not User.objects.exists()


def test_a_forged_link_says_the_same(client, admin, nurse):
    old = invite(nurse, by=admin)
    invite(nurse, by=admin)
    forged, used = client.get(page("rien")), client.get(page(old))
    assert forged.status_code == 404
    bodies = [
        re.sub(
            r"nonce=\"[^\"]*\"|value=\"[^\"]*\"|CSRFToken\": \"[^\"]*\"|invitation/[^/]*/",
            "",
            a.content.decode(),
        )
        for a in (forged, used)
    ]
    assert bodies[0] == bodies[1]


def test_a_closed_access_closes_its_invitation(client, admin, nurse):
    token = invite(nurse, by=admin)
    close_access(nurse, by=admin)
    assert client.get(page(token)).status_code == 410


def test_withdrawing_leaves_a_trace(client, admin, nurse):
    token = invite(nurse, by=admin)
    withdraw_invitations(nurse, by=admin)
    assert client.get(page(token)).status_code == 410
    assert Entry.objects.filter(verb="account.invitation_withdrawn").count() == 1


def test_somebody_without_an_address_enters_with_the_name_of_the_card(client, admin):
    person = odette(admin.establishment)
    token = invite(person, by=member(admin.establishment), allowed=True)
    name = Invitation.objects.get().sign_in_name
    assert name.startswith("odette-")
    assert name in client.get(page(token)).content.decode()
    answer = choose(client, token, email="")
    assert answer.status_code == 302
    person.refresh_from_db()
    assert person.user.email == name
    client.logout()
    client.post(reverse("account_login"), {"login": name, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(person.user.pk)


def test_a_sign_in_name_cannot_be_chosen(client, admin):
    token = invite(odette(admin.establishment), by=admin, allowed=True)
    answer = choose(client, token, email="moi@les-tilleuls.avec")
    assert "Cette adresse n’existe pas" in answer.content.decode()


@pytest.mark.parametrize("password", ["court", "motdepasse", "123456789012"])
def test_a_weak_password_is_refused_and_the_link_stays_good(client, admin, nurse, password):
    token = invite(nurse, by=admin)
    answer = choose(client, token, password=password, again=password)
    assert answer.status_code == 200
    assert "aria-invalid" in answer.content.decode()
    assert client.get(page(token)).status_code == 200


def test_two_different_passwords_are_refused(client, admin, nurse):
    answer = choose(client, invite(nurse, by=admin), again="une autre phrase longue")
    assert "ne sont pas les mêmes" in answer.content.decode()


def test_an_existing_account_gets_the_place_with_its_own_password(client, nurse, admin):
    elsewhere = member()
    user = account(elsewhere, "malik@exemple.test")
    wrong = choose(
        client, invite(nurse, by=admin), password="pas le bon mot de passe", again="pas le bon mot de passe"
    )
    assert wrong.status_code == 200
    assert not Member.objects.get(pk=nurse.pk).user_id
    choose(client, invite(nurse, by=admin))
    nurse.refresh_from_db()
    assert nurse.user == user
    assert user.members.count() == 2


def test_an_establishment_never_resets_an_account_that_serves_elsewhere(nurse, admin):
    user = account(nurse)
    Member.objects.create(
        establishment=establishment(), role=Role.PROFESSIONAL.value, family_name="Haddad", user=user
    )
    with pytest.raises(InvitationRefused):
        invite(nurse, by=admin)


def test_a_lost_password_is_chosen_again_with_a_new_card(client, admin, nurse):
    user = account(nurse, "malik@exemple.test")
    token = invite(nurse, by=admin)
    new = "une toute nouvelle phrase"
    client.post(page(token), {"password": new, "again": new})
    user.refresh_from_db()
    assert user.check_password(new)


def test_on_a_shared_computer_the_card_waits_for_the_other_account_to_leave(client, admin, nurse):
    token = invite(nurse, by=admin)
    other = entered(client, member(admin.establishment))
    answer = choose(other, token)
    assert "quittez d’abord" in answer.content.decode()
    assert not Member.objects.get(pk=nurse.pk).user_id


def test_the_administration_does_not_open_the_space_of_a_person(admin):
    with pytest.raises(PermissionDenied):
        invite(odette(admin.establishment), by=admin)


def test_nobody_invites_into_another_establishment(nurse):
    with pytest.raises(PermissionDenied):
        invite(nurse, by=member(role=Role.ADMINISTRATOR.value))
    with pytest.raises(PermissionDenied):
        invite(nurse, by=member(), allowed=True)


def test_a_professional_does_not_open_accounts(nurse, admin):
    with pytest.raises(PermissionDenied):
        invite(nurse, by=member(admin.establishment))


def test_the_result_page_shows_the_link_once_with_its_card(client, admin, nurse):
    entered(client, admin)
    shown = client.post(reverse("accounts:member_invite", args=[nurse.pk]))
    link = re.search(r"http://testserver(/compte/invitation/[^/]+/)", shown.content.decode())
    assert link
    assert "data:image/svg+xml;base64," in shown.content.decode()
    assert shown.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert not mail.outbox
    client.logout()
    assert client.get(link[1]).status_code == 200


def test_the_mail_says_nothing_of_care(client, admin, nurse):
    entered(client, admin)
    client.post(reverse("accounts:member_invite", args=[nurse.pk]), {"mail": "1"})
    [sent] = mail.outbox
    assert sent.to == ["malik@exemple.test"]
    assert "/compte/invitation/" in sent.body
    assert admin.establishment.name in sent.body
    assert "Haddad" not in sent.subject + sent.body
