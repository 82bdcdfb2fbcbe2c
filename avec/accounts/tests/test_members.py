import pytest
from django.urls import reverse

from avec.accounts.models import Member, Role
from avec.audit.models import Entry

from .factories import account, entered, establishment, member

pytestmark = pytest.mark.django_db
LIST = "/compte/membres/"


@pytest.fixture
def admin(client):
    found = member(role=Role.ADMINISTRATOR.value, family_name="Roche")
    entered(client, found)
    return found


@pytest.mark.parametrize("role", [role.value for role in Role if role != Role.ADMINISTRATOR])
def test_the_list_does_not_exist_for_other_roles(client, role):
    assert entered(client, member(role=role)).get(LIST).status_code == 404


def test_the_list_holds_staff_of_the_establishment_only(client, admin):
    member(admin.establishment, family_name="Visible")
    member(admin.establishment, Role.PERSON.value, family_name="Marcillac")
    member(admin.establishment, Role.RELATIVE.value, family_name="Duval")
    member(family_name="Ailleurs")
    shown = client.get(LIST).content.decode()
    assert "Visible" in shown
    assert "Marcillac" not in shown
    assert "Duval" not in shown
    assert "Ailleurs" not in shown


def test_one_searches_by_name_or_job(client, admin):
    member(admin.establishment, family_name="Haddad", job="aide-soignant")
    member(admin.establishment, family_name="Petit", job="médecin")
    shown = client.get(LIST, {"q": "haddad aide"}).content.decode()
    assert "Haddad" in shown
    assert "Petit" not in shown
    assert "Personne ne porte ce nom" in client.get(LIST, {"q": "zzz"}).content.decode()


def test_long_lists_have_pages(client, admin):
    for at in range(30):
        member(admin.establishment, family_name=f"Nom{at:02}")
    first, second = client.get(LIST), client.get(LIST, {"page": 2})
    assert "Nom00" in first.content.decode()
    assert "Nom29" not in first.content.decode()
    assert "Nom29" in second.content.decode()


def test_the_list_asks_the_same_number_of_queries_for_one_and_for_twenty(
    client, admin, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for _ in range(20):
        account(member(admin.establishment))
    with django_assert_num_queries(len(few)):
        client.get(LIST)


def test_somebody_joins(client, admin):
    answer = client.post(
        reverse("accounts:member_add"),
        {
            "given_name": "Inès",
            "family_name": "Moreau",
            "job": "infirmière",
            "role": "professional",
            "email": "ines@exemple.test",
        },
    )
    joined = Member.objects.get(family_name="Moreau")
    assert answer.url == reverse("accounts:member", args=[joined.pk])
    assert joined.establishment == admin.establishment
    assert joined.user is None
    assert Entry.objects.filter(verb="member.added", object_id=str(joined.pk)).exists()
    assert "à inviter" in client.get(LIST).content.decode()


def test_a_person_is_not_added_here(client, admin):
    client.post(reverse("accounts:member_add"), {"family_name": "Marcillac", "role": "person"})
    assert not Member.objects.filter(family_name="Marcillac").exists()


def test_a_closed_access_opens_nothing_from_the_next_page(client, admin):
    nurse = member(admin.establishment)
    other = entered(type(client)(), nurse)
    assert other.get("/compte/").status_code == 200
    client.post(reverse("accounts:member_close", args=[nurse.pk]))
    nurse.refresh_from_db()
    assert not nurse.is_active
    answer = other.get("/compte/membres/")
    assert answer.url == reverse("accounts:second_factor")
    assert "pas de place ouverte" in other.get(answer.url).content.decode()
    client.post(reverse("accounts:member_open", args=[nurse.pk]))
    assert Member.objects.get(pk=nurse.pk).is_active


def test_nobody_closes_their_own_access(client, admin):
    assert client.post(reverse("accounts:member_close", args=[admin.pk])).status_code in {403, 404}
    admin.refresh_from_db()
    assert admin.is_active


@pytest.mark.parametrize(
    "name", ["member", "member_invite", "member_close", "member_open", "member_withdraw"]
)
def test_members_of_another_establishment_do_not_exist(client, admin, name):
    stranger = member(establishment())
    url = reverse(f"accounts:{name}", args=[stranger.pk])
    assert (client.get(url) if name == "member" else client.post(url)).status_code == 404
