"""Goals, evaluations in two voices and activities, by HTTP and through the actions, as the cast."""

from datetime import timedelta
from html import unescape

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from avec.accounts.models import Role
from avec.accounts.policy import PermissionDenied
from avec.careplan.actions import (
    ActivityRefused,
    Doer,
    EvaluationRefused,
    add_activity,
    change_activity,
    change_goal,
    change_goal_status,
    end_activity,
    evaluate_goal,
    put_goals_aside,
    resume_activity,
    take_position,
    undo_goal_change,
)
from avec.careplan.doers import when_where
from avec.careplan.due import goals_to_evaluate, positions_to_ask_again
from avec.careplan.forms.rhythms import controls_of
from avec.careplan.models import (
    Activity,
    Evaluation,
    Goal,
    GoalChange,
    ParticipationChange,
    Position,
)
from avec.careplan.rules import Stance
from avec.careplan.rules.goal_moves import GoalMove, GoalMoveRefused
from avec.careplan.standing import evaluations_of, score_of, standing_of
from avec.careplan.tests.factories import (
    activity,
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
from avec.careplan.together import changes_of, together_of

pytestmark = pytest.mark.django_db


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
def garden(project, nurse):
    return goal(project, nurse)


@pytest.fixture
def team(client, nurse):
    return sign_in(client, nurse)


def text(answer):
    return unescape(answer.content.decode()).replace("\u00a0", " ")


# ───────── Writing a goal, with help


def goal_sent(**changes):
    sent = {"statement": "Améliorer l’autonomie et le moral", "due_on": days(60).isoformat(), "priority": "1"}
    return sent | {"level": "C1"} | changes


def test_hints_come_while_writing_and_block_nothing(team, project):
    hints = team.post(
        reverse("careplan:goal_hints", args=[project.pk]),
        {"statement": "Améliorer l’autonomie de la patiente"},
    )
    assert "À relire, si vous voulez" in text(hints)
    url = reverse("careplan:write_goal", args=[project.pk])
    assert 'role="status"' in text(team.get(url))
    assert team.post(url, goal_sent()).status_code == 302
    assert Goal.objects.get().statement == "Améliorer l’autonomie et le moral"


def test_without_a_script_the_hints_come_after_reading_again(team, project, garden):
    for url in (
        reverse("careplan:write_goal", args=[project.pk]),
        reverse("careplan:change_goal", args=[garden.pk]),
    ):
        answer = team.post(url, goal_sent(reread="1", title="Gardé", version="1"))
        assert answer.status_code == 200
        assert "Rien n’est encore enregistré" in text(answer)
        assert "À relire, si vous voulez" in text(answer)
        assert "Gardé" in text(answer)
    assert Goal.objects.count() == 1


def test_levels_are_worded_with_what_was_expected_as_zero(team, project, garden):
    sent = goal_sent(
        version="1",
        expected_result="Quatre matins par semaine",
        level_m2="Ne sort plus",
        level_p2="Tous les matins",
        importance="3",
        difficulty="2",
    )
    url = reverse("careplan:change_goal", args=[garden.pk])
    assert team.post(url, sent).status_code == 302
    garden.refresh_from_db()
    assert garden.worded_levels == {
        "-2": "Ne sort plus",
        "0": "Quatre matins par semaine",
        "2": "Tous les matins",
    }
    assert (garden.importance, garden.difficulty) == (3, 2)
    assert "Ne sort plus" in text(team.get(url))


def test_the_weight_and_the_levels_clash_like_the_rest(team, garden):
    url = reverse("careplan:change_goal", args=[garden.pk])
    assert team.post(url, goal_sent(version="1", importance="2", level_m2="Moins")).status_code == 302
    clash = team.post(url, goal_sent(version="1", importance="3", level_m2="Rien"))
    assert clash.status_code == 409
    assert "Rien" in text(clash)
    assert "Moins" in text(clash)


@pytest.mark.parametrize(
    "words",
    ["x" * 20_000, "Je veux 🐈 et 👩🏽‍🦽.", "أريد أن أشرب القهوة", "<script>alert(1)</script>"],
)
def test_any_words_are_kept_or_refused_in_clear_words(team, project, words):
    answer = team.post(reverse("careplan:write_goal", args=[project.pk]), goal_sent(statement=words))
    if len(words) > 1000:
        assert answer.status_code == 422
        assert "1000" in text(answer)
        assert not Goal.objects.exists()
    else:
        assert answer.status_code == 302
        assert Goal.objects.get().statement == words
    hints = team.post(reverse("careplan:goal_hints", args=[project.pk]), {"statement": words})
    assert hints.status_code == 200
    assert "<script>alert" not in hints.content.decode()


# ───────── What becomes of a goal


def test_a_goal_is_removed_with_a_reason_and_comes_back_with_one(team, garden, nurse):
    url = reverse("careplan:move_goal", args=[garden.pk, "retirer"])
    assert "Il restera dans l’historique" in text(team.get(url))
    refused = team.post(url, {"reason": " "})
    assert refused.status_code == 422
    assert not GoalChange.objects.exists()
    assert team.post(url, {"reason": "Odette n’en veut plus."}).status_code == 302
    garden.refresh_from_db()
    assert garden.status == "cancelled"
    page = text(team.get(reverse("careplan:goal_history", args=[garden.pk])))
    assert "Odette n’en veut plus." in page
    assert "Annuler ce changement" in page
    again = reverse("careplan:move_goal", args=[garden.pk, "reprendre"])
    assert team.post(again, {"reason": "Le printemps revient."}).status_code == 302
    garden.refresh_from_db()
    assert garden.status == "active"
    assert [change.after for change in GoalChange.objects.order_by("at")] == ["cancelled", "active"]


def test_a_slip_is_undone_by_whoever_made_it(garden, odette, house, nurse):
    colleague = member(house)
    in_team(odette, colleague)
    change_goal_status(garden, GoalMove.REMOVE, "Par erreur", by=nurse)
    with pytest.raises(GoalMoveRefused):
        undo_goal_change(garden, by=colleague)
    undo_goal_change(garden, by=nurse)
    garden.refresh_from_db()
    assert garden.status == "active"
    assert GoalChange.objects.count() == 2


def test_two_people_remove_it_at_once_and_only_one_line_stays(garden, nurse):
    change_goal_status(garden, GoalMove.REMOVE, "Oui", by=nurse)
    with pytest.raises(GoalMoveRefused):
        change_goal_status(garden, GoalMove.REMOVE, "Oui", by=nurse)
    assert GoalChange.objects.count() == 1


def test_a_change_of_state_keeps_its_line_whichever_way_it_comes(garden, nurse):
    change_goal(garden, version=1, by=nurse, status="completed")
    assert GoalChange.objects.get().after == "completed"


def test_an_unknown_move_is_not_there(team, garden):
    assert team.get(reverse("careplan:move_goal", args=[garden.pk, "effacer"])).status_code == 404


def test_past_seven_the_screen_asks_and_does_not_block(team, project, nurse):
    goals = [goal(project, nurse, f"Objectif {n}") for n in range(7)]
    answer = team.post(reverse("careplan:write_goal", args=[project.pk]), goal_sent())
    ask = reverse("careplan:priorities", args=[project.pk])
    assert answer.headers["Location"] == ask
    assert Goal.objects.live().count() == 8
    page = text(team.get(ask))
    assert "8 objectifs sont en cours" in page
    assert "Décider plus tard" in page
    too_many = team.post(ask, {"keep": [str(one.pk) for one in Goal.objects.all()]})
    assert too_many.status_code == 422
    kept = [str(one.pk) for one in goals[:6]]
    reasons = {f"reason_{one.number}": "Plus tard." for one in Goal.objects.all()}
    silent = team.post(ask, {"keep": kept} | reasons | {"reason_8": ""})
    assert silent.status_code == 422
    assert Goal.objects.live().count() == 8
    assert team.post(ask, {"keep": kept} | reasons).status_code == 302
    assert Goal.objects.live().count() == 6
    assert {change.reason for change in GoalChange.objects.all()} == {"Plus tard."}


def test_goals_are_put_aside_all_or_none(project, nurse, garden, house):
    other = goal(plan(person(house), nurse_of(house)), nurse_of.last)
    with pytest.raises(PermissionDenied):
        put_goals_aside(project, {garden.pk: "Oui", other.pk: "Non"}, by=nurse)
    garden.refresh_from_db()
    assert garden.status == "active"


def nurse_of(house):
    from avec.people.models import Person

    nurse_of.last = member(house)
    in_team(Person.objects.order_by("-created_at").first(), nurse_of.last)
    return nurse_of.last


# ───────── Positions


def test_could_not_answer_says_why_and_comes_back(team, garden, nurse):
    url = reverse("careplan:position", args=[garden.pk])
    sent = {"who": "person", "stance": "could_not", "reason": "", "ask_again_on": days(7).isoformat()}
    assert "ce qui a empêché" in text(team.post(url, sent))
    assert team.post(url, sent | {"reason": "Fatiguée ce jour-là."}).status_code == 302
    assert not positions_to_ask_again(nurse, days(6)).exists()
    assert [one.goal for one in positions_to_ask_again(nurse, days(7))] == [garden]
    take_position(garden, Stance.AGREES, by=nurse, voice="person")
    assert not positions_to_ask_again(nurse, days(7)).exists()
    page = text(team.get(url))
    assert "Les positions d’avant" in page
    assert f"noté par {nurse.name}" in page


def test_a_relative_never_reads_another_relatives_position(garden, odette, nurse):
    claire, paul = relative(odette, "carer"), relative(odette, "carer", given_name="Paul")
    for one in (claire, paul):
        take_position(garden, Stance.IN_PART, by=one.member, reason=one.given_name)
    take_position(garden, Stance.AGREES, by=odette.member)
    seen = Position.objects.visible_to(claire.member)
    assert {one.reason for one in seen} == {"Claire", ""}
    assert Position.objects.visible_to(nurse).count() == 3


# ───────── Evaluations


def test_each_voice_evaluates_in_its_own_name(garden, odette, nurse):
    claire = relative(odette, "carer")
    evaluate_goal(garden, value=1, words="Cinq matins", by=odette.member, voice="professional")
    evaluate_goal(garden, value=-1, by=claire.member, voice="person")
    evaluate_goal(garden, value=0, by=nurse)
    evaluate_goal(garden, value=2, words="Ça va", by=nurse, voice="person")
    said = [(one.voice, one.value, one.by) for one in Evaluation.objects.order_by("at")]
    assert said == [
        ("person", 1, odette.member),
        ("relative", -1, claire.member),
        ("professional", 0, nurse),
        ("person", 2, nurse),
    ]


def test_the_two_sides_stand_side_by_side_with_their_gap(garden, odette, nurse, project):
    evaluate_goal(garden, value=-1, by=odette.member, evaluated_on=days(-20))
    evaluate_goal(garden, value=1, words="J’y vais.", by=nurse, voice="person", evaluated_on=days(-2))
    evaluate_goal(garden, value=0, by=nurse, evaluated_on=days(-2))
    standing = standing_of(garden, evaluations_of(nurse, project)[garden.pk], odette)
    assert [one.speaker.v for one in standing.latest] == ["person", "professional"]
    assert (standing.person_value, standing.professional_value) == (1, 0)
    assert standing.gap.words == "Pour Odette, cela va mieux que pour l’équipe."
    assert [one.value for one in standing.earlier] == [-1]
    assert "dit à l’équipe, noté par" in standing.latest[0].when
    assert "dans son espace" in standing.earlier[0].when


def test_what_was_seen_is_on_the_persons_side_under_its_own_mark(garden, odette, nurse, project):
    evaluate_goal(garden, value=2, by=nurse, voice="observed", words="Sourit en sortant.")
    evaluate_goal(garden, value=0, by=nurse)
    standing = standing_of(garden, evaluations_of(nurse, project)[garden.pk], odette)
    assert [one.speaker.v for one in standing.latest] == ["observed", "professional"]
    assert standing.person_value == 2
    assert score_of("person", [standing]) is None
    assert score_of("professional", [standing]).value == "50"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Choisissez un niveau, ou dites-le en mots"),
        ({"words": "   "}, "Choisissez un niveau, ou dites-le en mots"),
        ({"value": 3}, "entre −2 et"),
        ({"value": 1, "evaluated_on": days(1)}, "à venir"),
    ],
)
def test_an_evaluation_that_says_nothing_is_refused(garden, nurse, said, sentence):
    with pytest.raises(EvaluationRefused, match=sentence):
        evaluate_goal(garden, by=nurse, **said)
    assert not Evaluation.objects.exists()


def test_a_removed_goal_is_not_evaluated(garden, nurse):
    change_goal_status(garden, GoalMove.REMOVE, "Non", by=nurse)
    with pytest.raises(EvaluationRefused):
        evaluate_goal(garden, by=nurse, value=1)


def test_nobody_outside_evaluates(garden, house, odette):
    for stranger in (
        member(house),
        member(establishment()),
        relative(odette, None).member,
        person(house).member,
    ):
        with pytest.raises(PermissionDenied):
            evaluate_goal(garden, by=stranger, value=1)
        assert not Evaluation.objects.visible_to(stranger).exists()


def test_a_trainee_of_the_team_writes_what_they_see(garden, odette, house):
    trainee = member(house, Role.TRAINEE.value)
    in_team(odette, trainee)
    assert evaluate_goal(garden, by=trainee, value=0).voice == "professional"


def test_a_relative_never_reads_another_relatives_evaluation(garden, odette, nurse):
    claire, tutor = relative(odette, "carer"), relative(odette, "representation", given_name="Anne")
    evaluate_goal(garden, value=1, words="Claire", by=claire.member)
    evaluate_goal(garden, value=1, words="Anne", by=tutor.member)
    evaluate_goal(garden, value=1, words="Odette", by=odette.member)
    evaluate_goal(garden, value=1, words="Équipe", by=nurse)

    def read_by(somebody):
        return {one.words for one in Evaluation.objects.visible_to(somebody)}

    assert read_by(claire.member) == {"Claire", "Odette", "Équipe"}
    assert read_by(tutor.member) == {"Anne", "Odette", "Équipe"}
    assert read_by(nurse) == read_by(odette.member) == {"Claire", "Anne", "Odette", "Équipe"}


def test_what_is_kept_to_the_team_is_not_evaluated_by_the_person(project, nurse, odette):
    note = goal(project, nurse, level="C3")
    evaluate_goal(note, value=1, by=nurse)
    assert not Evaluation.objects.visible_to(odette.member).exists()
    with pytest.raises(PermissionDenied):
        evaluate_goal(note, value=1, by=odette.member)


def test_an_evaluation_is_never_changed(garden, nurse):
    evaluation = evaluate_goal(garden, by=nurse, value=1)
    evaluation.value = 2
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        evaluation.save()


def test_the_form_of_an_evaluation(team, garden, nurse, odette):
    url = reverse("careplan:evaluate", args=[garden.pk])
    page = text(team.get(url))
    assert "dit à l’équipe" in page
    assert "sans niveau, en mots seulement" in page
    assert " checked" not in page.split("<form")[1]
    empty = team.post(url, {"who": "person", "value": "", "words": "", "evaluated_on": days(0).isoformat()})
    assert empty.status_code == 422
    assert "ou dites-le en mots" in text(empty)
    sent = {"who": "person", "value": "none", "words": "Bof", "evaluated_on": days(0).isoformat()}
    assert team.post(url, sent).status_code == 302
    assert team.post(url, sent | {"who": "professional", "value": "-1", "words": ""}).status_code == 302
    assert team.post(url, sent | {"value": "7"}).status_code == 422
    assert team.post(url, sent | {"evaluated_on": days(3).isoformat()}).status_code == 422
    assert [(one.voice, one.value, one.words) for one in Evaluation.objects.order_by("at")] == [
        ("person", None, "Bof"),
        ("professional", -1, ""),
    ]
    assert "« Bof »" in text(team.get(url))


def test_a_sitting_saves_each_goal_by_itself(team, project, nurse, odette):
    goals = [goal(project, nurse, f"Objectif {n}") for n in range(3)]
    url = reverse("careplan:review_goals", args=[project.pk])
    sent = {"who": "person", "evaluated_on": days(0).isoformat()}
    assert team.post(url, sent).status_code == 422
    sent |= {
        "value_1": "1",
        "words_1": "Bien",
        "value_2": "none",
        "words_2": "",
        "value_3": "",
        "words_3": "Moyen",
    }
    change_goal_status(goals[1], GoalMove.PUT_ASIDE, "Plus tard", by=nurse)
    answer = team.post(url, sent)
    assert answer.status_code == 302
    assert [
        (one.goal.number, one.value, one.words, one.voice) for one in Evaluation.objects.order_by("at")
    ] == [
        (1, 1, "Bien", "person"),
        (3, None, "Moyen", "person"),
    ]


def test_a_sitting_keeps_what_was_refused(team, project, nurse, monkeypatch):
    from avec.careplan.actions import evaluations

    for n in range(2):
        goal(project, nurse, f"Objectif {n}")
    real = evaluations._check_told

    def refuse_second(one, *told):
        if one.number == 2:
            raise EvaluationRefused("Cet objectif est retiré : reprenez-le d’abord.")
        real(one, *told)

    monkeypatch.setattr(evaluations, "_check_told", refuse_second)
    sent = {"who": "person", "evaluated_on": days(0).isoformat()}
    sent |= {"value_1": "1", "words_1": "", "value_2": "-1", "words_2": "Mes mots"}
    answer = team.post(reverse("careplan:review_goals", args=[project.pk]), sent)
    assert answer.status_code == 422
    assert "reprenez-le d’abord" in text(answer)
    assert "Mes mots" in text(answer)
    assert "words_1" not in text(answer)
    assert Evaluation.objects.count() == 1


def test_where_the_plan_stands_with_a_figure_for_each_voice(team, project, nurse, odette):
    first = goal(project, nurse, "Aller au jardin", importance=3, difficulty=2)
    second = goal(project, nurse, "Lire le courrier")
    evaluate_goal(first, value=1, by=odette.member)
    evaluate_goal(first, value=-1, by=nurse)
    evaluate_goal(second, value=0, by=nurse)
    page = text(team.get(reverse("careplan:evaluations", args=[project.pk])))
    assert "Kiresuk et Sherman" in page
    assert "60 :" in page  # one goal at +1: 50 + 10
    assert "nettement moins bien" not in page
    assert "nettement mieux que pour l’équipe" in page


def asked(django_assert_max_num_queries, client, url, most):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(url).status_code == 200
    assert len(seen) <= most
    return len(seen)


@pytest.mark.parametrize("name", ["evaluations", "review_goals", "priorities", "together"])
def test_ten_goals_ask_as_many_queries_as_two(
    team, project, nurse, odette, name, django_assert_max_num_queries
):
    claire = relative(odette, "carer")

    def fill(start, end):
        for n in range(start, end):
            one = goal(project, nurse, f"Objectif {n}", importance=2, difficulty=1)
            activity(project, nurse, one)
            for by in (odette.member, nurse, claire.member):
                evaluate_goal(one, value=n % 3, by=by, words="mots")
                evaluate_goal(one, value=0, by=by)
                take_position(one, Stance.AGREES, by=by)

    url = reverse(f"careplan:{name}", args=[project.pk])
    start = 8 if name == "priorities" else 2  # up to seven, there is nothing to choose
    fill(0, start)
    few = asked(django_assert_max_num_queries, team, url, 40)
    fill(start, start + 8)
    assert asked(django_assert_max_num_queries, team, url, 40) == few


@pytest.mark.parametrize("name", ["evaluate", "goal_history", "position", "change_goal"])
def test_a_long_history_asks_no_more_queries(
    team, garden, nurse, odette, name, django_assert_max_num_queries
):
    def fill(times):
        for n in range(times):
            change_goal(
                Goal.objects.get(pk=garden.pk), version=Goal.objects.get(pk=garden.pk).version, by=nurse
            )
            for by in (odette.member, nurse):
                evaluate_goal(garden, value=n % 3, by=by)
                take_position(garden, Stance.AGREES, by=by)

    url = reverse(f"careplan:{name}", args=[garden.pk])
    fill(1)
    few = asked(django_assert_max_num_queries, team, url, 40)
    fill(6)
    assert asked(django_assert_max_num_queries, team, url, 40) == few


def test_the_person_and_relatives_do_not_open_the_pages_of_professionals(client, garden, project, odette):
    for somebody in (odette.member, relative(odette, "carer").member):
        sign_in(client, somebody)
        for name in ("evaluations", "review_goals", "together", "priorities"):
            assert client.get(reverse(f"careplan:{name}", args=[project.pk])).status_code == 404
        for name in ("evaluate", "goal_history"):
            assert client.get(reverse(f"careplan:{name}", args=[garden.pk])).status_code == 404


def test_a_goal_past_its_term_waits_for_both_voices(project, nurse, odette):
    late = goal(project, nurse, due_on=days(-3))
    goal(project, nurse, due_on=days(3))
    found = goals_to_evaluate(nurse, days(0)).get()
    assert (found, found.person_heard, found.team_heard) == (late, False, False)
    evaluate_goal(late, value=0, by=nurse, evaluated_on=days(-100))
    evaluate_goal(late, value=0, by=odette.member)
    found = goals_to_evaluate(nurse, days(0)).get()
    assert (found.person_heard, found.team_heard) == (True, False)
    evaluate_goal(late, value=0, by=nurse)
    assert not goals_to_evaluate(nurse, days(0)).exists()
    assert goals_to_evaluate(nurse, days(3)).count() == 1


# ───────── Activities


def act(**changes):
    sent = {"title": "Marcher", "participation": "with", "doers": ["person"], "level": "C1"}
    return sent | {"rhythm_kind": "", "place": "", "owner": "", "description": ""} | changes


def test_several_do_it_and_their_names_make_one_sentence(team, project, nurse, odette):
    claire = relative(odette, "carer")
    sent = act(
        doers=["person", str(claire.pk), str(nurse.pk)], house="l’équipe de nuit", partners="La médiathèque"
    )
    assert team.post(reverse("careplan:add_activity", args=[project.pk]), sent).status_code == 302
    added = Activity.objects.get()
    assert added.performer == (f"Odette, {claire.name}, {nurse.name}, l’équipe de nuit et La médiathèque")
    kinds = sorted(performer.kind for performer in added.performers.all())
    assert kinds == ["partner", "person", "professional", "professional", "relative"]
    page = text(team.get(reverse("careplan:change_activity", args=[added.pk])))
    assert "l’équipe de nuit" in page
    assert page.count("checked") >= 3


def test_nobody_of_elsewhere_does_it(project, nurse, house):
    stranger, other = member(establishment()), relative(person(house))
    for doer in (Doer("professional", member=stranger), Doer("relative", relative=other)):
        with pytest.raises(PermissionDenied):
            add_activity(project, goals=[], by=nurse, performers=[doer], title="Non")


@pytest.mark.parametrize(
    ("controls", "words", "code"),
    [
        ({"rhythm_kind": "daily"}, "chaque jour", "FREQ=DAILY"),
        (
            {"rhythm_kind": "weekly", "rhythm_days": ["1", "4"], "rhythm_hours": "10 h 30"},
            "mardi",
            "FREQ=WEEKLY;BYDAY=TU,FR @ 10:30",
        ),
        (
            {"rhythm_kind": "weekly", "rhythm_days": ["0"], "rhythm_every": "2", "rhythm_parts": ["evening"]},
            "15 jours",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO @ evening",
        ),
        ({"rhythm_kind": "monthly"}, "mois", "FREQ=MONTHLY"),
        (
            {"rhythm_kind": "monthly", "month_nth": "-1", "month_weekday": "4"},
            "vendredi",
            "FREQ=MONTHLY;BYDAY=-1FR",
        ),
        ({"rhythm_kind": "monthly", "month_day": "15"}, "15", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ({"rhythm_kind": "once", "once_on": "2027-03-01"}, "2027", "ON=2027-03-01"),
        ({"rhythm_kind": "request"}, "Odette", "ON_REQUEST"),
        ({"rhythm_kind": "words", "rhythm": "après la sieste"}, "après la sieste", ""),
        ({"rhythm_kind": ""}, "", ""),
    ],
)
def test_a_rhythm_is_built_said_and_found_again(team, project, controls, words, code):
    assert team.post(reverse("careplan:add_activity", args=[project.pk]), act(**controls)).status_code == 302
    added = Activity.objects.get()
    assert added.recurrence == code
    assert words in added.rhythm
    shown = controls_of(added.recurrence, added.rhythm)
    assert shown["rhythm_kind"] == controls["rhythm_kind"]


@pytest.mark.parametrize(
    ("controls", "sentence"),
    [
        ({"rhythm_kind": "weekly"}, "Cochez au moins un jour"),
        ({"rhythm_kind": "once"}, "Écrivez quel jour."),
        ({"rhythm_kind": "words"}, "Écrivez quand"),
        ({"rhythm_kind": "daily", "rhythm_hours": "tantôt"}, "10 h 30"),
        ({"rhythm_kind": "weekly", "rhythm_days": ["0"], "rhythm_every": "0"}, "de 1 à 52"),
        ({"rhythm_kind": "monthly", "month_nth": "1"}, "quel jour de la semaine"),
        ({"starts_on": days(5).isoformat(), "ends_on": days(2).isoformat()}, "finirait avant de commencer"),
        ({"doers": [], "house": ""}, "Dites qui le fait"),
        ({"doers": ["x"]}, "Choisissez dans la liste"),
        ({"description": "x" * 20_000}, "2000"),
    ],
)
def test_an_unclear_activity_is_refused_and_what_was_typed_stays(team, project, controls, sentence):
    answer = team.post(reverse("careplan:add_activity", args=[project.pk]), act(title="Gardé", **controls))
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "Gardé" in text(answer)
    assert not Activity.objects.exists()


def test_the_preview_says_the_rhythm_and_keeps_nothing(team, project, garden):
    url = reverse("careplan:activity_preview", args=[project.pk])
    page = text(team.post(url, act(rhythm_kind="weekly", rhythm_days=["1"], participation="for")))
    assert "mardi" in page.lower()
    assert "Les prochaines fois" in page
    assert "par Odette" in page
    assert "Cochez au moins un jour" in text(team.post(url, act(rhythm_kind="weekly")))
    late = act(goals=[str(garden.pk)], ends_on=days(90).isoformat())
    assert "après le terme" in text(team.post(url, late))
    assert not Activity.objects.exists()
    read = team.post(
        reverse("careplan:add_activity", args=[project.pk]), act(rhythm_kind="daily", reread="1")
    )
    assert "Chaque jour" in text(read)
    assert "Rien n’est encore enregistré" in text(read)


def test_an_activity_has_easy_words_and_an_image(team, project):
    url = reverse("careplan:add_activity", args=[project.pk])
    sent = act(easy_words="Vous arrosez le jardin.\r\nC’est le mardi.", picto=["garden"])
    assert team.post(url, sent).status_code == 302
    doing = Activity.objects.get()
    lines = doing.easy_words.splitlines()
    assert (lines, doing.picto) == (["Vous arrosez le jardin.", "C’est le mardi."], "garden")
    page = text(team.get(reverse("careplan:change_activity", args=[doing.pk])))
    assert "Vous arrosez le jardin." in page
    assert 'data-keys="garden"' in page
    two = team.post(url, act(picto=["garden", "flowers"]))
    assert two.status_code == 422
    assert "Gardez une seule image" in text(two)


def test_the_easy_words_of_an_activity_are_read_again(team, project, nurse):
    doing = activity(project, nurse, easy_words="Vous arrosez (un peu).")
    page = text(team.get(reverse("careplan:change_activity", args=[doing.pk])))
    assert "Sans parenthèses" in page
    url = reverse("careplan:add_activity", args=[project.pk])
    read = text(team.post(url, act(easy_words="Vous arrosez ; vous bêchez.", reread="1")))
    assert "Sans point-virgule" in read
    assert "Rien n’est encore enregistré" in read


def test_words_received_from_elsewhere_stay_words(team, project, nurse):
    doing = activity(
        project,
        nurse,
        performer="Monsieur Garnier",
        rhythm="de temps en temps",
        serafin=["2.1", "2.2", "2.3"],
    )
    page = text(team.get(reverse("careplan:change_activity", args=[doing.pk])))
    assert "Monsieur Garnier" in page
    assert "de temps en temps" in page


def test_an_activity_ends_and_is_taken_up_again(team, project, nurse, odette):
    doing = activity(project, nurse, starts_at=timezone.now() - timedelta(days=3))
    url = reverse("careplan:end_activity", args=[doing.pk])
    assert team.post(url, {"done": "yes", "on": days(1).isoformat()}).status_code == 422
    assert team.post(url, {"done": "yes", "on": days(-10).isoformat()}).status_code == 422
    assert team.post(url, {"done": "yes", "on": days(0).isoformat()}).status_code == 302
    doing.refresh_from_db()
    assert doing.status == "completed"
    with pytest.raises(ActivityRefused):
        end_activity(doing, on=days(0), by=nurse)
    team.post(reverse("careplan:resume_activity", args=[doing.pk]))
    doing.refresh_from_db()
    assert (doing.status, doing.ends_at) == ("active", None)
    with pytest.raises(ActivityRefused):
        resume_activity(doing, by=nurse)
    assert [change.counts for change in ParticipationChange.objects.order_by("at")] == [True, False, True]


def test_doing_together_has_a_history(project, nurse, odette):
    first = activity(project, nurse, participation="for")
    activity(project, nurse, participation="with")
    activity(project, nurse, participation="", kind="resource")
    received = activity(project, nurse, participation="by", written_at=timezone.now() - timedelta(days=70))
    # What another house sends has no history of its own: it begins as it was written.
    with transaction.atomic():
        Activity.objects.filter(pk=received.pk).update(participation="by")
    change_activity(first, version=1, by=nurse, participation="by")
    figure = together_of(Activity.objects.filter(plan=project), changes_of(nurse, project))
    assert (figure.counted.together, figure.total) == (3, 3)
    assert figure.marks == ["by", "by", "with"]
    assert figure.rows


def test_an_activity_without_history_counts_since_it_was_written(project, nurse):
    lone = Activity.objects.create(
        plan=project,
        person=project.person,
        establishment=project.establishment,
        title="Reçue",
        participation="with",
        written_at=timezone.now() - timedelta(days=100),
    )
    figure = together_of([lone], [])
    assert len(figure.rows) >= 4
    assert all(counted.together == 1 for _month, counted in figure.rows)
    change_activity(lone, version=1, by=nurse, participation="for")
    figure = together_of([Activity.objects.get()], changes_of(nurse, project))
    assert figure.counted.together == 0
    assert figure.rows[-1][1].together == 1
    assert figure.before.startswith("Avant")


def test_the_page_of_doing_together_names_no_professional(team, project, nurse):
    activity(project, nurse, participation="with")
    page = text(team.get(reverse("careplan:together", args=[project.pk]))).split("<main")[1]
    assert "Faire avec Odette" in page
    assert nurse.family_name not in page


def test_what_one_cannot_read_does_not_count(project, nurse, odette):
    activity(project, nurse, participation="with", level="C3")
    assert not changes_of(odette.member, project)
    assert changes_of(nurse, project)


def test_the_history_of_a_goal_tells_it_all(team, garden, odette, nurse, project):
    expectation(project, odette.member)
    change_goal(garden, version=1, by=nurse, statement="Aller au jardin le matin")
    take_position(garden, Stance.DISAGREES, by=odette.member, reason="Trop tôt")
    evaluate_goal(garden, value=-1, by=nurse, words="Deux fois")
    change_goal_status(garden, GoalMove.PUT_ASIDE, "Après l’hiver", by=nurse)
    page = text(team.get(reverse("careplan:goal_history", args=[garden.pk])))
    for words in (
        "Objectif écrit",
        "réécrit : l’objectif",
        "pas d’accord",
        "Trop tôt",
        "−1",
        "Deux fois",
        "Après l’hiver",
    ):
        assert words in page


def test_an_activity_says_when_where_and_until_when(project, nurse):
    doing = activity(project, nurse, place="au jardin", ends_at=timezone.now() + timedelta(days=3))
    assert when_where(doing)[:2] == ["chaque matin", "au jardin"]
    assert when_where(doing)[2].startswith("jusqu’au")


def test_past_seven_where_we_stand_asks_too(team, project, nurse):
    url = reverse("careplan:evaluations", args=[project.pk])
    for n in range(8):
        goal(project, nurse, f"Objectif {n}")
    assert "Choisir ensemble" in text(team.get(url))
