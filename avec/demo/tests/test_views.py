"""The cast's page and the way in."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from avec.accounts.models import Establishment, Member, Role
from avec.demo.cast import BY_SLUG, CAST
from avec.people.models import CareTeamMember, Person

pytestmark = pytest.mark.django_db
CAST_URL = "/demo/"
ENTER_URL = "/demo/entrer/"


def enter(client, slug):
    return client.post(ENTER_URL, {"qui": slug})


@pytest.fixture
def imported(loaded):
    """A professional that an imported file brought, in somebody's team."""
    place = Establishment.objects.create(finess="990000630", name="Un foyer importé", is_demo=True)
    member = Member.objects.create(
        establishment=place, role=Role.PROFESSIONAL.value, given_name="Ève", family_name="Rivoire"
    )
    person = Person.objects.create(establishment=place, family_name="Importé", local_id="1")
    CareTeamMember.objects.create(person=person, establishment=place, member=member)
    return member


@pytest.mark.usefixtures("loaded", "demo_on")
def test_the_page_presents_the_whole_cast(client):
    page = client.get(CAST_URL).content.decode()
    for actor in CAST:
        assert f'value="{actor.slug}"' in page
        assert actor.name in page
    assert "Venus d’un fichier importé" not in page


@pytest.mark.usefixtures("loaded", "demo_on")
def test_each_of_the_cast_comes_in(client):
    for slug, actor in BY_SLUG.items():
        answer = enter(client, slug)
        assert answer.status_code == 302
        page = client.get(answer["Location"], follow=True)
        assert page.status_code == 200, slug
        assert page.wsgi_request.member.name == actor.name


@pytest.mark.usefixtures("loaded", "demo_on")
def test_an_unknown_name_is_not_found(client):
    for slug in ("", "inconnu", "importe-", "importe-zz", "importe-" + "0" * 32):
        assert enter(client, slug).status_code == 404


@pytest.mark.usefixtures("loaded", "demo_on")
def test_one_comes_in_by_a_form_of_ours_only(client):
    assert client.get(ENTER_URL).status_code == 405
    assert Client(enforce_csrf_checks=True).post(ENTER_URL, {"qui": "medecin"}).status_code == 403


@pytest.mark.usefixtures("loaded", "demo_on")
def test_changing_role_leaves_nothing_of_the_former_one(client):
    enter(client, "infirmiere")
    session = client.session
    session["draft"] = "ce que Sonia écrivait"
    session.save()
    former = client.session.session_key
    enter(client, "residente")
    assert client.session.session_key != former
    assert "draft" not in client.session
    assert not client.session.exists(former)


@pytest.mark.usefixtures("loaded", "demo_on")
def test_somebody_from_an_imported_file_comes_in(client, imported):
    assert "Ève Rivoire" in client.get(CAST_URL).content.decode()
    for _ in range(2):  # the account is made once, and used again
        enter(client, f"importe-{imported.pk}")
        assert client.get(reverse("home:help")).wsgi_request.member == imported


@pytest.mark.usefixtures("loaded", "demo_on")
def test_somebody_from_an_imported_file_whose_time_in_the_team_is_over_does_not(client, imported):
    imported.teams.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert enter(client, f"importe-{imported.pk}").status_code == 404


def closed(client):
    return client.get(CAST_URL).status_code == 404 and enter(client, "infirmiere").status_code == 404


@pytest.mark.usefixtures("loaded", "demo_on")
def test_it_is_closed_without_the_setting_outside_development_and_beside_real_people(client, settings):
    assert not closed(client)
    settings.AVEC_DEMO = False
    assert closed(client)
    settings.AVEC_DEMO, settings.DEBUG = True, False
    assert closed(client)
    settings.DEBUG = True
    Establishment.objects.create(finess="310000001", name="Un vrai foyer")
    assert closed(client)


@pytest.mark.usefixtures("demo_on")
def test_pages_lead_back_to_the_cast_in_the_demonstration_only(client, settings):
    assert 'href="/demo/"' in client.get(reverse("home:help")).content.decode()
    settings.AVEC_DEMO = False
    assert 'href="/demo/"' not in client.get(reverse("home:help")).content.decode()
