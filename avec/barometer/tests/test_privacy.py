"""Written as an attacker: who reads every view, takes one from another, and looks for a few people.

A figure is the count of a set of people. The attacker adds and takes away the sets that are published (whole,
parts, each criterion, those who rated and those who answered « non concerné », inside and outside, those followed
from one campaign to the next), and wins when what is left is somebody, and fewer than the floor.
"""

import csv
import io
from itertools import product

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from avec.barometer.actions import open_campaign, settle_campaign
from avec.barometer.answering import Fate, answer
from avec.barometer.cards import card_of, give
from avec.barometer.models import Figures, PartChoice
from avec.barometer.rules import INSIDE, OUTSIDE, Kind, Side, Voice, followed, seen, side_figures
from avec.barometer.shown.history import history_of
from avec.barometer.shown.picture import picture_of
from avec.people.tests.factories import sign_in

from . import matter

PARTS = ["", "person", "relative", "representative"]
CODES = ["one", "two"]
# Mostly rated, some « non concerné », some left blank.
value = st.sampled_from([0, 1, 2, 3, 4, 4, 3, 2, None, "blank"])


@st.composite
def worlds(draw, most=34):
    """Who answered on a side: sizes of the parts around both floors, where the danger is."""
    voices = []
    for part in PARTS:
        for _ in range(draw(st.integers(0, most // 2))):
            given_ = {code: draw(value) for code in CODES}
            ratings = {code: level for code, level in given_.items() if level != "blank"}
            voices.append(Voice(Side.USER, part, ratings))
    return voices


def members(voices, *, part=None, code=None, concerned=False):
    """Who a figure counts, as a set: of a part; who said something of a criterion; who rated it."""
    return frozenset(
        place
        for place, voice in enumerate(voices)
        if (part is None or voice.part == part)
        and (code is None or code in voice.ratings)
        and (not concerned or voice.ratings[code] is not None)
    )


def published(voices, floor):
    """Every set of people that a figure of some view counts, by what is counted of them."""
    data = side_figures(voices, CODES)
    views = {part: seen(data, floor, part) for part in ["", *PARTS[1:]]}
    sets: dict[str, set[frozenset[int]]] = {"people": set()}
    for part, view in views.items():
        if view.answers is None:
            assert not view.criteria
            continue
        of = {"part": part} if part else {}
        people = members(voices, **of)
        assert view.answers == len(people)
        sets["people"].add(people)
        sets["people"] |= {members(voices, part=one) for one in view.parts}
        for code, found in view.criteria.items():
            raters = members(voices, code=code, concerned=True, **of)
            heard = members(voices, code=code, **of)
            assert (found.n, found.n + found.not_concerned) == (len(raters), len(heard))
            sets.setdefault(f"{code} rated", set()).add(raters)
            sets.setdefault(f"{code} heard", set()).add(heard)
    return sets


def found_few(sets, floor, people):
    """A few people that additions and subtractions isolate, or None."""
    known = list(sets)
    for signs in product((-1, 0, 1), repeat=len(known)):
        total = [sum(sign for sign, one in zip(signs, known, strict=True) if who in one) for who in people]
        if set(total) <= {0, 1} and 0 < sum(total) < floor:
            return [who for who, weight in zip(people, total, strict=True) if weight]
    return None


@pytest.mark.parametrize("floor", [INSIDE, OUTSIDE])
@given(voices=worlds())
@settings(max_examples=150, deadline=None)
def test_no_view_taken_from_another_leaves_a_few(floor, voices):
    for what, sets in published(voices, floor).items():
        assert found_few(sets, floor, range(len(voices))) is None, what


@given(voices=worlds())
@settings(max_examples=100, deadline=None)
def test_outside_sees_nothing_that_inside_does_not(voices):
    inside, outside = published(voices, INSIDE), published(voices, OUTSIDE)
    assert all(sets <= inside.get(what, set()) for what, sets in outside.items())


@given(voices=worlds(most=8))
@settings(max_examples=80, deadline=None)
def test_what_is_kept_holds_no_count_of_fewer_than_five(voices):
    """Whoever reads the database after the counting finds no more than the pages say."""
    data = side_figures(voices, CODES)
    assert data["answers"] is None or data["answers"] >= INSIDE
    assert all(size >= INSIDE for size in data["parts"].values())
    for rows in (data["criteria"], *data["by_part"].values()):
        assert all(sum(one["levels"]) >= INSIDE for one in rows.values())
    if data["answers"] is None:
        assert not data["criteria"]
        assert not data["by_part"]


def test_the_attack_itself_finds_who_is_not_covered():
    """A suite that cannot lose proves nothing: six people and five of them leave one."""
    everybody = frozenset(range(6))
    assert found_few([everybody, everybody - {3}], INSIDE, range(6)) == [3]


@st.composite
def twice(draw):
    """Two campaigns with codes: some answer both times, some once, some without a code."""
    both, gone, new = (draw(st.integers(0, 12)) for _ in range(3))
    uncoded = draw(st.integers(0, 2))

    def voice(follow):
        given_ = {code: draw(value) for code in CODES}
        return Voice(
            Side.USER, "", {code: level for code, level in given_.items() if level != "blank"}, follow
        )

    before = [voice(f"both{n}") for n in range(both)] + [voice(f"gone{n}") for n in range(gone)]
    after = [voice(f"both{n}") for n in range(both)] + [voice(f"new{n}") for n in range(new)]
    return before, after + [voice("") for _ in range(uncoded)]


@given(twice())
@settings(max_examples=150, deadline=None)
def test_who_answered_both_times_hides_who_answered_once(campaigns):
    before, after = campaigns
    found = followed(before, after, CODES)
    if found is None:
        return
    for voices in (before, after):
        rest = len(voices) - found["both"]
        assert found["both"] >= INSIDE
        assert rest == 0 or rest >= INSIDE
    for moves in found["criteria"].values():
        told = moves["up"] + moves["same"] + moves["down"]
        silent = found["both"] - told
        assert told >= INSIDE
        assert silent == 0 or silent >= INSIDE


def test_two_with_the_same_code_are_not_followed_as_one():
    """Somebody who chose a code that another has would be told as that other."""
    voices = [Voice(Side.USER, "", {"one": 2}, f"c{n}") for n in range(10)]
    doubles = [Voice(Side.USER, "", {"one": 4}, f"c{n}") for n in range(5)]
    found = followed([*voices, *doubles], voices, CODES)
    assert found == {"both": 5, "criteria": {"one": {"up": 0, "same": 5, "down": 0}}}


# On the pages and in the files

db = pytest.mark.django_db


@pytest.fixture
def leader(db):
    return matter.member()


def counted(leader, *, kind=Kind.ANONYMOUS, group=None, **parts):
    """A settled campaign, so many of each part; professionals enough."""
    group = group or matter.group(leader)
    matter.a_month_later(group)
    opened = open_campaign(matter.campaign(group, kind=kind), by=leader)
    for place, (part, count) in enumerate(parts.items()):
        matter.answers(opened, Side.USER, count, part=part, seed=100 * place)
    matter.answers(opened, Side.PROFESSIONAL, 12, seed=1000)
    return settle_campaign(matter.over(opened, leader), by=leader)


def told(client, done, **asked):
    response = client.get(reverse("barometer:results_csv", args=[done.pk]), asked)
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


@db
def test_a_file_of_a_part_tells_nothing_that_the_rest_would_give_away(client, leader):
    inside = sign_in(client, leader)
    done = counted(leader, person=8, relative=3)
    for part in (*PartChoice.values, "unknown", "person' OR 1=1", "PERSON"):
        rows = told(inside, done, partie=part)
        assert {row["usagers_n"] for row in rows} == {"trop peu de réponses"}, part
    covered = counted(leader, person=8, relative=6)
    assert {row["usagers_n"] for row in told(inside, covered, partie="person")} == {"8"}
    assert {row["usagers_n"] for row in told(inside, covered, partie="person", pour="exterieur")} == {
        "trop peu de réponses"
    }
    assert {row["usagers_n"] for row in told(inside, covered, pour="exterieur")} == {"14"}


@db
@pytest.mark.parametrize("asked", [{"pour": "interieur"}, {"pour": ""}, {"seuil": "1"}, {"floor": "1"}])
def test_no_wish_of_the_address_lowers_the_floor(client, leader, asked):
    done = counted(leader, person=4)
    rows = told(sign_in(client, leader), done, **asked)
    assert {row["usagers_reponses"] for row in rows} == {"trop peu de réponses"}


@db
def test_a_late_answer_moves_nothing_that_was_read(leader):
    opened = open_campaign(matter.campaign(matter.group(leader)), by=leader)
    [late] = give(opened, Side.USER, 1)
    card = card_of(late)
    matter.answers(opened, Side.USER, 5)
    done = settle_campaign(matter.over(opened, leader), by=leader)
    before = Figures.objects.get(pk=done.pk).data
    assert answer(card, {"views": 4}) == Fate.CLOSED
    assert answer(card, {"views": 4}, typed_by=leader) == Fate.CLOSED
    assert Figures.objects.get(pk=done.pk).data == before
    assert card_of(late) is None


@db
def test_a_campaign_counted_again_is_refused(leader):
    done = counted(leader, person=6)
    with pytest.raises(ValueError, match="Personne ne lit"):
        settle_campaign(done, by=leader)


@db
def test_history_and_file_say_the_same_of_each_campaign(client, leader):
    group = matter.group(leader)
    for count in (4, 5, 9):
        counted(leader, group=group, person=count)
    found = history_of(group, leader)
    for place, picture in enumerate(found.pictures):
        rows = told(sign_in(client, leader), picture.campaign)
        for row, line in zip(rows, found.lines, strict=True):
            n = line.marks[place].user.n
            assert row["usagers_n"] == (str(n) if n else "trop peu de réponses")


@db
def test_no_file_holds_words_of_anybody(client, leader):
    opened = open_campaign(matter.campaign(matter.group(leader)), by=leader)
    for token in give(opened, Side.USER, 6):
        answer(card_of(token), {"views": 3}, comments=[("views", "On ne me demande rien.")])
    done = settle_campaign(matter.over(opened, leader), by=leader)
    done.comments.update(review="shown")
    inside = sign_in(client, leader)
    for name in ("results_csv", "results_xlsx", "codebook"):
        page = inside.get(reverse(f"barometer:{name}", args=[done.pk])).content
        assert b"On ne me demande rien" not in page
    assert not picture_of(done, outside=True, words=True).comments
