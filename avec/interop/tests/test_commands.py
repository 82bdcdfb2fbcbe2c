"""The console: French sentences, a status, and nothing else."""

import json

import pytest

from avec.interop.commands import export_fhir, find_person, import_fhir
from avec.interop.rules import ExportRefused
from avec.interop.tests.conftest import DATA
from avec.people.models import Person
from avec.people.tests.factories import establishment, person

pytestmark = pytest.mark.django_db

CORRECTED = str(DATA / "Bundle-tddui-pp-pa-bundle-corrected.json")
NUMBER = "3480787529/123456789"


def test_a_file_is_imported_and_told(capsys):
    assert import_fhir(CORRECTED) == 0
    told = capsys.readouterr()
    assert f"Jeanne L., {NUMBER}\u00a0: créée" in told.out
    assert "2 attentes" in told.out
    assert told.err == ""


def test_a_refused_file_says_why_in_one_line(capsys, tmp_path):
    path = tmp_path / "coupé.json"
    path.write_bytes(b'{"resourceType": "Bundle"')
    assert import_fhir(str(path)) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert "JSON" in told.err
    assert not Person.objects.exists()


def test_a_record_is_exported_to_the_screen_and_the_rest_is_told_aside(capsys):
    import_fhir(CORRECTED)
    capsys.readouterr()
    assert export_fhir(NUMBER) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["type"] == "transaction"
    assert "reste ici" in told.err


def test_a_record_is_exported_to_a_file(capsys, tmp_path):
    import_fhir(CORRECTED)
    path = tmp_path / "sortie.json"
    assert export_fhir("123456789", str(path)) == 0
    assert json.loads(path.read_text())["resourceType"] == "Bundle"
    assert import_fhir(str(path)) == 0
    assert "rien" in capsys.readouterr().out


def test_a_file_that_cannot_be_written_is_said_so(capsys, tmp_path):
    import_fhir(CORRECTED)
    capsys.readouterr()
    assert export_fhir(NUMBER, str(tmp_path / "absent" / "sortie.json")) == 1
    assert "ne peut pas être écrit" in capsys.readouterr().err


@pytest.mark.parametrize("wanted", [NUMBER, "123456789", f" {NUMBER} "])
def test_a_person_is_found_by_their_number(wanted):
    import_fhir(CORRECTED)
    assert find_person(wanted).name == "Jeanne L."


def test_a_person_is_found_by_our_own_key():
    import_fhir(CORRECTED)
    jeanne = Person.objects.get()
    assert find_person(str(jeanne.pk)) == jeanne


def test_a_number_that_two_houses_gave_asks_which():
    for _ in range(2):
        person(establishment(), local_id="7")
    with pytest.raises(ExportRefused, match="précisez"):
        find_person("7")


@pytest.mark.parametrize(
    "wanted", ["", "inconnu", "3480787529/1", "3/", "00000000-0000-0000-0000-000000000000"]
)
def test_an_unknown_number_is_said_so(wanted, capsys):
    assert export_fhir(wanted) == 1
    assert "Personne ne porte" in capsys.readouterr().err
