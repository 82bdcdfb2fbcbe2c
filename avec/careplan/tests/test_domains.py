"""The domains of life of a house: kept by who steers it, offered to who writes words down."""

from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from avec.accounts.models import Role
from avec.audit.models import Entry
from avec.careplan.actions import add_domain, add_usual_domains, rename_domain
from avec.careplan.models import Domain, Expectation
from avec.careplan.rules.domains import USUAL
from avec.careplan.tests.factories import days, establishment, in_team, member, person, plan, sign_in

pytestmark = pytest.mark.django_db
HOME = "/projets/domaines/"


@pytest.fixture
def house():
    return establishment()


@pytest.fixture
def manager(house):
    return member(house, role=Role.UNIT_MANAGER.value)


def text(answer):
    return unescape(answer.content.decode())


def names(house):
    return list(
        Domain.objects.filter(establishment=house, retired_at__isnull=True).values_list("words", flat=True)
    )


@pytest.mark.parametrize("role", list(Role))
def test_who_steers_the_house_keeps_the_list(client, house, role):
    steers = role in {Role.UNIT_MANAGER, Role.DIRECTOR, Role.QUALITY}
    somebody = member(house, role=role.value)
    sign_in(client, somebody)
    assert (client.get(HOME).status_code == 200) == steers
    if steers:
        assert add_domain("Mes repas", "1.2.1.1", by=somebody).words == "Mes repas"
        return
    with pytest.raises(PermissionDenied):
        add_domain("Mes repas", by=somebody)


def test_the_usual_list_comes_in_one_press_and_once(client, house, manager):
    sign_in(client, manager)
    assert "La liste est vide" in text(client.get(HOME))
    client.post(HOME, {"usual": "1"})
    assert names(house) == [words for words, _code in USUAL]
    client.post(HOME, {"usual": "1"})
    assert len(names(house)) == len(USUAL)
    assert Entry.objects.filter(verb="domain.added").count() == len(USUAL)


def test_a_domain_is_added_renamed_moved_and_retired(client, house, manager):
    sign_in(client, manager)
    for words in ("Un", "Deux", "Trois"):
        assert client.post(HOME, {"words": words, "serafin": ""}).status_code == 302
    assert client.post(HOME, {"words": "UN", "serafin": ""}).status_code == 422
    assert client.post(HOME, {"words": "", "serafin": ""}).status_code == 422
    two = Domain.objects.get(words="Deux")
    url = reverse("careplan:change_domain", args=[two.pk])
    client.post(url, {"do": "up"})
    assert names(house) == ["Deux", "Un", "Trois"]
    client.post(url, {"do": "up"})
    client.post(url, {"do": "down"})
    assert names(house) == ["Un", "Deux", "Trois"]
    assert client.post(url, {"words": "Mes repas", "serafin": "1.2.1.1"}).status_code == 302
    assert client.post(url, {"words": "Un", "serafin": ""}).status_code == 422
    client.post(url, {"do": "retire"})
    assert names(house) == ["Un", "Trois"]
    assert client.get(url).status_code == 404


def test_the_list_of_another_house_is_not_ours(client, house, manager):
    other = establishment()
    theirs = add_domain("Le leur", by=member(other, role=Role.DIRECTOR.value))
    sign_in(client, manager)
    assert "Le leur" not in text(client.get(HOME))
    assert (
        client.post(reverse("careplan:change_domain", args=[theirs.pk]), {"do": "retire"}).status_code == 404
    )
    with pytest.raises(PermissionDenied):
        rename_domain(theirs, "Le nôtre", by=manager)


def test_words_are_put_in_a_domain_and_keep_its_name_of_the_day(client, house, manager):
    add_usual_domains(by=manager)
    nurse, odette = member(house), person(house)
    in_team(odette, nurse)
    project = plan(odette, nurse)
    sign_in(client, nurse)
    sent = {"voice": "person", "way": "text", "words": "Je veux un café.", "kind": "wish", "level": "C1"}
    sent |= {"said_on": days(0).isoformat(), "domain": "Mes repas"}
    url = reverse("careplan:say", args=[odette.pk])
    assert client.post(url, sent | {"domain": "Inconnu"}).status_code == 422
    assert client.post(url, sent).status_code == 302
    said = Expectation.objects.get()
    assert (said.domain, said.serafin) == ("Mes repas", "1.2.1.1")
    rename_domain(Domain.objects.get(words="Mes repas"), "Manger", by=manager)
    said.refresh_from_db()
    assert said.domain == "Mes repas"
    page = text(client.get(reverse("careplan:said", args=[project.pk]), {"domaine": "Mes repas"}))
    assert "Je veux un café." in page
