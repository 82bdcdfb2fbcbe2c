"""A refusal of care: who writes it, who reads it, what never changes, when it is asked again."""

from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from avec.accounts.models import Role
from avec.audit.models import Entry
from avec.careplan.tests.factories import (
    days,
    establishment,
    in_team,
    member,
    person,
    plan,
    relative,
    sign_in,
)
from avec.negotiation.actions import Followed, Refused, ask_again, complete_refusal, note_refusal
from avec.negotiation.models import AskedAgain, CareRefusal, Negotiation, RefusalNote
from avec.negotiation.refusals import refusals_of, waiting
from avec.negotiation.rules.refusals import RefusalRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return establishment()


@pytest.fixture
def nurse(house):
    return member(house)


@pytest.fixture
def bernard(house, nurse):
    bernard = person(house, used_name="Bernard")
    in_team(bernard, nurse, is_referent=True)
    return bernard


@pytest.fixture
def project(bernard, nurse):
    return plan(bernard, nurse)


@pytest.fixture
def daughter(house, bernard):
    kin = member(house, role=Role.RELATIVE)
    relative(bernard, "carer", member=kin)
    return kin


def refused(project, by, **fields):
    usual = {
        "care": "Le pansement du matin",
        "words": "Vous me faites mal.",
        "ask_again_on": days(7),
        "followed": Followed(information="Sans pansement, la plaie s’infecte."),
    }
    return note_refusal(project, Refused(**usual | fields), by=by)


@pytest.fixture
def dressing(project, nurse):
    return refused(project, nurse)


def page(client, name, pk):
    response = client.get(reverse(f"negotiation:{name}", args=[pk]))
    return response, unescape(response.content.decode())


def form(**fields):
    usual = {
        "care": "La douche",
        "how": "said",
        "words": "J’ai froid.",
        "refused_on": days(0).isoformat(),
        "information": "La douche protège la peau.",
        "ask_again_on": days(7).isoformat(),
        "level": "C2",
    }
    return usual | fields


def test_the_team_writes_it_down_and_everything_shows(client, bernard, project, nurse):
    sign_in(client, nurse)
    sent = form(alternatives="Une toilette au lavabo", told="Le Dr Estève", care_goes_on="Toilette assise")
    answer = client.post(reverse("negotiation:note_refusal", args=[bernard.pk]), sent)
    one = CareRefusal.objects.get()
    assert answer.headers["Location"] == reverse("negotiation:refusal", args=[one.pk])
    assert (one.written_by, one.level, one.ask_again_on) == (nurse, "C2", days(7))
    _response, text = page(client, "refusal", one.pk)
    for words in ("J’ai froid", "lavabo", "Dr Estève", "Les soins continuent autrement", "L1111-4"):
        assert words in text
    assert reverse("negotiation:open", args=[bernard.pk]) + f"?refus={one.pk}" in text
    assert Entry.objects.filter(verb="refusal.noted", person_id=bernard.pk).count() == 1
    assert Entry.objects.filter(verb="refusal.read", actor_id=nurse.pk).exists()


def test_the_person_says_it_and_the_team_adds_what_it_explained(client, bernard, project, nurse):
    sign_in(client, bernard.member)
    sent = {"care": "Les bas", "words": "Ça serre.", "again": "7", "level": "C2", "information": "rien"}
    client.post(reverse("negotiation:note_refusal", args=[bernard.pk]), sent)
    one = CareRefusal.objects.get()
    assert (one.information, one.observed, one.ask_again_on) == ("", False, days(7))
    assert [found.pk for found in waiting(nurse, days(0))] == [one.pk]
    _response, text = page(client, "refusal", one.pk)
    assert "L’équipe doit encore m’expliquer." in text
    sign_in(client, nurse)
    url = reverse("negotiation:complete_refusal", args=[one.pk])
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"information": "Les bas évitent l’œdème."}).status_code == 302
    assert not waiting(nurse, days(0)).exists()
    one.refresh_from_db()
    assert one.information == ""
    sign_in(client, bernard.member)
    assert "Les bas évitent l’œdème." in page(client, "refusal", one.pk)[1]


def test_it_is_asked_again_and_the_first_words_stay(client, nurse, dressing):
    sign_in(client, nurse)
    url = reverse("negotiation:ask_again", args=[dressing.pk])
    sent = {"stance": "not_now", "words": "Demain.", "ask_again_on": days(2).isoformat(), "seen": "0"}
    assert client.post(url, sent).status_code == 302
    text = page(client, "refusal", dressing.pk)[1]
    assert "Vous me faites mal." in text
    assert "Demain." in text
    rows = refusals_of(nurse, dressing.person)
    assert (rows.stand[0].where.ask_on, rows.stand[0].where.stance) == (days(2), "not_now")


def test_a_yes_needs_no_day_and_may_be_taken_back(bernard, nurse, dressing):
    ask_again(dressing, "yes", "D’accord.", by=bernard.member, ask_again_on=days(-9))
    rows = refusals_of(nurse, bernard)
    assert rows.accepted
    assert not rows.stand
    assert not waiting(nurse, days(400)).exists()
    ask_again(dressing, "still_no", "Finalement non.", by=nurse, ask_again_on=days(3))
    assert [one.next_on for one in waiting(nurse, days(400))] == [days(3)]
    assert not waiting(nurse, days(2)).exists()


def test_the_person_answers_again_in_their_space(client, bernard, dressing):
    sign_in(client, bernard.member)
    url = reverse("negotiation:ask_again", args=[dressing.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"stance": "in_part", "words": "", "again": "1"}).status_code == 302
    asked = AskedAgain.objects.get()
    assert (asked.by, asked.ask_again_on) == (bernard.member, days(1))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("ask_again_on", "", "quel jour on redemande"),
        ("ask_again_on", days(-1).isoformat(), "est passé"),
        ("ask_again_on", days(366).isoformat(), "dans l’année"),
        ("ask_again_on", "31/02/2027", "Écrivez une date"),
        ("refused_on", days(1).isoformat(), "pas encore venu"),
        ("words", "", "Écrivez ses mots"),
        ("words", "a" * 20_000, "4"),
        ("care", "a" * 161, "160"),
        ("information", "", "ce qui a été expliqué"),
        ("level", "C3", ""),
        ("how", "autre", ""),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(client, bernard, project, nurse, field, value, said):
    sign_in(client, nurse)
    sent = form(**{field: value})
    response = client.post(reverse("negotiation:note_refusal", args=[bernard.pk]), sent)
    text = unescape(response.content.decode())
    assert response.status_code == 422
    assert said in text
    assert "field__error" in text
    assert ("La douche" if field != "care" else "J’ai froid.") in text
    assert not CareRefusal.objects.exists()


def test_the_actions_refuse_the_same(project, nurse, dressing):
    for wrong in (
        {"ask_again_on": None},
        {"ask_again_on": days(-1)},
        {"ask_again_on": days(400)},
        {"refused_on": days(1)},
        {"words": "  "},
        {"care": " "},
        {"followed": Followed()},
        {"level": "C3"},
    ):
        with pytest.raises(RefusalRefused):
            refused(project, nurse, **wrong)
    with pytest.raises(RefusalRefused):
        ask_again(dressing, "not_now", by=nurse)
    with pytest.raises(RefusalRefused):
        ask_again(dressing, "maybe", by=nurse, ask_again_on=days(1))
    with pytest.raises(RefusalRefused):
        complete_refusal(dressing, Followed(information="  "), by=nurse)
    assert CareRefusal.objects.count() == 1


def test_two_presses_make_one_refusal(client, bernard, project, nurse):
    sign_in(client, nurse)
    url = reverse("negotiation:note_refusal", args=[bernard.pk])
    for _press in range(2):
        assert client.post(url, form(once="1234")).status_code == 302
    assert CareRefusal.objects.count() == 1


def test_an_answer_noted_meanwhile_is_read_first(client, nurse, dressing):
    ask_again(dressing, "not_now", "Plus tard.", by=nurse, ask_again_on=days(1))
    sign_in(client, nurse)
    url = reverse("negotiation:ask_again", args=[dressing.pk])
    sent = {"stance": "still_no", "words": "Toujours pas.", "ask_again_on": days(2).isoformat(), "seen": "0"}
    response = client.post(url, sent)
    text = unescape(response.content.decode())
    assert response.status_code == 422
    assert "vient de noter une réponse" in text
    assert "Toujours pas." in text
    assert AskedAgain.objects.count() == 1
    assert client.post(url, sent | {"seen": "1"}).status_code == 302


def test_what_was_written_never_changes_in_the_database(nurse, dressing):
    ask_again(dressing, "not_now", by=nurse, ask_again_on=days(1))
    complete_refusal(dressing, Followed(told="Le médecin"), by=nurse)
    for model, change in (
        (CareRefusal, {"words": "Oui"}),
        (CareRefusal, {"ask_again_on": days(90)}),
        (AskedAgain, {"stance": "yes"}),
        (RefusalNote, {"told": "Personne"}),
    ):
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            model.objects.update(**change)
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            model.objects.all()._raw_delete("default")


def test_a_relative_reads_what_is_shared_with_relatives_and_nothing_else(
    client, bernard, project, nurse, daughter, dressing
):
    """T26, T27."""
    shared = refused(project, nurse, care="La douche", level="C1")
    sign_in(client, daughter)
    assert page(client, "refusal", dressing.pk)[0].status_code == 404
    response, text = page(client, "refusals", bernard.pk)
    assert response.status_code == 200
    assert "La douche" in text
    assert "pansement" not in text
    assert page(client, "refusal", shared.pk)[0].status_code == 200
    for name, pk in (("note_refusal", bernard.pk), ("ask_again", shared.pk), ("complete_refusal", shared.pk)):
        url = reverse(f"negotiation:{name}", args=[pk])
        assert client.get(url).status_code == 404
        assert client.post(url, form(stance="yes")).status_code == 404
    for act in (
        lambda: refused(project, daughter),
        lambda: ask_again(shared, "yes", by=daughter),
        lambda: complete_refusal(shared, Followed(told="Moi"), by=daughter),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_trainee_of_the_team_notes_a_refusal(client, house, bernard, project):
    """T16: a trainee reads and writes; nothing is validated here."""
    trainee = member(house, role=Role.TRAINEE)
    in_team(bernard, trainee)
    sign_in(client, trainee)
    assert client.post(reverse("negotiation:note_refusal", args=[bernard.pk]), form()).status_code == 302
    assert CareRefusal.objects.get().written_by == trainee


def test_nobody_else_finds_anything(client, house, bernard, project, dressing):
    """T02, T20, T49: outside the team, another person, another house."""
    strangers = [member(house), person(house).member, member(establishment())]
    for stranger in strangers:
        sign_in(client, stranger)
        for name, pk in (
            ("refusals", bernard.pk),
            ("note_refusal", bernard.pk),
            ("refusal", dressing.pk),
            ("ask_again", dressing.pk),
            ("complete_refusal", dressing.pk),
        ):
            url = reverse(f"negotiation:{name}", args=[pk])
            assert client.get(url).status_code == 404
            assert client.post(url, form(stance="yes")).status_code in {404, 405}
        assert not AskedAgain.objects.visible_to(stranger).exists()
        assert not RefusalNote.objects.visible_to(stranger).exists()
    assert CareRefusal.objects.count() == 1


def test_the_person_writes_nothing_for_the_team(bernard, project, dressing):
    with pytest.raises(PermissionDenied):
        complete_refusal(dressing, Followed(told="Personne"), by=bernard.member)
    mine = refused(project, bernard.member, observed=True, refused_on=days(-5))
    assert (mine.information, mine.observed, mine.refused_on) == ("", False, days(0))


def test_it_is_talked_over_from_its_page(client, bernard, nurse, dressing):
    """The team opens a negotiation from it; the person asks for one, once."""
    sign_in(client, nurse)
    opening = reverse("negotiation:open", args=[bernard.pk]) + f"?refus={dressing.pk}"
    assert "Vous me faites mal." in unescape(client.get(opening).content.decode())
    sign_in(client, bernard.member)
    asking = reverse("home:own_talk") + f"?refus={dressing.pk}"
    assert asking in page(client, "refusal", dressing.pk)[1]
    for _press in range(2):
        assert client.post(asking, {"words": "Je veux que ce soit plus tard."}).status_code == 302
    one = Negotiation.objects.get()
    assert (one.refusal, one.context, one.level) == (dressing, "refusal", "C2")
    sign_in(client, person(bernard.establishment).member)
    assert "Vous me faites mal." not in unescape(client.get(asking).content.decode())
    assert Negotiation.objects.count() == 1


def test_the_list_asks_as_many_queries_for_one_as_for_six(client, bernard, project, nurse, dressing):
    sign_in(client, nurse)
    url = reverse("negotiation:refusals", args=[bernard.pk])
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for number in range(5):
        other = refused(project, nurse, care=f"Soin {number}")
        ask_again(other, "not_now" if number % 2 else "yes", by=nurse, ask_again_on=days(number))
    with CaptureQueriesContext(connection) as six:
        client.get(url)
    assert len(six) == len(one)


def test_a_page_of_a_long_story_asks_no_more_queries(client, nurse, dressing):
    sign_in(client, nurse)
    url = reverse("negotiation:refusal", args=[dressing.pk])
    ask_again(dressing, "not_now", by=nurse, ask_again_on=days(1))
    complete_refusal(dressing, Followed(told="Le médecin"), by=nurse)
    client.get(url)
    with CaptureQueriesContext(connection) as short:
        client.get(url)
    for number in range(5):
        ask_again(dressing, "not_now", by=nurse, ask_again_on=days(number))
        complete_refusal(dressing, Followed(told="Le médecin"), by=nurse)
    with CaptureQueriesContext(connection) as long:
        client.get(url)
    assert len(long) == len(short)
