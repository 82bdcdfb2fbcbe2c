"""What leaves as a file: the figures of the picture, no more, and never as a formula."""

import csv
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from avec.barometer.actions import publish_campaign
from avec.barometer.models import GroupKind, GroupMember
from avec.barometer.rules import Kind, Side
from avec.barometer.shown.picture import picture_of
from avec.barometer.shown.sheets import as_csv, as_xlsx, columns, lines
from avec.people.tests.factories import sign_in

from . import matter

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return matter.member()


@pytest.fixture
def done(leader):
    return matter.settled(matter.campaign(matter.group(leader)), leader, users=6, professionals=11)


def read(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data[3:].decode()), delimiter=";"))


def test_the_file_says_the_picture(done):
    picture = picture_of(done)
    rows = read(as_csv(picture))
    assert [row["critere"] for row in rows] == list(picture.instrument.codes)
    for row, shown in zip(rows, picture.rows, strict=True):
        for name, side in (("usagers", shown.user), ("professionnels", shown.professional)):
            assert [row[f"{name}_niveau_{level}"] for level in range(5)] == [str(n) for n in side.levels]
            assert row[f"{name}_n"] == str(side.n)
    assert rows[0]["version"] == done.barometer.version
    assert rows[0]["note_commune_etat"] == "pas notée"
    assert rows[0]["note_commune"] == ""


def test_too_few_is_said_in_every_cell_of_the_side(done):
    rows = read(as_csv(picture_of(done, outside=True)))
    for row in rows:
        assert row["seuil"] == "10"
        assert {value for name, value in row.items() if name.startswith("usagers_")} == {
            "trop peu de réponses"
        }
        assert row["professionnels_n"] == "11"


def test_every_line_fills_every_column(done):
    picture = picture_of(done)
    names = [column.name for column in columns(picture)]
    assert len(set(names)) == len(names)
    assert {len(line) for line in lines(picture)} == {len(names)}
    assert all(column.meaning and column.source for column in columns(picture))


def test_the_workbook_says_the_same_with_its_codes(done):
    picture = picture_of(done)
    book = load_workbook(io.BytesIO(as_xlsx(picture)))
    first, second = book.worksheets
    head, *rows = [list(row) for row in first.iter_rows(values_only=True)]
    assert len(rows) == len(picture.rows)
    assert rows[0][head.index("usagers_n")] == picture.rows[0].user.n
    assert [row[0].value for row in second.iter_rows(min_row=2)] == head


def test_a_name_is_never_a_formula(leader):
    group = matter.group(leader, name="=1+1")
    done = matter.settled(matter.campaign(group, title="@SUM(A1)"), leader)
    assert read(as_csv(picture_of(done)))[0]["groupe"] == "'=1+1"
    sheet = load_workbook(io.BytesIO(as_xlsx(picture_of(done)))).worksheets[0]
    assert [(cell.value, cell.data_type) for cell in sheet[2][:2]] == [("'=1+1", "s"), ("'@SUM(A1)", "s")]


@pytest.mark.parametrize("name", ["results_csv", "results_xlsx", "codebook"])
def test_who_takes_the_file(client, done, leader, name):
    address = reverse(f"barometer:{name}", args=[done.pk])
    assert client.get(address).status_code == 302
    stranger, colleague = matter.member(at=matter.house("340000009")), matter.member(name="Autre")
    for who, status in ((leader, 200), (colleague, 404), (stranger, 404)):
        sign_in(client, who)
        assert client.get(address).status_code == status
    publish_campaign(done, by=leader)
    for who, status in ((colleague, 200), (stranger, 404)):
        sign_in(client, who)
        assert client.get(address).status_code == status


def test_asked_for_outside_the_floor_is_ten(client, done, leader):
    sign_in(client, leader)
    address = reverse("barometer:results_csv", args=[done.pk])
    rows = read(client.get(address, {"pour": "exterieur"}).content)
    assert rows[0]["usagers_mediane"] == "trop peu de réponses"
    assert read(client.get(address, {"partie": "person"}).content)[0]["usagers_n"] == "trop peu de réponses"


def test_a_pair_never_leaves_the_house(client, leader):
    other = matter.member("person", name="Marchand")
    pair = matter.group(leader, kind=GroupKind.PAIR.value)
    GroupMember.objects.create(group=pair, member=other, side=Side.USER.value, agreed_at=timezone.now())
    campaign = matter.campaign(pair, kind=Kind.NAMED, users=1, professionals=1)
    done = matter.settled(campaign, leader, users=1, professionals=1)
    address = reverse("barometer:results_csv", args=[done.pk])
    sign_in(client, leader)
    assert client.get(address).status_code == 200
    assert client.get(address, {"pour": "exterieur"}).status_code == 404
    director = matter.member("director", name="Direction")
    sign_in(client, director)
    assert client.get(address).status_code == 404
