"""Two voices side by side: what is chosen, what is told, who reads which side."""

from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from avec.careplan.actions import Side, close_divergence, note_divergence, withdraw_expectation
from avec.careplan.models import Divergence, DivergenceSide, Need
from avec.careplan.rules.divergences import DivergenceRefused
from avec.careplan.tensions import tensions_of
from avec.careplan.tests.factories import (
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
def claire(odette):
    return relative(odette, given_name="Claire")


@pytest.fixture
def hers(project, odette):
    return expectation(project, odette.member, "Je sors seule.")


@pytest.fixture
def theirs(project, claire):
    return expectation(project, claire.member, "Elle se perd.")


@pytest.fixture
def team(client, nurse):
    return sign_in(client, nurse)


def text(answer):
    return unescape(answer.content.decode())


def need(project, nurse, level="C2", words="Se repère dans le quartier."):
    return Need.objects.create(
        plan=project,
        person=project.person,
        establishment=project.establishment,
        words=words,
        level=level,
        written_by=nurse,
    )


def noted(project, nurse, *sides, level="C1", **fields):
    return note_divergence(project, "Les sorties", sides, by=nurse, level=level, **fields)


def shown(member, project):
    return [[one.words for one in tension.sides] for tension in tensions_of(member, project, project.person)]


def test_the_persons_side_is_first_and_words_are_not_copied(project, nurse, hers, theirs):
    divergence = noted(
        project,
        nurse,
        Side("professional", "Elle se repère."),
        Side(expectation=theirs),
        Side(expectation=hers),
    )
    assert shown(nurse, project) == [["Je sors seule.", "Elle se perd.", "Elle se repère."]]
    assert list(divergence.sides.filter(expectation__isnull=False).values_list("words", flat=True)) == [
        "",
        "",
    ]


def test_one_voice_is_no_divergence(project, nurse, hers):
    for sides in ([Side(expectation=hers)], [Side(expectation=hers), Side("person", "Seule.")], []):
        with pytest.raises(DivergenceRefused):
            noted(project, nurse, *sides)
    assert not Divergence.objects.exists()


def test_nobody_sets_beside_another_what_they_do_not_read(project, nurse, odette, hers, house):
    outside = member(house)
    in_team(odette, outside, external=True)
    with pytest.raises(PermissionDenied):
        noted(project, outside, Side(expectation=hers), Side("professional", "Non."))
    elsewhere = plan(odette, nurse)
    other = expectation(elsewhere, odette.member, "Ailleurs.")
    with pytest.raises(PermissionDenied):
        noted(project, nurse, Side(expectation=other), Side("professional", "Non."))


def test_it_is_never_wider_than_a_side(project, nurse, hers):
    closed = need(project, nurse, "C3")
    with pytest.raises(DivergenceRefused, match="même partage"):
        noted(project, nurse, Side(expectation=hers), Side(need=closed), level="C2")
    assert noted(project, nurse, Side(expectation=hers), Side(need=closed), level="C3").level == "C3"


def test_another_relative_sees_neither_the_side_nor_that_there_is_a_divergence(
    project, nurse, odette, hers, theirs, claire
):
    """T27: a relative reads their own words and what the person shares, never another relative's."""
    jean = relative(odette)
    noted(project, nurse, Side(expectation=hers), Side(expectation=theirs))
    assert shown(claire.member, project) == [["Je sors seule.", "Elle se perd."]]
    assert shown(jean.member, project) == []
    assert shown(odette.member, project) == [["Je sors seule.", "Elle se perd."]]


def test_a_side_told_by_a_relative_is_theirs_alone(project, nurse, odette, hers, claire):
    jean = relative(odette)
    noted(
        project,
        nurse,
        Side(expectation=hers),
        Side("relative", "Elle se perd.", claire),
        Side("professional", "Elle se repère."),
    )
    assert shown(claire.member, project) == [["Je sors seule.", "Elle se perd.", "Elle se repère."]]
    assert shown(jean.member, project) == [["Je sors seule.", "Elle se repère."]]


def test_what_is_closed_to_relatives_or_a_working_note_stays_so(project, nurse, odette, hers, claire):
    c2 = noted(project, nurse, Side(expectation=hers), Side(need=need(project, nurse)), level="C2")
    c3 = noted(project, nurse, Side(expectation=hers), Side(need=need(project, nurse, "C3")), level="C3")
    assert len(shown(nurse, project)) == 2
    assert shown(claire.member, project) == []
    assert len(shown(odette.member, project)) == 1
    assert {c2.level, c3.level} == {"C2", "C3"}


def test_words_tightened_or_taken_back_afterwards_leave_the_relative_s_screen(
    project, nurse, odette, hers, theirs, claire
):
    noted(project, nurse, Side(expectation=hers), Side(expectation=theirs))
    hers.level = "C2"
    hers.save(update_fields=["level"])
    assert shown(claire.member, project) == []
    hers.level = "C1"
    hers.save(update_fields=["level"])
    withdraw_expectation(hers, by=odette.member)
    assert shown(claire.member, project) == []
    assert len(shown(nurse, project)) == 1


def test_the_team_notes_it_by_the_form(team, project, nurse, hers, theirs, claire):
    url = reverse("careplan:note_divergence", args=[project.pk])
    page = text(team.get(url, {"attente": str(hers.pk)}))
    assert "Je sors seule." in page
    assert "raison" in page
    sent = {"about": "Les sorties", "level": "C2", "expectations": [str(hers.pk)]}
    alone = team.post(url, sent)
    assert alone.status_code == 422
    assert "deux voix" in text(alone)
    told = sent | {"voice_1": str(claire.pk), "words_1": "Elle se perd."}
    missing = team.post(url, told | {"voice_1": ""})
    assert missing.status_code == 422
    assert "Elle se perd." in text(missing)
    answer = team.post(url, told)
    one = Divergence.objects.get()
    assert answer.headers["Location"] == reverse("careplan:divergence", args=[one.pk])
    assert list(one.sides.values_list("voice", flat=True).order_by("voice")) == ["person", "relative"]
    page = text(team.get(reverse("careplan:divergence", args=[one.pk])))
    assert page.index("Je sors seule.") < page.index("Elle se perd.")
    assert "En tension avec" in text(team.get(reverse("careplan:said", args=[project.pk])))


def test_people_talk_and_both_readings_stay(team, project, nurse, hers, theirs):
    one = noted(project, nurse, Side(expectation=hers), Side(expectation=theirs), level="C2")
    url = reverse("careplan:divergence", args=[one.pk])
    assert team.post(url, {"words": ""}).status_code == 422
    assert team.post(url, {"words": "On essaie à deux, le matin."}).status_code == 302
    one.refresh_from_db()
    assert one.closed_by == nurse
    assert DivergenceSide.objects.count() == 2
    page = text(team.get(url))
    assert "On essaie à deux, le matin." in page
    assert "Je sors seule." in page
    with pytest.raises(DivergenceRefused):
        close_divergence(one, "Encore autre chose.", by=nurse)
    assert "En tension" not in text(team.get(reverse("careplan:said", args=[project.pk])))
    again = text(team.get(reverse("careplan:note_divergence", args=[project.pk]), {"suite": str(one.pk)}))
    assert "Les sorties" in again


def test_a_stranger_finds_nothing(client, project, nurse, hers, theirs, house, odette, claire):
    one = noted(project, nurse, Side(expectation=hers), Side(expectation=theirs))
    outsider, outside = member(house), member(house)
    in_team(odette, outside, external=True)
    pages = [("divergences", project.pk), ("note_divergence", project.pk), ("divergence", one.pk)]
    for who, opens in ((outsider, []), (claire.member, []), (outside, ["divergences", "divergence"])):
        sign_in(client, who)
        found = [
            name
            for name, pk in pages
            if client.get(reverse(f"careplan:{name}", args=[pk])).status_code == 200
        ]
        assert found == opens
    sign_in(client, outside)
    assert (
        client.post(reverse("careplan:divergence", args=[one.pk]), {"words": "Assez long."}).status_code
        == 404
    )


def test_the_list_asks_as_many_queries_for_one_as_for_ten(
    team, project, nurse, hers, theirs, django_assert_max_num_queries
):
    noted(project, nurse, Side(expectation=hers), Side(expectation=theirs), level="C2")
    url = reverse("careplan:divergences", args=[project.pk])
    with django_assert_max_num_queries(14) as first:
        team.get(url)
    for _ in range(9):
        noted(project, nurse, Side(expectation=hers), Side(expectation=theirs), level="C2")
    with django_assert_max_num_queries(14) as second:
        team.get(url)
    assert len(first) == len(second)


def test_a_goal_s_tensions_are_found(project, nurse, hers, theirs):
    aim = goal(project, nurse)
    noted(project, nurse, Side(expectation=hers), Side(expectation=theirs), goal=aim)
    found = tensions_of(nurse, project, project.person)
    assert len(found.of(aim.pk)) == len(found.of(hers.pk)) == 1
    assert [one.words for one in found.of(hers.pk)[0].others(hers.pk)] == ["Elle se perd."]
