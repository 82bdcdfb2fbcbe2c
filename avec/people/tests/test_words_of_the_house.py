"""A record says the word of its house, in agreement with the person."""

import pytest
from django.template import Context, Template

from avec.accounts.vocabulary import speaking, vocabulary
from avec.people.models import Person
from avec.people.tests import factories


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("called", "gender", "expected"),
    [
        ("resident", "female", "La résidente, ses proches autorisés et l’équipe"),
        ("resident", "male", "Le résident, ses proches autorisés et l’équipe"),
        ("resident", "unknown", "La personne, ses proches autorisés et l’équipe"),
        ("patient", "female", "La patiente, ses proches autorisés et l’équipe"),
        ("patient", "male", "Le patient, ses proches autorisés et l’équipe"),
        ("user", "female", "L’usagère, ses proches autorisés et l’équipe"),
        ("user", "male", "L’usager, ses proches autorisés et l’équipe"),
        ("supported", "male", "La personne, ses proches autorisés et l’équipe"),
    ],
)
def test_the_circle_agrees_and_the_menu_stays_everybody_s(client, called, gender, expected):
    house = factories.establishment(called=called)
    person, nurse = factories.person(house, gender=gender), factories.member(house)
    factories.in_team(person, nurse)
    factories.sign_in(client, nurse)
    page = client.get(f"/personnes/{person.pk}/cercle/").content.decode()
    assert expected in page
    everybody = vocabulary(called, called).short.plural
    assert everybody[0].upper() + everybody[1:] in page


def test_a_list_agrees_with_each_person():
    shown = Template(
        "{{ p|the_word }}, {{ p|of_the_word }}, {{ p|to_the_word }} ; {% with w=p|word %}{{ w.a }}{% endwith %}"
    )
    with speaking(vocabulary("user", "user")):
        said = [shown.render(Context({"p": Person(gender=gender)})) for gender in ("female", "male")]
    assert said == [
        "l’usagère, de l’usagère, à l’usagère ; une usagère",
        "l’usager, de l’usager, à l’usager ; un usager",
    ]
