"""The console command, as somebody types it: one clear line for each mistake."""

import json
from copy import deepcopy

import pytest

from avec.audit.models import Entry, Seal
from avec.barometer.instruments import shipped
from avec.barometer.models import Barometer
from avec.cli import main
from avec.people.journal import record_reading
from avec.people.tests import factories
from tests.worlds import signed_contract

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _migrated(monkeypatch):
    """The test database is there already."""
    monkeypatch.setattr("avec.cli.migrate", lambda: None)


def test_seal_chains_the_readings_that_wait(capsys):
    house = factories.establishment(name="Les Tilleuls")
    record_reading("record", factories.person(house), by=factories.member(house))
    assert main(["seal"]) == 0
    seal = Seal.objects.get()
    assert f"Les Tilleuls : sceau 1, {seal.code}" in capsys.readouterr().out
    assert not Entry.objects.pending(house.pk).exists()


def test_seal_makes_the_copies_that_wait_and_says_what_is_to_do(capsys, settings, tmp_path):
    signed_contract()
    settings.AVEC_SEAL_PKCS12 = str(tmp_path / "absent.p12")
    assert main(["seal"]) == 1
    out = capsys.readouterr().out
    assert "  à faire : " in out
    assert "Il reste 1 copie à faire." in out
    settings.AVEC_SEAL_PKCS12 = ""
    assert main(["seal"]) == 0
    assert "Copies scellées : 1 ; horodatées : 0" in capsys.readouterr().out
    assert main(["verify"]) == 0


def test_verify_says_that_all_holds_and_finds_a_changed_line(capsys):
    house = factories.establishment()
    assert main(["verify"]) == 0
    Entry.objects.create(
        establishment_id=house.pk, verb="x", object_type="x", object_id="x", purpose="care", code="0" * 64
    )
    assert main(["verify"]) == 1
    assert "n’a pas été écrite par Avec" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["verify", "/nowhere.pdf"], "n’existe pas"),
        (["import-fhir", "/nowhere.json"], "n’existe pas"),
        (["barometer", "/nowhere.json"], "n’existe pas"),
        (["barometer", "/"], "ne se lit pas"),
        (["export-fhir", "--person", "nobody"], "Personne ne porte le numéro"),
    ],
)
def test_a_mistake_is_one_line_and_a_status(arguments, words, capsys):
    assert main(arguments) == 1
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1


@pytest.mark.parametrize("arguments", [[], ["frobnicate"], ["serve", "--port", "99999"], ["export-fhir"]])
def test_a_wrong_command_is_one_line(arguments, capsys):
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


def another_instrument(**changed):
    content = deepcopy(shipped()[0])
    return content | {"version": "2027.1"} | changed


def test_barometer_adds_a_version_once(capsys, tmp_path):
    file = tmp_path / "other.json"
    file.write_text(json.dumps(another_instrument(), ensure_ascii=False), "utf-8")
    assert main(["barometer", str(file)]) == 0
    assert main(["barometer", str(file)]) == 0
    assert "(2027.1)" in capsys.readouterr().out
    assert Barometer.objects.filter(version="2027.1").count() == 1
    file.write_text(json.dumps(another_instrument(title="Autre")), "utf-8")
    assert main(["barometer", str(file)]) == 1
    assert "Donnez un autre numéro de version." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "n’est pas du JSON"),
        ("[" * 100_000, "n’est pas du JSON"),
        ("[]", "Il manque une partie"),
        ('"texte"', "Il manque une partie"),
        ("null", "Il manque une partie"),
        (json.dumps({"code": "x"}), "Il manque une partie"),
        (json.dumps({**shipped()[0], "version": ""}), "Un texte est vide"),
        (json.dumps({**shipped()[0], "version": 3}), "Un texte est vide"),
        (json.dumps({**shipped()[0], "code": "x" * 61}), "60 signes au plus"),
        (json.dumps({**shipped()[0], "levels": shipped()[0]["levels"][:4]}), "5 niveaux"),
        (
            json.dumps({**shipped()[0], "quadrants": [{"code": [], "label": "x", "place": "x"}]}),
            "Un texte est vide",
        ),
    ],
)
def test_a_file_that_is_no_barometer_is_refused_in_one_line(capsys, tmp_path, content, words):
    file = tmp_path / "x.json"
    file.write_text(content, "utf-8")
    assert main(["barometer", str(file)]) == 1
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1
    assert not Barometer.objects.exists()
