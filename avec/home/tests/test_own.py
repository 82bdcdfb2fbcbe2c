"""The person's own space, and a relative's: tried by the cast."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from avec.accounts.models import Role
from avec.audit.models import Entry
from avec.careplan.actions import (
    Replied,
    Said,
    add_activity,
    answer_expectation,
    evaluate_goal,
    say,
    take_position,
    write_goal,
)
from avec.careplan.models import Expectation
from avec.careplan.rules import Stance
from avec.contracts.actions import Choice, issue_contract, sign_line
from avec.contracts.models import CareContract, SignatureLine
from avec.contracts.rules import RIGHTS, Outcome
from avec.home.tests.worlds import house
from avec.negotiation.actions import Followed, Refused, note_refusal
from avec.people.models import Mandate
from avec.people.tests.factories import days, in_team, member, person, relative, sign_in

pytestmark = pytest.mark.django_db
PAGES = [
    "own",
    "own_say",
    "own_said",
    "own_goals",
    "own_team",
    "own_contract",
    "own_coming",
    "own_help",
    "own_balance",
]


def read(client, name="own", *args):
    response = client.get(reverse(f"home:{name}", args=args))
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def page_to_say(client, how):
    response = client.get(reverse("home:own_say"), {"comment": how})
    assert response.status_code == 200
    return response.content.decode()


def test_the_person_sees_what_became_of_their_words(client):
    home = house()
    page = read(sign_in(client, home.odette.member))
    assert "Bonjour Odette" in page
    assert "Éplucher les légumes." in page
    assert "J’attends une réponse" in page
    assert "Sonia doit me répondre." in page
    assert "L’équipe a dit oui" in page
    assert "Je porte le bracelet." in page


def test_we_agree_once_both_signed_the_same_article(client):
    home = house()
    sign_in(client, home.odette.member)
    take_position(home.goal, Stance.AGREES, by=home.odette.member)
    # Two separate yeses are two voices, not « ensemble ».
    assert "Nous sommes d’accord" not in read(client)
    for said in (home.waiting, home.hidden, home.noted):
        answer_expectation(said, Replied("postponed", until=days(40)), by=home.nurse)
    contract = issue_contract(home.plan, starts_on=days(0), by=home.nurse)
    for line in contract.lines.filter(required=True):
        signer = home.nurse if line.voice == "professional" else home.odette.member
        choice = Choice(Outcome.SIGNED, rights_read=[right for right, _ in RIGHTS], clauses={"1": "agrees"})
        sign_line(line, choice, method="password", by=signer)
    assert "Nous sommes d’accord" in read(client)


@pytest.mark.parametrize(
    ("replied", "state"),
    [
        (Replied("postponed", until=days(40), reason="Après les travaux."), "On en reparle le"),
        (Replied("declined", reason="Le sol est trop glissant.", instead="La cour."), "Pas possible"),
        (Replied("negotiated", reason="On se voit jeudi."), "Nous cherchons un accord"),
    ],
)
def test_each_answer_is_said_in_plain_words(client, replied, state):
    home = house()
    answer_expectation(home.waiting, replied, by=home.nurse)
    page = read(sign_in(client, home.odette.member), "own_said")
    assert state in page
    assert replied.reason in page


@pytest.mark.parametrize("name", PAGES)
def test_notes_of_the_team_never_come_into_own_space(client, name):
    home = house()
    for who in (home.odette.member, home.claire.member):
        assert "secrète" not in read(sign_in(client, who), name)


@pytest.mark.parametrize("name", PAGES)
def test_a_relative_reads_only_what_is_shared(client, name):
    home = house()
    page = read(sign_in(client, home.claire.member), name)
    assert "salon" not in page


def test_a_relative_is_told_what_they_see(client):
    home = house()
    page = read(sign_in(client, home.claire.member))
    assert "Vous voyez ce qu’Odette a choisi de partager avec vous." in page
    assert "Éplucher les légumes." in page
    assert "Qui a lu mon dossier" not in page


def test_a_goal_that_a_relative_does_not_read_is_not_told_by_its_answer(client):
    home = house()
    home.goal.level = "C2"
    home.goal.save()
    page = read(sign_in(client, home.claire.member), "own_said")
    assert "Je porte" not in page
    assert "L’équipe a dit oui" in page


def test_a_mandate_taken_back_closes_everything_at_once(client):
    home = house()
    sign_in(client, home.claire.member)
    read(client)
    Mandate.objects.update(revoked_on=days(0))
    for name in PAGES:
        response = client.get(reverse(f"home:{name}"))
        assert response.status_code == 403
        assert "Odette" not in response.content.decode()


def test_another_relative_never_reads_what_a_relative_said(client):
    home = house()
    say(home.plan, Said("Je m’inquiète la nuit."), by=home.claire.member)
    other = relative(home.odette, "carer", given_name="Paul")
    assert "la nuit" in read(sign_in(client, home.claire.member), "own_said")
    for name in PAGES:
        assert "la nuit" not in read(sign_in(client, other.member), name)


def test_a_relative_of_two_persons_chooses_one(client):
    home = house()
    bernard = person(home.odette.establishment, given_names="Bernard")
    relative(bernard, "carer", member=home.claire.member)
    sign_in(client, home.claire.member)
    assert client.get(reverse("home:own")).url == reverse("home:own_choose")
    client.post(reverse("home:own_choose"), {"personne": bernard.pk})
    page = read(client)
    assert "Bernard" in page
    assert "légumes" not in page


def test_a_relative_can_not_choose_somebody_else(client):
    home = house()
    stranger = person(home.odette.establishment)
    sign_in(client, home.claire.member)
    assert client.post(reverse("home:own_choose"), {"personne": stranger.pk}).status_code == 404
    assert client.post(reverse("home:own_choose"), {"personne": "x"}).status_code == 404


def test_a_person_never_sees_another_s_words(client):
    home, other = house(), house()
    sign_in(client, other.odette.member)
    for name in ("own_withdraw", "own_share"):
        assert client.get(reverse(f"home:{name}", args=[home.waiting.pk])).status_code == 404
        assert client.post(reverse(f"home:{name}", args=[home.waiting.pk])).status_code == 404
    assert client.get(reverse("home:own_goal", args=[home.goal.pk])).status_code == 404
    assert client.get(f"{reverse('home:own_say')}?dit={home.waiting.pk}").status_code == 404


@pytest.mark.parametrize("role", [role.value for role in Role if role not in {Role.PERSON, Role.RELATIVE}])
def test_own_space_is_for_the_person_and_their_circle(client, role):
    place = house().odette.establishment
    sign_in(client, member(place, role))
    for name in [*PAGES, "own_readers", "own_choose"]:
        assert client.get(reverse(f"home:{name}")).status_code == 404


def test_saying_something_tells_who_will_answer(client):
    home = house()
    sign_in(client, home.odette.member)
    sent = {"words": "Un thé à 17 heures.", "kind": "wish", "importance": "4", "level": "C2"}
    page = client.post(reverse("home:own_say"), sent, follow=True).content.decode()
    assert "Sonia doit me répondre." in page
    said = Expectation.objects.get(words="Un thé à 17 heures.")
    assert (said.level, said.importance, said.voice) == ("C2", 4, "person")
    assert said.written_by == home.odette.member


def test_who_reads_is_chosen_by_the_person_never_for_them(client):
    home = house()
    sign_in(client, home.odette.member)
    assert "checked" not in page_to_say(client, "ecrire")
    page = client.post(reverse("home:own_say"), {"words": "Un thé.", "kind": "wish"}).content.decode()
    assert "Choisissez qui peut lire." in page
    assert "Un thé." in page


def test_a_relative_speaks_in_their_own_voice(client):
    home = house()
    sign_in(client, home.claire.member)
    client.post(reverse("home:own_say"), {"words": "Elle aime chanter.", "kind": "wish", "level": "C3"})
    said = Expectation.objects.get(words="Elle aime chanter.")
    assert (said.voice, said.relative, said.level) == ("relative", home.claire, "C1")


def test_hiding_one_s_words_closes_them_to_relatives_at_once(client):
    home = house()
    sign_in(client, home.odette.member)
    client.post(reverse("home:own_share", args=[home.waiting.pk]))
    assert "légumes" not in read(sign_in(client, home.claire.member), "own_said")
    sign_in(client, home.odette.member)
    client.post(reverse("home:own_share", args=[home.waiting.pk]))
    assert "légumes" in read(sign_in(client, home.claire.member), "own_said")
    assert Entry.objects.filter(verb="expectation.shared").count() == 2


def test_words_written_down_by_the_team_may_be_tightened_not_opened(client):
    home = house()
    noted = say(home.plan, Said("Dormir tard.", level="C1"), by=home.nurse)
    sign_in(client, home.odette.member)
    share = reverse("home:own_share", args=[noted.pk])
    assert client.post(share).status_code == 302
    assert client.post(share).status_code == 404


def test_withdrawn_words_leave_the_page_and_stay_in_the_history(client):
    home = house()
    sign_in(client, home.odette.member)
    withdraw = reverse("home:own_withdraw", args=[home.waiting.pk])
    assert "Retirer ces mots" in client.get(withdraw).content.decode()
    client.post(withdraw)
    assert "légumes" not in read(client, "own_said")
    assert Expectation.objects.get(pk=home.waiting.pk).withdrawn_at is not None


def test_goals_say_who_helps_with_what(client):
    home = house()
    page = read(sign_in(client, home.odette.member), "own_goal", home.goal.pk)
    assert "Malik" in page
    assert "Nous le faisons ensemble." in page


def test_a_relative_does_not_see_the_rest_of_the_circle(client):
    home = house()
    relative(home.odette, "carer", given_name="Paul")
    assert "Paul" in read(sign_in(client, home.odette.member), "own_team")
    assert "Paul" not in read(sign_in(client, home.claire.member), "own_team")


def test_the_person_sees_who_read_and_a_relative_does_not(client):
    home = house()
    read(sign_in(client, home.claire.member))
    sign_in(client, home.nurse)
    client.get(reverse("home:day"))
    page = read(sign_in(client, home.odette.member), "own_readers")
    assert "Claire" in page
    assert "sa fille" in page
    assert "Sonia" in page
    assert "infirmière" in page
    sign_in(client, home.claire.member)
    assert client.get(reverse("home:own_readers")).status_code == 404


@pytest.mark.parametrize("name", [*PAGES, "own_readers"])
def test_each_reading_leaves_one_line(client, name):
    home = house()
    sign_in(client, home.odette.member)
    before = Entry.objects.count()
    read(client, name)
    line = Entry.objects.order_by("-pk").first()
    assert Entry.objects.count() == before + 1
    assert (line.verb, line.actor_id, line.person_id) == (
        f"{name}.read",
        home.odette.member_id,
        home.odette.pk,
    )


def queries_of(client, name):
    with CaptureQueriesContext(connection) as found:
        read(client, name)
    return len(found)


@pytest.mark.parametrize("name", [*PAGES, "own_readers"])
@pytest.mark.parametrize("who", ["odette", "claire"])
def test_more_words_and_goals_cost_no_more_queries(client, name, who):
    home = house()
    asked = home.odette.member if who == "odette" else home.claire.member
    if name == "own_readers" and who == "claire":
        pytest.skip("closed to relatives")
    sign_in(client, asked)
    counts = []
    for number in range(10):
        goal = write_goal(home.plan, by=home.nurse, statement=f"But {number}.", due_on=days(-1), priority=1)
        add_activity(home.plan, goals=[goal], by=home.nurse, title=f"Action {number}", participation="by")
        said = say(home.plan, Said(f"Mot {number}.", level="C1"), by=asked)
        reply = Replied("taken_up", goal=goal) if number % 2 else Replied("postponed", until=days(number + 1))
        answer_expectation(said, reply, by=home.nurse)
        for by in (asked, home.nurse):
            take_position(goal, Stance.COULD_NOT, by=by, ask_again_on=days(3), reason="Trop tôt.")
            evaluate_goal(goal, value=1, words="Oui.", by=by)
        in_team(home.odette, member(home.odette.establishment))
        relative(home.odette, "carer")
        if number in (1, 9):
            read(client, name)  # what is asked once for the whole house
            counts.append(queries_of(client, name))
    assert counts[0] == counts[1]
    assert counts[1] <= 25


def test_the_cares_i_do_not_want_are_on_my_first_page_with_the_day_i_am_asked_again(client):
    home = house()
    told = Followed(information="La douche protège la peau.")
    shower = Refused("La douche", "J’ai froid.", days(4), followed=told, level="C1")
    note_refusal(home.plan, shower, by=home.nurse)
    note_refusal(home.plan, Refused("Les bas", "Ça serre.", days(0)), by=home.odette.member)
    text = read(sign_in(client, home.odette.member))
    for words in ("Les soins que je ne veux pas", "J’ai froid.", "Ça serre.", "On me redemande le"):
        assert words in text
    assert "On me redemande pour un soin" in read(client, "own_coming")
    text = read(sign_in(client, home.claire.member))
    assert "J’ai froid." in text
    assert "Ça serre." not in text


def test_a_contract_page_without_a_contract_says_so(client):
    home = house()
    assert "Il n’y a pas encore de contrat." in read(sign_in(client, home.odette.member), "own_contract")


def test_a_second_press_says_it_once(client):
    home = house()
    sign_in(client, home.odette.member)
    once = re.search(r'name="once" value="([^"]+)"', page_to_say(client, "ecrire"))[1]
    sent = {"words": "Un thé.", "kind": "wish", "level": "C2", "once": once}
    for _press in range(2):
        assert client.post(reverse("home:own_say"), sent).status_code == 302
    assert Expectation.objects.filter(words="Un thé.").count() == 1


def test_what_was_being_written_is_there_again(client):
    home = house()
    sign_in(client, home.odette.member)
    key = f"own_say_text:{home.odette.pk}"
    client.post(reverse("people:draft"), {"draft_key": key, "words": "Je voudrais un", "kind": "wish"})
    page = page_to_say(client, "ecrire")
    assert "Je voudrais un" in page
    assert "Votre brouillon" in page


def test_a_relative_reads_the_goal_as_it_was_agreed_not_the_words_said_to_the_person(client):
    home = house()
    page = read(sign_in(client, home.claire.member), "own_goals")
    assert "Odette va au jardin seule." in page
    assert "Je porte le bracelet" not in page


def test_a_contract_that_waits_for_me_is_the_next_thing(client):
    home = house()
    contract = CareContract.objects.create(
        person=home.odette,
        establishment=home.odette.establishment,
        plan=home.plan,
        version=1,
        starts_on=days(0),
        ends_on=days(364),
        review_on=days(330),
        issued_by=home.nurse,
        content={},
        fingerprint="0" * 64,
    )
    SignatureLine.objects.create(contract=contract, order=1, voice="person", name="Odette", capacity="")
    assert "Mon contrat m’attend" in read(sign_in(client, home.odette.member))
    assert "contrat m’attend" not in read(sign_in(client, home.claire.member))
    page = sign_in(client, home.nurse).get(reverse("home:day")).content.decode()
    assert "Contrat à faire signer" in page
    assert "On attend le choix de : Odette." in page


def test_nobody_who_reads_hidden_words_is_passed_over_in_silence(client):
    home = house()
    sign_in(client, home.odette.member)
    told = "peut les lire aussi"
    assert told not in read(client, "own_said")
    guardian = relative(home.odette, "representation")
    said = read(client, "own_said")
    assert f"{guardian.name} {told}" in said
    assert f"{guardian.name} peut toujours lire mes mots" in page_to_say(client, "ecrire")
    Mandate.objects.filter(related_person=guardian).update(revoked_on=days(-1))
    assert told not in read(client, "own_said")
