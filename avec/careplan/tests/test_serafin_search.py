"""The search of a SERAFIN-PH code: its page, and the list of a form."""

import re
from html import unescape

import pytest
from django import forms
from django.urls import reverse

from avec.accounts.models import Role
from avec.careplan.forms import SerafinField
from avec.careplan.tests.factories import establishment, member, sign_in
from avec.careplan.views.domains import STEERING

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


class OneForm(forms.Form):
    serafin = SerafinField("besoins")


@pytest.fixture
def nurse(client):
    return sign_in(client, member(establishment()))


def test_the_page_lists_everything_without_a_script(nurse):
    page = nurse.get(reverse("careplan:search_serafin")).content.decode()
    assert "Besoins pour la mobilité" in page
    services = nurse.get(reverse("careplan:search_serafin"), {"liste": "prestations", "q": "kiné"})
    assert "1 code trouvé" in services.content.decode()


def test_words_typed_in_a_form_bring_codes_to_its_top_and_keep_the_choice(nurse):
    sent = {"liste": "besoins", "champ": "id_serafin", "mots": "toilette", "serafin": "1.3.5.1"}
    page = nurse.get(reverse("careplan:search_serafin"), sent, headers=HTMX).content.decode()
    assert page.index("1.2.1.1 ·") < page.index("1.1.1 ·")
    assert '<option value="1.3.5.1" selected>' in page
    assert "hx-swap-oob" in page
    assert "<html" not in page


@pytest.mark.parametrize("field", ['id_x"><script>', "id_ x", "x" * 500])
def test_a_name_of_field_that_is_not_ours_gets_the_page(nurse, field):
    answer = nurse.get(reverse("careplan:search_serafin"), {"champ": field, "mots": "lit"})
    assert b"<html" in answer.content
    assert b"><script>" not in answer.content


def test_who_names_the_domains_of_the_house_searches_from_their_form(client):
    """Their form has the same field: its search and its link to the whole list open for them too."""
    for role in STEERING:
        steering = sign_in(client, member(establishment(), role))
        form = steering.get(reverse("careplan:domains")).content.decode()
        links = re.findall(r'(?:href|hx-get)="(/projets/serafin/[^"]*)"', form)
        assert links
        for link in links:
            assert steering.get(unescape(link), headers=HTMX).status_code == 200


@pytest.mark.parametrize("role", [Role.PERSON, Role.RELATIVE, Role.ADMINISTRATOR])
def test_nobody_else_searches(client, role):
    assert client.get(reverse("careplan:search_serafin")).status_code == 302
    stranger = sign_in(client, member(establishment(), role.value))
    assert stranger.get(reverse("careplan:search_serafin")).status_code == 404


def test_the_field_takes_a_code_of_its_list_or_none():
    assert OneForm({"serafin": "1.2.1.3"}).is_valid()
    assert OneForm({"serafin": ""}).is_valid()
    assert OneForm({"serafin": "2.1"}).errors == {"serafin": ["Choisissez un code de la liste."]}
    assert 'for="id_serafin-mots"' in OneForm()["serafin"].as_widget()
