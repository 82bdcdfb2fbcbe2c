"""The forms of professionals, by HTTP, as the cast."""

from datetime import UTC, datetime
from html import unescape

import pytest
from django.urls import reverse

from avec.audit.models import Entry
from avec.careplan.actions import change_goal, write_goal
from avec.careplan.models import Activity, Answer, Attachment, CarePlan, Expectation, Goal, Need, Position
from avec.careplan.sharing import WideningRefused
from avec.careplan.tests.factories import (
    activity,
    answered,
    days,
    establishment,
    expectation,
    goal,
    in_team,
    member,
    person,
    plan,
    relative,
    sign_in,
)
from avec.careplan.words import answered_by
from avec.documents.models import FileContent, StoredFile
from avec.people.models import Draft

pytestmark = pytest.mark.django_db
ONCE = "4c9d4f4e-0000-4000-8000-000000000001"


@pytest.fixture
def house():
    return establishment()


@pytest.fixture
def nurse(house):
    return member(house)


@pytest.fixture
def odette(house, nurse):
    odette = person(house, used_name="Odette")
    in_team(odette, nurse, is_referent=True)
    return odette


@pytest.fixture
def project(odette, nurse):
    return plan(odette, nurse)


@pytest.fixture
def team(client, nurse):
    return sign_in(client, nurse)


def text(answer):
    return unescape(answer.content.decode())


# ───────── Somebody's words


def words(**changes):
    sent = {"voice": "person", "words": "Je veux mon café au lit.", "kind": "wish", "importance": "3"}
    sent |= {"said_on": days(-1).isoformat(), "situation": "", "level": "C1", "once": ONCE}
    return sent | changes


def test_the_team_writes_down_the_persons_words(team, odette, project, nurse):
    url = reverse("careplan:say", args=[odette.pk])
    assert "Qui parle" in text(team.get(url))
    answer = team.post(url, words())
    said = Expectation.objects.get()
    assert answer.headers["Location"].endswith(f"#attente-{said.pk}")
    assert (said.voice, said.words, said.importance, said.written_by) == (
        "person",
        "Je veux mon café au lit.",
        3,
        nurse,
    )
    assert said.professional is None


def test_a_form_sent_twice_counts_once(team, odette, project):
    url = reverse("careplan:say", args=[odette.pk])
    team.post(url, words())
    assert team.post(url, words()).status_code == 302
    assert Expectation.objects.count() == 1


def test_a_relative_and_an_observation_keep_their_own_voice(team, odette, project, nurse):
    url = reverse("careplan:say", args=[odette.pk])
    claire, tutor = relative(odette), relative(odette, "representation")
    team.post(url, words(voice=str(claire.pk), once="1"))
    team.post(url, words(voice=str(tutor.pk), once="2"))
    team.post(url, words(voice="observed", situation="au repas", level="C3", once="3"))
    found = {said.voice: said for said in Expectation.objects.all()}
    assert found["relative"].relative == claire
    assert found["representative"].relative == tutor
    assert found["observed"].professional == nurse


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"voice": ""}, "Dites qui parle."),
        ({"voice": "9d7e7a3e-0000-4000-8000-000000000000"}, "n’en fait pas partie"),
        ({"words": "   "}, "Écrivez les mots"),
        ({"words": "x" * 4001}, "4000"),
        ({"said_on": "hier"}, "Écrivez une date, par exemple"),
        ({"said_on": "2999-01-01"}, "Écrivez une date"),
        ({"said_on": days(2).isoformat()}, "Ce jour est à venir"),
        ({"voice": "observed"}, "dans quelle situation"),
        ({"level": "C3"}, "restent ouverts"),
        ({"level": "C4"}, "C4"),
        ({"importance": "9"}, "9"),
        ({"kind": "other"}, "other"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(team, odette, project, changes, sentence):
    answer = team.post(reverse("careplan:say", args=[odette.pk]), words(**changes))
    assert answer.status_code == 422
    page = text(answer)
    assert sentence in page
    assert 'role="alert"' in page
    if "words" not in changes:
        assert "Je veux mon café au lit." in page
    assert not Expectation.objects.exists()


def test_somebody_of_another_circle_is_not_a_choice(team, odette, project, house):
    other = relative(person(house))
    assert team.post(reverse("careplan:say", args=[odette.pk]), words(voice=str(other.pk))).status_code == 422


def test_without_a_plan_words_wait_for_it(team, odette):
    answer = team.get(reverse("careplan:say", args=[odette.pk]), follow=True)
    assert "Ouvrez d’abord le projet" in text(answer)


def test_words_are_taken_back_after_a_question(team, odette, project, nurse):
    said = expectation(project, nurse)
    url = reverse("careplan:withdraw", args=[said.pk])
    page = text(team.get(url))
    assert "Retirer cette attente" in page
    assert "Elle restera dans l’historique." in page
    said.refresh_from_db()
    assert said.withdrawn_at is None
    team.post(url)
    said.refresh_from_db()
    assert said.withdrawn_at is not None


def test_somebody_elses_words_are_not_taken_back(team, house, odette, project):
    colleague = member(house)
    in_team(odette, colleague)
    said = expectation(project, colleague)
    assert team.post(reverse("careplan:withdraw", args=[said.pk])).status_code in {403, 404}
    said.refresh_from_db()
    assert said.withdrawn_at is None


# ───────── The answer


NEW = {"statement": "Le café au lit", "due_on": days(90).isoformat(), "priority": "1", "easy_words": ""}


@pytest.mark.parametrize(
    ("sent", "reply"),
    [
        ({"reply": "new"} | NEW, "taken_up"),
        (
            {"reply": "postponed", "until": days(30).isoformat(), "postponed_reason": "après les travaux"},
            "postponed",
        ),
        ({"reply": "declined", "reason": "À cause du risque d’incendie.", "instead": "L’office"}, "declined"),
    ],
)
def test_an_answer_is_kept_and_read_by_the_person_at_once(team, client, odette, project, nurse, sent, reply):
    said = expectation(project, nurse)
    url = reverse("careplan:answer", args=[said.pk])
    assert "Répondre à Odette" in text(team.get(url))
    assert team.post(url, sent).status_code == 302
    answer = Answer.objects.get()
    said.refresh_from_db()
    assert (answer.reply, answer.by, said.current_answer) == (reply, nurse, answer)
    page = text(sign_in(client, odette.member).get(reverse("home:thread", args=[said.pk])))
    assert {"taken_up": "Le café au lit", "postponed": "après les travaux", "declined": "risque d’incendie"}[
        reply
    ] in page


def test_an_existing_goal_takes_it_up_and_becomes_its_origin(team, project, nurse):
    said, aim = expectation(project, nurse), goal(project, nurse)
    team.post(reverse("careplan:answer", args=[said.pk]), {"reply": "existing", "goal": str(aim.pk)})
    assert list(aim.expectations.all()) == [said]


def test_earlier_answers_stay(team, project, nurse):
    said = expectation(project, nurse)
    answered(said, nurse)
    url = reverse("careplan:answer", args=[said.pk])
    assert "La réponse d’avant" in text(team.get(url))
    team.post(url, {"reply": "new"} | NEW)
    assert Answer.objects.count() == 2


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Choisissez une des quatre réponses."),
        ({"reply": "negotiated"}, "negotiated"),
        ({"reply": "existing"}, "Choisissez l’objectif"),
        ({"reply": "existing", "goal": "x"}, "x"),
        ({"reply": "new"} | NEW | {"statement": ""}, "Écrivez l’objectif."),
        ({"reply": "new"} | NEW | {"due_on": ""}, "Écrivez la date du terme."),
        ({"reply": "new"} | NEW | {"due_on": days(-1).isoformat()}, "Écrivez une date à venir"),
        ({"reply": "new"} | NEW | {"priority": "0"}, "à partir de 1"),
        ({"reply": "new"} | NEW | {"priority": "une"}, "à partir de 1"),
        ({"reply": "postponed"}, "Écrivez la date à laquelle on en reparle."),
        ({"reply": "postponed", "until": days(0).isoformat()}, "on en reparle à ce moment-là"),
        ({"reply": "declined"}, "Écrivez pourquoi"),
        ({"reply": "declined", "reason": "non"}, "Écrivez pourquoi"),
    ],
)
def test_an_answer_that_leads_nowhere_is_refused_above_its_field(team, project, nurse, sent, sentence):
    said = expectation(project, nurse)
    typed = {"instead": "Ce que j’avais tapé"}
    answer = team.post(reverse("careplan:answer", args=[said.pk]), typed | sent)
    assert answer.status_code == 422
    page = text(answer)
    assert sentence in page
    assert "Ce que j’avais tapé" in page
    assert not Answer.objects.exists()
    assert not Goal.objects.exists()


def test_another_plans_goal_is_not_a_choice(team, house, project, nurse):
    other = person(house)
    in_team(other, nurse)
    elsewhere = goal(plan(other, nurse), nurse)
    said = expectation(project, nurse)
    sent = {"reply": "existing", "goal": str(elsewhere.pk)}
    assert team.post(reverse("careplan:answer", args=[said.pk]), sent).status_code == 422


# ───────── Goals


def aim(**changes):
    sent = {
        "statement": "Aller au jardin",
        "due_on": days(90).isoformat(),
        "priority": "1",
        "level": "C1",
        "referent": "",
    }
    return sent | {"title": "", "easy_words": "", "expected_result": "", "strategy": ""} | changes


def test_a_goal_has_an_origin_a_term_and_a_priority(team, project, nurse):
    said = expectation(project, nurse)
    need = Need.objects.create(
        plan=project, person=project.person, establishment=project.establishment, words="Équilibre"
    )
    url = reverse("careplan:write_goal", args=[project.pk])
    assert "Équilibre" in text(team.get(url))
    sent = aim(expectations=[str(said.pk)], needs=[str(need.pk)], referent=str(nurse.pk))
    assert team.post(url, sent).status_code == 302
    written = Goal.objects.get()
    assert (list(written.expectations.all()), list(written.needs.all())) == ([said], [need])
    assert (written.referent, written.number) == (nurse, 1)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"expectations": []}, "Dites d’où vient cet objectif"),
        ({"statement": ""}, "Écrivez l’objectif."),
        ({"due_on": ""}, "Écrivez la date du terme."),
        ({"priority": ""}, "Écrivez une priorité"),
        ({"referent": "9d7e7a3e-0000-4000-8000-000000000000"}, "9d7e7a3e"),
        ({"expectations": ["9d7e7a3e-0000-4000-8000-000000000000"]}, "9d7e7a3e"),
        ({"level": "C4"}, "C4"),
    ],
)
def test_an_unfinished_goal_is_refused_and_stays_typed(team, project, nurse, changes, sentence):
    said = expectation(project, nurse)
    sent = aim(expectations=[str(said.pk)], strategy="Pas à pas") | changes
    answer = team.post(reverse("careplan:write_goal", args=[project.pk]), sent)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "Pas à pas" in text(answer)
    assert not Goal.objects.exists()


def changed(written, said, **changes):
    return aim(expectations=[str(said.pk)], version=written.version, status="active") | changes


def test_a_goal_changes(team, project, nurse):
    said, written = expectation(project, nurse), goal(project, nurse, due_on=days(-3))
    answered(said, nurse, written)
    url = reverse("careplan:change_goal", args=[written.pk])
    assert "Aller seule au jardin" in text(team.get(url))
    # A term already past may stay: it asks for an evaluation.
    sent = changed(written, said, statement="Aller au potager", due_on=days(-3).isoformat())
    assert team.post(url, sent).status_code == 302
    written.refresh_from_db()
    assert (written.statement, written.version) == ("Aller au potager", 2)


def test_two_texts_at_once_are_both_shown_and_nothing_is_lost(team, project, nurse):
    said, written = expectation(project, nurse), goal(project, nurse, "Le jardin")
    answered(said, nurse, written)
    url = reverse("careplan:change_goal", args=[written.pk])
    mine = changed(written, said, statement="Le jardin, avec une pause")
    team.post(url, changed(written, said, statement="Le jardin, sauf s’il pleut"))
    clash = team.post(url, mine)
    assert clash.status_code == 409
    page = text(clash)
    assert "Le jardin, avec une pause" in page
    assert "Le jardin, sauf s’il pleut" in page
    assert "Garder les deux et relire" in page
    written.refresh_from_db()
    assert written.statement == "Le jardin, sauf s’il pleut"
    both = text(team.post(url, mine | {"version": written.version, "keep": "both"}))
    assert "Le jardin, avec une pause\nLe jardin, sauf s’il pleut" in both
    written.refresh_from_db()
    assert written.version == 2
    assert team.post(url, mine | {"version": 2, "keep": "theirs"}).status_code == 302
    written.refresh_from_db()
    assert written.statement == "Le jardin, sauf s’il pleut"
    team.post(url, mine | {"version": 2, "keep": "mine"})
    written.refresh_from_db()
    assert written.statement == "Le jardin, avec une pause"


def test_an_origin_that_one_cannot_read_stays_tied(team, house, odette, project, nurse):
    said, written = expectation(project, nurse), goal(project, nurse)
    hidden = expectation(project, nurse, "Entre nous", voice="observed", level="C1", situation="le soir")
    Expectation.objects.filter(pk=hidden.pk).update(level="C4", written_by=member(house))
    answered(said, nurse, written)
    written.expectations.add(hidden)
    team.post(reverse("careplan:change_goal", args=[written.pk]), changed(written, said))
    assert set(written.expectations.all()) == {said, hidden}


# ───────── Positions


def test_each_party_has_its_position_and_the_earlier_one_stays(team, odette, project, nurse):
    written, claire = goal(project, nurse), relative(odette)
    url = reverse("careplan:position", args=[written.pk])
    assert "L’équipe" in text(team.get(url))
    team.post(url, {"who": "person", "stance": "agrees", "once": "1"})
    team.post(url, {"who": "person", "stance": "in_part", "reason": "Pas l’hiver.", "once": "2"})
    team.post(url, {"who": str(claire.pk), "stance": "prefers_not", "once": "3"})
    team.post(
        url, {"who": "professional", "stance": "disagrees", "reason": "Le sol est mouillé.", "once": "4"}
    )
    current = Position.objects.filter(goal=written, is_current=True)
    assert {(one.voice, one.stance) for one in current} == {
        ("person", "in_part"),
        ("relative", "prefers_not"),
        ("professional", "disagrees"),
    }
    assert Position.objects.count() == 4
    assert "Les positions d’avant" in text(team.get(url))


def test_somebody_who_becomes_a_representative_keeps_one_position(team, odette, project, nurse):
    written, claire = goal(project, nurse), relative(odette)
    url = reverse("careplan:position", args=[written.pk])
    team.post(url, {"who": str(claire.pk), "stance": "agrees", "once": "1"})
    claire.mandates.create(kind="representation")
    assert team.post(url, {"who": str(claire.pk), "stance": "in_part", "once": "2"}).status_code == 302
    assert Position.objects.get(is_current=True).voice == "representative"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"stance": "agrees"}, "Dites qui."),
        ({"who": "person"}, "Choisissez une des cinq réponses."),
        ({"who": "person", "stance": "maybe"}, "maybe"),
        ({"who": "person", "stance": "could_not"}, "quand on redemande"),
        ({"who": "person", "stance": "could_not", "ask_again_on": days(0).isoformat()}, "date à venir"),
        ({"who": "professional", "stance": "disagrees"}, "Écrivez pourquoi"),
    ],
)
def test_an_unclear_position_is_refused(team, project, nurse, sent, sentence):
    answer = team.post(reverse("careplan:position", args=[goal(project, nurse).pk]), sent)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not Position.objects.exists()


# ───────── Activities


def act(**changes):
    sent = {
        "title": "Ouvrir la porte",
        "participation": "with",
        "doers": ["person"],
        "house": "Malik",
        "rhythm_kind": "words",
        "rhythm": "le lundi",
    }
    return sent | {"place": "", "owner": "", "description": "", "level": "C1"} | changes


def test_an_activity_says_who_when_and_which_part(team, project, nurse):
    written = goal(project, nurse)
    url = reverse("careplan:add_activity", args=[project.pk])
    page = text(team.get(url, {"objectif": str(written.pk)}))
    assert "avec Odette" in page
    assert "checked" in page
    assert team.post(url, act(goals=[str(written.pk)], owner=str(nurse.pk))).status_code == 302
    added = Activity.objects.get()
    assert (added.participation, added.owner, list(added.goals.all())) == ("with", nurse, [written])


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "Écrivez ce qu’on fait."),
        ({"participation": ""}, "comment la personne y prend part"),
        ({"doers": [], "house": ""}, "Dites qui le fait"),
        ({"goals": ["x"]}, "x"),
    ],
)
def test_an_unclear_activity_is_refused(team, project, nurse, changes, sentence):
    goal(project, nurse)
    answer = team.post(reverse("careplan:add_activity", args=[project.pk]), act(**changes))
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "le lundi" in text(answer)
    assert not Activity.objects.exists()


def test_an_activity_changes_and_clashes(team, project, nurse):
    doing = activity(project, nurse, goal(project, nurse))
    url = reverse("careplan:change_activity", args=[doing.pk])
    assert doing.title in text(team.get(url))
    first = act(version=doing.version, status="active", title="Un")
    assert team.post(url, first).status_code == 302
    clash = team.post(url, first | {"title": "Deux"})
    assert clash.status_code == 409
    assert "Un" in text(clash)
    both = text(team.post(url, first | {"title": "Deux", "version": 2, "keep": "both"}))
    assert "Deux / Un" in both
    team.post(url, first | {"title": "Deux", "version": 2, "keep": "mine", "status": "preparing"})
    doing.refresh_from_db()
    assert (doing.title, doing.status, doing.performer) == ("Deux", "preparing", "Odette et Malik")


# ───────── Opening a plan


def test_a_plan_is_opened_once(team, odette, nurse):
    url = reverse("careplan:open_plan", args=[odette.pk])
    assert "Le projet d’Odette" in text(team.get(url))
    assert team.post(url, {"title": "", "starts_on": days(0).isoformat()}).status_code == 422
    sent = {"title": "Mon projet", "kind": "PP", "starts_on": days(0).isoformat()}
    assert team.post(url, sent).status_code == 302
    opened = CarePlan.objects.get()
    assert (opened.kind, opened.created_by, opened.stay.person) == ("PP", nurse, odette)
    team.post(url, sent)
    assert CarePlan.objects.count() == 1


# ───────── Who may, and what is kept


def pages(odette, project, nurse):
    said, written = expectation(project, nurse), goal(project, nurse)
    doing = activity(project, nurse, written)
    return [
        reverse("careplan:say", args=[odette.pk]),
        reverse("careplan:answer", args=[said.pk]),
        reverse("careplan:withdraw", args=[said.pk]),
        reverse("careplan:write_goal", args=[project.pk]),
        reverse("careplan:change_goal", args=[written.pk]),
        reverse("careplan:position", args=[written.pk]),
        reverse("careplan:add_activity", args=[project.pk]),
        reverse("careplan:change_activity", args=[doing.pk]),
        reverse("careplan:open_plan", args=[odette.pk]),
    ]


def test_strangers_find_none_of_the_forms(client, house, odette, project, nurse):
    urls = pages(odette, project, nurse)
    former = member(house)
    in_team(odette, former, ends_on=days(-1))
    before = Entry.objects.count()
    for actor in (
        former,
        member(house),
        member(establishment()),
        odette.member,
        relative(odette).member,
        member(house, "director"),
    ):
        sign_in(client, actor)
        assert {client.get(url).status_code for url in urls} == {404}
        assert {client.post(url, {}).status_code for url in urls} == {404}
    assert Entry.objects.count() == before


def test_somebody_from_outside_reads_but_fills_no_form(client, house, odette, project, nurse):
    urls = pages(odette, project, nurse)
    outside = member(house)
    in_team(odette, outside, external=True)
    sign_in(client, outside)
    assert {client.get(url).status_code for url in urls} <= {403, 404}


def test_each_form_opened_is_a_reading(team, odette, project, nurse):
    for url in pages(odette, project, nurse)[:-1]:
        assert team.get(url).status_code == 200
    assert Entry.objects.filter(verb="form.read", person_id=odette.pk, actor_id=nurse.pk).count() == 8


def test_a_draft_comes_back_and_goes_when_the_form_is_sent(team, odette, project, nurse):
    url = reverse("careplan:say", args=[odette.pk])
    key = f"say:{odette.pk}"
    assert f'value="{key}"' in text(team.get(url))
    team.post(reverse("people:draft"), words(words="Mon brou", draft_key=key, voice="observed"))
    page = text(team.get(url))
    assert "Mon brou" in page
    assert "est repris" in page
    assert "Repartir de zéro" in page
    team.post(url, words(draft_key=key))
    assert not Draft.objects.exists()
    assert "est repris" not in text(team.get(url))


def test_a_refused_form_keeps_its_draft(team, odette, project):
    key = f"say:{odette.pk}"
    team.post(reverse("people:draft"), words(draft_key=key))
    team.post(reverse("careplan:say", args=[odette.pk]), words(voice="", draft_key=key))
    assert Draft.objects.count() == 1


def test_a_draft_opens_no_record(client, house, odette, project, nurse):
    sign_in(client, nurse).post(reverse("people:draft"), words(draft_key=f"say:{odette.pk}"))
    stranger = member(house)
    sign_in(client, stranger).post(
        reverse("people:draft"), words(words="pirate", draft_key=f"say:{odette.pk}")
    )
    assert client.get(reverse("careplan:say", args=[odette.pk])).status_code == 404
    assert "pirate" not in text(sign_in(client, nurse).get(reverse("careplan:say", args=[odette.pk])))


def test_a_goals_draft_restores_its_origins(team, project, nurse):
    one, two = expectation(project, nurse, "Une"), expectation(project, nurse, "Deux")
    key = f"goal:{project.pk}"
    team.post(reverse("people:draft"), aim(draft_key=key, expectations=[str(one.pk), str(two.pk)]))
    page = text(team.get(reverse("careplan:write_goal", args=[project.pk])))
    assert page.count("checked") >= 2


# ───────── Files


def joined(project, level="C2", content_type="application/pdf"):
    data = b"%PDF-1.7 bonjour"
    file = StoredFile.objects.create(
        establishment_id=project.establishment_id,
        title="Bilan",
        content_type=content_type,
        size=len(data),
        sha256="0" * 64,
    )
    FileContent.objects.create(file=file, data=data)
    return Attachment.objects.create(
        plan=project,
        person=project.person,
        establishment=project.establishment,
        file=file,
        title="Bilan d’Odette / 2026",
        level=level,
    )


def test_a_file_is_saved_never_shown_and_its_reading_noted(team, project, nurse):
    found = joined(project)
    answer = team.get(reverse("careplan:attachment", args=[found.pk]))
    assert answer.content == b"%PDF-1.7 bonjour"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "/" not in answer.headers["Content-Disposition"].replace("''", "")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert (
        Entry.objects.filter(verb="attachment.read", object_id=str(found.pk), actor_id=nurse.pk).count() == 1
    )


def test_a_file_opens_with_what_it_is_joined_to(client, house, odette, project):
    claire = relative(odette)
    shared, ours, note = joined(project, "C1"), joined(project, "C2"), joined(project, "C3")
    former = member(house)
    in_team(odette, former, ends_on=days(-1))
    expected = {
        odette.member: [200, 200, 404],
        claire.member: [200, 404, 404],
        former: [404] * 3,
        member(establishment()): [404] * 3,
    }
    for actor, codes in expected.items():
        sign_in(client, actor)
        assert [
            client.get(reverse("careplan:attachment", args=[one.pk])).status_code
            for one in (shared, ours, note)
        ] == codes


def test_an_answer_given_after_midnight_bears_the_day_on_the_wall(house, nurse):
    just_after = datetime(2026, 11, 21, 23, 8, tzinfo=UTC)
    assert answered_by(Answer(by=nurse, at=just_after)).endswith("le 22 novembre 2026")


def test_the_form_of_an_activity_elides_the_name(odette, team, project):
    page = text(team.get(reverse("careplan:add_activity", args=[project.pk])))
    assert "La part d’Odette" in page
    assert "en présence d’Odette" in page
    assert "de Odette" not in page


def test_only_the_author_or_the_referent_shares_more_widely(house):
    nurse, colleague, author = member(house), member(house), member(house)
    someone = person(house)
    in_team(someone, nurse, is_referent=True)
    in_team(someone, colleague)
    in_team(someone, author)
    aim = write_goal(plan(someone, nurse), statement="Dormir", level="C2", by=author)
    with pytest.raises(WideningRefused):
        change_goal(aim, version=1, level="C1", by=colleague)
    assert change_goal(aim, version=1, level="C3", by=colleague).level == "C3"
    assert change_goal(aim, version=2, level="C2", by=author).level == "C2"
    assert change_goal(aim, version=3, level="C1", by=nurse).level == "C1"
    line = Entry.objects.filter(verb="goal.changed").latest("pk")
    assert (line.detail["level_before"], line.detail["level_after"]) == ("C2", "C1")


def test_words_declined_after_all_are_no_longer_where_a_goal_comes_from(project, nurse):
    said = expectation(project, nurse)
    aim = goal(project, nurse)
    answered(said, nurse, goal=aim)
    assert list(aim.expectations.all()) == [said]
    answered(said, nurse)
    assert not aim.expectations.exists()


def test_a_goal_that_is_over_keeps_where_it_came_from(project, nurse):
    said = expectation(project, nurse)
    aim = goal(project, nurse)
    answered(said, nurse, goal=aim)
    Goal.objects.filter(pk=aim.pk).update(status="completed")
    answered(said, nurse)
    assert list(aim.expectations.all()) == [said]
