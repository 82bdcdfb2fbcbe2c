import pytest
from django.urls import reverse

from avec.accounts.models import Role
from avec.audit.models import Entry
from avec.careplan.actions import Replied, Said, answer_expectation, say, take_position, write_goal
from avec.careplan.models import Answer, Expectation
from avec.careplan.rules import Stance
from avec.home.tests.worlds import house
from avec.negotiation.actions import Opening, Seat, open_negotiation
from avec.people.models import CareTeamMember, Objection
from avec.people.tests.factories import days, establishment, in_team, member, person, sign_in

pytestmark = pytest.mark.django_db


def my_day(client, who):
    response = sign_in(client, who).get(reverse("home:day"))
    assert response.status_code == 200
    return response.content.decode()


def test_it_quotes_the_words_that_wait(client):
    home = house()
    page = my_day(client, home.nurse)
    assert "«\xa0Éplucher les légumes.\xa0»" in page
    assert "Dite il y a 6 jours" in page
    assert "Attente sans réponse" in page


def test_the_words_of_relatives_without_a_name_are_not_the_person_s(client):
    """A file may carry what « the family » asks without saying who: never under the person's mark."""
    home = house()
    Expectation.objects.filter(pk=home.waiting.pk).update(voice="relative", origin_words="Famille")
    page = my_day(client, home.nurse)
    before = page[: page.index("légumes")]
    assert before.rindex("Famille\xa0:") > before.rfind("Odette\xa0:")


def test_the_oldest_word_comes_first(client):
    home = house()
    say(home.plan, Said("La plus ancienne.", said_on=days(-40)), by=home.nurse)
    page = my_day(client, home.nurse)
    assert page.index("La plus ancienne.") < page.index("Éplucher les légumes.")


def test_a_postponed_word_comes_back_on_its_date(client):
    home = house()
    answer_expectation(home.waiting, Replied("postponed", until=days(3)), by=home.nurse)
    assert "légumes" not in my_day(client, home.nurse)
    Answer.objects.update(until=days(-1))
    page = my_day(client, home.nurse)
    assert "légumes" in page
    assert "Date dépassée" in page


def test_goals_near_their_term_and_positions_to_ask_again(client):
    home = house()
    write_goal(home.plan, by=home.nurse, statement="Dans longtemps.", due_on=days(90), priority=2)
    late = write_goal(home.plan, by=home.nurse, statement="Déjà passé.", due_on=days(-2), priority=2)
    take_position(late, Stance.COULD_NOT, by=home.nurse, voice="person", ask_again_on=days(1))
    page = my_day(client, home.nurse)
    assert "Dans longtemps." not in page
    assert page.index("Déjà passé.") < page.index("Odette va au jardin seule.")
    assert "Position à redemander à Odette" in page


def test_withdrawn_words_wait_no_more(client):
    home = house()
    home.waiting.withdrawn_at = home.waiting.written_at
    home.waiting.save()
    assert "légumes" not in my_day(client, home.nurse)


def test_a_colleague_outside_the_team_reads_nothing(client):
    home = house()
    page = my_day(client, member(home.odette.establishment))
    assert "Odette" not in page
    assert "Vous n’êtes encore dans l’équipe de personne." in page


def test_leaving_the_team_or_an_objection_closes_it_at_once(client):
    home = house()
    Objection.objects.create(person=home.odette, establishment=home.odette.establishment, member=home.nurse)
    assert "Odette" not in my_day(client, home.nurse)
    Objection.objects.update(ends_on=days(-1), starts_on=days(-2))
    assert "Odette" in my_day(client, home.nurse)
    CareTeamMember.objects.update(ends_on=days(-1))
    assert "Odette" not in my_day(client, home.nurse)


def test_a_day_with_nothing_to_do_says_what_to_do(client):
    place = establishment()
    nurse = member(place)
    in_team(person(place), nurse)
    page = my_day(client, nurse)
    assert "Rien n’attend de réponse aujourd’hui." in page


def test_the_person_finds_the_reading_of_their_words(client):
    home = house()
    my_day(client, home.nurse)
    line = Entry.objects.get(verb="day.read")
    assert (line.person_id, line.actor_id) == (home.odette.pk, home.nurse.pk)
    assert line.code == line.expected_code()


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.QUALITY, Role.ADMINISTRATOR, Role.PERSON])
def test_it_is_for_those_who_care(client, role):
    sign_in(client, member(establishment(), role.value))
    assert client.get(reverse("home:day")).status_code == 404


@pytest.mark.parametrize("count", [1, 6])
def test_as_many_queries_whatever_the_number_of_persons(client, django_assert_max_num_queries, count):
    home = house()
    for number in range(count):
        someone = person(home.odette.establishment)
        in_team(someone, home.nurse)
        plan = home.plan.__class__.objects.create(
            person=someone, establishment=someone.establishment, title="Projet"
        )
        say(plan, Said(f"Mot {number}."), by=home.nurse)
        goal = write_goal(plan, by=home.nurse, statement="But.", due_on=days(3), priority=1)
        take_position(goal, Stance.COULD_NOT, by=home.nurse, voice="person", ask_again_on=days(0))
        opening = Opening(title="L’heure du lever", situation="Trop tôt.", aim="Une heure pour chacun")
        open_negotiation(plan, opening, [Seat(), Seat(professional=home.nurse)], by=home.nurse)
    sign_in(client, home.nurse)
    with django_assert_max_num_queries(16):
        response = client.get(reverse("home:day"))
    tasks = [task.kind for part in response.context["parts"] for task in part.tasks]
    assert tasks.count("Négociation\xa0: un but commun attend votre réponse") == count
