"""What somebody who means harm, or is careless, would try on a contract."""

import json

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from avec.accounts.models import Role
from avec.audit.models import Entry
from avec.contracts.actions import (
    Choice,
    attest_choice,
    hand_over,
    issue_contract,
    seal_copy,
    sign_line,
    write_individual_document,
)
from avec.contracts.models import (
    CareContract,
    ContractEnd,
    HandingChoice,
    Handover,
    IndividualDocument,
    IndividualWhyChoice,
    NextStep,
    PaperScan,
    Signature,
)
from avec.contracts.rules import Outcome, SigningRefused, short_code
from avec.contracts.tests.signing import RIGHTS_READ, line_of, sign_all
from avec.contracts.tests.test_paper import sheet
from avec.contracts.verify import verify_database
from avec.documents.tests.test_sandbox import of_pages
from avec.people.models import Mandate, Objection, today
from avec.people.tests import factories
from avec.people.tests.factories import days

pytestmark = pytest.mark.django_db
CHOICE = {"outcome": "signed", "rights": RIGHTS_READ, "article-1": "agrees", "reading": "easy", "words": ""}


@pytest.fixture(autouse=True)
def no_limits_left():
    cache.clear()


def entered(member, **more):
    return factories.sign_in(Client(**more), member)


def page(name, *keys):
    return reverse(f"contracts:{name}", args=keys)


def nothing_kept():
    kept = (Signature, PaperScan, Handover, ContractEnd, NextStep, IndividualDocument)
    return not any(model.objects.exists() for model in kept)


# --- Every deed, by everybody who may not ------------------------------------------------------------------


def deeds(contract):
    """Each page that writes something of a contract, with a body that would be taken from somebody who may."""
    person, professional = line_of(contract, "person"), line_of(contract, "professional")
    day = today().isoformat()
    password = {"password": factories.PASSWORD}
    return [
        (page("sign", person.pk), CHOICE),
        (page("sign", person.pk), password),
        (page("sign", professional.pk), CHOICE),
        (page("paper", contract.pk), {"scan": sheet(), "code": short_code(contract.fingerprint), "signed_on": day,
                                      "reading": "full", "outcome-1": "signed", "outcome-2": "signed"}),
        (page("hand_over", contract.pk), {"to": "other", "name": "X", "how": "paper", "on": day}),
        (page("take_copy", person.pk), {}),
        (page("next_step", contract.pk), {"what": "talk", "on": day}),
        (page("end", contract.pk), {"why": "left", "on": day}),
        (page("individual", contract.pk), {}),
        (page("prepare", contract.person_id), {"do": "issue"}),
        (page("discard", contract.person_id), {"version": "1"}),
        (page("reread", contract.pk), {"who": "alone", "clear": "yes", "read_on": day}),
        (page("reread_draft", contract.person_id), {"who": "alone", "clear": "yes", "read_on": day}),
        (page("set_beside", contract.person_id), {"kind": "stay", "dated_on": day, "words": "là", "level": "C1"}),
        (page("negotiate", contract.pk, 1), {"title": "x"}),
        (page("room_before", contract.pk), {"present": [str(person.pk)], "closed": "on"}),
        (page("room_give_back", contract.pk), {}),
        (page("room_choose", contract.pk, person.pk), CHOICE),
        (page("room_confirm", contract.pk, person.pk), password),
        (page("room_attest", contract.pk, person.pk), password),
    ]  # fmt: skip


def outsiders(scene):
    house = scene.establishment
    elsewhere = factories.person(house)
    former = factories.member(house)
    factories.in_team(scene.person, former, ends_on=days(-1))
    to_come = factories.member(house)
    factories.in_team(scene.person, to_come, starts_on=days(1))
    refused = factories.member(house)
    factories.in_team(scene.person, refused)
    Objection.objects.create(person=scene.person, establishment=house, member=refused, starts_on=days(-1))
    abroad = factories.establishment()
    return {
        "a colleague of another team": factories.member(house),
        "who left the team": former,
        "who comes tomorrow": to_come,
        "whom the person refused": refused,
        "a manager of another team": factories.member(house, role=Role.UNIT_MANAGER),
        "quality": factories.member(house, role=Role.QUALITY),
        "direction": factories.member(house, role=Role.DIRECTOR),
        "the administrator": factories.member(house, role=Role.ADMINISTRATOR),
        "another person": elsewhere.member,
        "a relative of another person": factories.relative(elsewhere).member,
        "a relative without mandate": factories.relative(scene.person, kind=None).member,
        "a relative whose mandate was taken back": factories.relative(
            scene.person, mandate={"revoked_on": days(-1)}
        ).member,
        "a guardian since the judgment ended": factories.relative(
            scene.person, kind="representation", mandate={"ends_on": days(-1)}
        ).member,
        "a guardian of property": factories.relative(scene.person, kind="property").member,
        "a nurse elsewhere": factories.member(abroad),
        "a person elsewhere": factories.person(abroad).member,
    }


def pages_of(contract):
    key, person = contract.pk, contract.person_id
    return [
        page("read", key), page("history", person), page("pdf", key, "full"), page("pdf", key, "easy"),
        page("changes", key), page("individual", key), page("room", key), page("draft_pdf", person, "full"),
    ]  # fmt: skip


def test_who_has_no_business_there_reads_and_writes_nothing(scene, contract):
    for who, member in outsiders(scene).items():
        client = entered(member)
        for url in pages_of(contract):
            assert client.get(url).status_code == 404, (who, url)
        for url, body in deeds(contract):
            answer = client.post(url, body)
            assert answer.status_code in {403, 404}, (who, url, answer.status_code)
            assert scene.person.family_name not in answer.content.decode(), (who, url)
    assert nothing_kept()
    contract.refresh_from_db()
    assert contract.state == "to_sign"
    assert CareContract.objects.count() == 1


def test_nobody_without_an_account_learns_that_it_exists(contract):
    known, unknown = Client(), Client()
    for url, body in [*deeds(contract), *((url, None) for url in pages_of(contract))]:
        other = url.replace(str(contract.pk), "11111111-1111-4111-8111-111111111111")
        answers = [
            (client.get(each) if body is None else client.post(each, body))
            for client, each in ((known, url), (unknown, other))
        ]
        assert {answer.status_code for answer in answers} == {302}, url
        assert all(answer.url.startswith("/connexion/") for answer in answers), url
    assert nothing_kept()


def test_a_trainee_and_relatives_do_only_what_is_theirs(scene, contract):
    """They read the contract: nothing of what only the team does is open to them."""
    trainee = factories.member(scene.establishment, role=Role.TRAINEE)
    factories.in_team(scene.person, trainee)
    outside = factories.member(scene.establishment)
    factories.in_team(scene.person, outside, external=True)
    may = {
        trainee: {"hand_over", "reread", "set_beside", "negotiate"},
        outside: set(),
        factories.relative(scene.person).member: set(),
        factories.relative(scene.person, kind="carer").member: set(),
        factories.relative(scene.person, kind="representation").member: set(),
    }
    for member, allowed in may.items():
        client = entered(member)
        assert client.get(page("read", contract.pk)).status_code == 200
        for url, body in deeds(contract):
            name = client.get(url).resolver_match.url_name
            if name in allowed:
                continue
            answer = client.post(url, body)
            assert answer.status_code in {403, 404}, (member.role, name, answer.status_code)
    assert nothing_kept()


def test_every_deed_asks_for_its_token(scene, contract):
    client = entered(scene.nurse, enforce_csrf_checks=True)
    for url, body in deeds(contract):
        assert client.post(url, body).status_code == 403, url
    assert nothing_kept()


def test_looking_never_writes(scene, contract):
    factories.account(scene.resident)
    client = entered(scene.nurse)
    for url, body in deeds(contract):
        client.get(url, {key: value for key, value in body.items() if key != "scan"})
    assert nothing_kept()


def test_each_try_at_somebody_else_s_line_is_in_the_journal(scene, contract):
    client, line = entered(scene.nurse), line_of(contract, "person")
    assert client.post(page("sign", line.pk), CHOICE).status_code == 404
    assert client.get(page("sign", line.pk)).status_code == 404
    assert Entry.objects.filter(verb="signature.refused", actor_id=scene.nurse.pk).count() == 2


# --- Whose mandate is over ----------------------------------------------------------------------------------


@pytest.fixture
def guarded(scene):
    """A guardian asked to sign, who is a carer as well."""
    scene.guardian = factories.relative(scene.person, kind="representation")
    Mandate.objects.create(related_person=scene.guardian, kind="carer", starts_on=days(-10))
    scene.contract = issue_contract(scene.plan, starts_on=today(), by=scene.nurse)
    scene.line = scene.contract.lines.get(relative=scene.guardian)
    assert scene.line.signatory == "guardian"
    return scene


def over(scene):
    Mandate.objects.filter(related_person=scene.guardian, kind="representation").update(ends_on=days(-1))


def test_a_guardian_no_longer_signs_as_guardian_once_the_judgment_ended(guarded):
    over(guarded)
    with pytest.raises(PermissionDenied):
        sign_line(guarded.line, Choice(Outcome.SIGNED), method="password", by=guarded.guardian.member)
    assert (
        "Mon choix"
        not in entered(guarded.guardian.member).get(page("read", guarded.contract.pk)).content.decode()
    )
    assert not Signature.objects.exists()


def test_nobody_attests_the_choice_of_a_guardian_whose_judgment_ended(guarded):
    over(guarded)
    with pytest.raises(PermissionDenied):
        attest_choice(guarded.line, Choice(Outcome.SIGNED), by=guarded.nurse)
    assert not Signature.objects.exists()


def test_the_pages_say_that_a_mandate_is_over(guarded):
    over(guarded)
    client, line = entered(guarded.nurse), guarded.line
    said = f"Le mandat de {line.name} est fini"
    assert said in client.get(page("paper", guarded.contract.pk)).content.decode()
    body = {"present": [str(line.pk)], "closed": "on"}
    client.post(page("room_before", guarded.contract.pk), body)
    answer = client.post(page("room_choose", guarded.contract.pk, line.pk), CHOICE, follow=True)
    assert said in answer.content.decode()
    assert not Signature.objects.exists()


def test_nobody_attests_the_choice_of_a_relative_whose_mandate_was_taken_back(scene):
    claire = factories.relative(scene.person)
    contract = issue_contract(scene.plan, starts_on=today(), by=scene.nurse)
    Mandate.objects.filter(related_person=claire).update(revoked_on=days(0))
    with pytest.raises(PermissionDenied):
        attest_choice(contract.lines.get(relative=claire), Choice(Outcome.SIGNED), by=scene.nurse)


def test_no_mail_leaves_for_a_relative_whose_mandate_was_taken_back(scene, mailoutbox):
    claire = factories.relative(scene.person, email="claire@exemple.test")
    factories.account(claire.member)
    contract = issue_contract(scene.plan, starts_on=today(), by=scene.nurse)
    line = contract.lines.get(relative=claire)
    Mandate.objects.filter(related_person=claire).update(revoked_on=days(0))
    answer = entered(scene.nurse).post(
        page("hand_over", contract.pk), {"to": str(line.pk), "how": "mail", "on": today().isoformat()}
    )
    assert answer.status_code == 422
    assert not mailoutbox
    assert not Handover.objects.exists()


# --- What a level keeps -------------------------------------------------------------------------------------


def another_goal(scene, level):
    from avec.careplan.actions import (
        Replied,
        Said,
        add_activity,
        answer_expectation,
        say,
        take_position,
        write_goal,
    )
    from avec.careplan.rules import Stance

    wish = say(scene.plan, Said("Je veux être seule."), by=scene.resident)
    goal = write_goal(
        scene.plan, statement="Un secret entre nous", due_on=days(60), priority=2, by=scene.nurse
    )
    answer_expectation(wish, Replied("taken_up", goal=goal), by=scene.nurse)
    for who in (scene.resident, scene.nurse):
        take_position(goal, Stance.AGREES, by=who)
    add_activity(scene.plan, goals=[goal], title="Fermer la porte", participation="by", by=scene.nurse)
    type(goal).objects.filter(pk=goal.pk).update(level=level)
    type(wish).objects.filter(pk=wish.pk).update(level=level)
    goal.refresh_from_db()
    return goal


def test_a_goal_left_for_later_is_not_named_to_who_may_not_read_it(scene):
    claire = factories.relative(scene.person)
    goal = another_goal(scene, "C2")
    contract = issue_contract(scene.plan, starts_on=today(), left_out=[f"goal:{goal.pk}"], by=scene.nurse)
    assert "Un secret" in json.dumps(contract.content, ensure_ascii=False)
    seen = CareContract.objects.visible_to(claire.member)
    assert not any("Un secret" in json.dumps(one.content, ensure_ascii=False) for one in seen)


def test_the_balance_of_what_was_not_shared_is_not_shared(scene):
    claire = factories.relative(scene.person)
    goal = another_goal(scene, "C2")
    sign_all(scene, issue_contract(scene.plan, starts_on=today(), by=scene.nurse))
    type(goal).objects.filter(pk=goal.pk).update(status="completed")
    amendment = issue_contract(scene.plan, starts_on=today(), by=scene.nurse)
    assert any("Un secret" in line for line in amendment.content["balance"])
    seen = CareContract.objects.visible_to(claire.member)
    assert not any("Un secret" in json.dumps(one.content, ensure_ascii=False) for one in seen)


def test_a_relative_does_not_learn_who_else_received_the_individual_document(scene):
    claire = factories.relative(scene.person)
    contract = issue_contract(scene.plan, starts_on=today(), by=scene.nurse)
    sign_line(line_of(contract, "person"), Choice(Outcome.REFUSED), method="password", by=scene.resident)
    contract.refresh_from_db()
    document = write_individual_document(contract, IndividualWhyChoice.REFUSED, by=scene.nurse)
    hand_over(
        contract, to="Maître Cachet", on=today(), how=HandingChoice.PAPER, document=document, by=scene.nurse
    )
    url = page("individual", contract.pk)
    assert "Maître Cachet" in entered(scene.nurse).get(url).content.decode()
    assert "Maître Cachet" in entered(scene.resident).get(url).content.decode()
    assert "Maître Cachet" not in entered(claire.member).get(url).content.decode()


# --- What was read is what is signed ------------------------------------------------------------------------


def test_a_choice_changed_behind_the_page_is_read_again_before_it_is_signed(scene, contract):
    """The page says « je refuse »; meanwhile another page of the same device says « je signe »."""
    host = factories.member(scene.establishment)
    factories.in_team(scene.person, host)
    factories.account(scene.resident)
    client, line = entered(host), line_of(contract, "person")
    client.post(page("room_before", contract.pk), {"present": [str(line.pk)], "closed": "on"})
    for way in ("room_confirm", "room_attest"):
        client.post(page("room_choose", contract.pk, line.pk), CHOICE | {"outcome": "refused"})
        shown = client.get(page(way, contract.pk, line.pk))
        seen = {"seen": shown.context["choice"]["seen"], "password": factories.PASSWORD}
        client.post(page("room_choose", contract.pk, line.pk), CHOICE)
        answer = client.post(page(way, contract.pk, line.pk), seen)
        assert answer.status_code == 409
        assert "Ce choix vient de changer" in answer.content.decode()
        assert nothing_kept()


def test_the_same_in_two_windows_of_one_s_own_space(scene, contract):
    client, url = entered(scene.resident), page("sign", line_of(contract, "person").pk)
    client.post(url, CHOICE | {"outcome": "refused"})
    seen = client.get(url).context["choice"]["seen"]
    client.post(url, CHOICE)
    answer = client.post(url, {"password": factories.PASSWORD, "seen": seen})
    assert answer.status_code == 409
    assert nothing_kept()


# --- The device that goes round -----------------------------------------------------------------------------


@pytest.fixture
def device(scene, contract):
    host = factories.member(scene.establishment)
    factories.in_team(scene.person, host)
    for one in (scene.resident, scene.nurse):
        factories.account(one)
    client = entered(host)
    there = [str(line.pk) for line in contract.lines.all()]
    client.post(page("room_before", contract.pk), {"present": there, "closed": "on"})
    return client


def test_one_signatory_s_password_opens_no_other_line(device, scene, contract):
    scene.nurse.user.set_password("celui-de-l-infirmière")
    scene.nurse.user.save()
    line = line_of(contract, "person")
    device.post(page("room_choose", contract.pk, line.pk), CHOICE)
    shown = device.get(page("room_confirm", contract.pk, line.pk))
    body = {"password": "celui-de-l-infirmière", "seen": shown.context["choice"]["seen"]}
    assert device.post(page("room_confirm", contract.pk, line.pk), body).status_code == 422
    assert nothing_kept()


def test_passwords_are_not_tried_for_ever_and_the_owner_still_enters(device, scene, contract):
    line = line_of(contract, "person")
    for go in range(7):
        device.post(page("room_choose", contract.pk, line.pk), CHOICE)
        seen = device.get(page("room_confirm", contract.pk, line.pk)).context["choice"]["seen"]
        answer = device.post(
            page("room_confirm", contract.pk, line.pk), {"password": f"essai {go}", "seen": seen}
        )
    assert answer.status_code == 429
    tries = Entry.objects.filter(verb="signature.refused", object_id=str(line.pk))
    assert tries.count() == 7
    # From their own space, the same person is not held up.
    own, url = entered(scene.resident), page("sign", line.pk)
    own.post(url, CHOICE)
    seen = own.get(url).context["choice"]["seen"]
    assert own.post(url, {"password": factories.PASSWORD, "seen": seen}).status_code == 302
    assert Signature.objects.get().way == "own"


# --- Past the triggers ---------------------------------------------------------------------------------------


def past_the_triggers(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'contracts_%%'"
        )
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(statement, values)
        assert cursor.rowcount, statement
        for _name, sql in triggers:
            cursor.execute(sql)


only_here = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="drops SQLite's triggers")


@pytest.fixture
def signed_on_paper(scene, contract):
    sign_line(line_of(contract, "professional"), Choice(Outcome.SIGNED), method="password", by=scene.nurse)
    line = line_of(contract, "person")
    client = entered(scene.nurse)
    answer = client.post(
        page("paper", contract.pk),
        {
            "scan": sheet(), "code": short_code(contract.fingerprint), "signed_on": today().isoformat(),
            "reading": "full", f"outcome-{line.order}": "signed", f"rights-{line.order}": RIGHTS_READ,
        },
    )  # fmt: skip
    assert answer.status_code == 302
    contract.refresh_from_db()
    assert contract.state == "in_force"
    hand_over(contract, to="Odette", on=today(), how=HandingChoice.PAPER, by=scene.nurse)
    lines, sound = verify_database()
    assert sound, lines
    return contract


@only_here
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE contracts_signature SET way = 'room' WHERE way = 'own'",
        "UPDATE contracts_signature SET way = 'own' WHERE way = 'paper'",
        "UPDATE contracts_signature SET witness_id = by_id WHERE way = 'own'",
        "UPDATE contracts_signature SET scan_id = (SELECT id FROM contracts_paperscan) WHERE way = 'own'",
        "UPDATE contracts_signature SET witness_name = 'Nora' WHERE way = 'paper'",
        "UPDATE contracts_signature SET come_back_on = '2030-01-01'",
        "UPDATE contracts_signature SET drawn = '[[[1, 1]]]'",
        "UPDATE contracts_signature SET words = 'autre'",
        "UPDATE contracts_paperscan SET signed_on = '2020-01-01'",
        "UPDATE contracts_paperscan SET pages = 9",
        "DELETE FROM contracts_handover",
        "UPDATE contracts_handover SET \"to\" = 'Paul'",
        "UPDATE contracts_handover SET \"on\" = '2020-01-01'",
        "UPDATE contracts_handover SET how = 'mail'",
        "UPDATE contracts_carecontract SET state = 'ended'",
        "UPDATE contracts_carecontract SET state = 'superseded'",
        "UPDATE contracts_carecontract SET state = 'withdrawn'",
        "UPDATE contracts_carecontract SET state = 'refused'",
        "UPDATE contracts_carecontract SET issued_at = '2020-01-01 00:00:00'",
        "UPDATE contracts_carecontract SET level = 'C5'",
        "UPDATE contracts_carecontract SET why = 'autre'",
        "UPDATE contracts_carecontract SET ends_on = '2035-01-01'",
    ],
)
def test_what_was_changed_past_the_triggers_is_told(signed_on_paper, statement):
    past_the_triggers(statement)
    lines, sound = verify_database()
    assert not sound, (statement, lines)


@only_here
def test_an_end_written_or_removed_past_the_triggers_is_told(scene, signed_on_paper):
    from avec.contracts.actions import end_contract
    from avec.contracts.models import EndChoice

    end_contract(signed_on_paper, EndChoice.WISH, on=today(), by=scene.nurse)
    assert verify_database()[1]
    past_the_triggers("UPDATE contracts_contractend SET why = 'left'")
    assert not verify_database()[1]


@only_here
def test_a_stamped_or_individual_row_changed_past_the_triggers_is_told(scene, contract):
    sign_line(line_of(contract, "person"), Choice(Outcome.REFUSED), method="password", by=scene.resident)
    contract.refresh_from_db()
    write_individual_document(contract, IndividualWhyChoice.REFUSED, by=scene.nurse)
    assert verify_database()[1]
    past_the_triggers("UPDATE contracts_individualdocument SET why = 'short'")
    assert not verify_database()[1]


# --- Odd words -----------------------------------------------------------------------------------------------


ODD = [
    "<script>alert(1)</script><b>&amp;</b> {{ 7 }} {% now %} </para> %s %(x)s",
    "\u202eenvers\u202c \u200b\ufeff \U0001f600 \u0601 \uffff \x0b\x0c\x1f",
    "x" * 3900,
    "مرحبا ça va 漢字 \u0300\u0300\u0300",
    "\n" * 300,
]


@pytest.mark.parametrize("words", ODD, ids=["markup", "controls", "long", "scripts", "lines"])
def test_odd_words_are_shown_as_words_and_still_sealed(scene, words):
    claire = factories.relative(scene.person, given_name="<i>Claire", family_name="O'Neil & \u202eVal")
    contract = issue_contract(scene.plan, starts_on=today(), by=scene.nurse)
    sign_line(
        contract.lines.get(relative=claire), Choice(Outcome.RESERVATIONS, words=words + "."), method="password",
        by=claire.member,
    )  # fmt: skip
    sign_all(scene, contract)
    contract.refresh_from_db()
    assert contract.state == "in_force"
    for reading in ("full", "easy"):
        seal_copy(contract, reading, by=scene.nurse)
    client = entered(scene.nurse)
    for url in (page("read", contract.pk), page("history", contract.person_id)):
        shown = client.get(url).content.decode()
        assert "<script>alert" not in shown
        assert "<i>Claire" not in shown


def test_a_scan_s_name_runs_nothing(scene, contract):
    client, line = entered(scene.nurse), line_of(contract, "person")
    answer = client.post(
        page("paper", contract.pk),
        {
            "scan": sheet(of_pages(1), 'x"; filename=y.html\r\nX-Evil: 1<script>.pdf'),
            "code": short_code(contract.fingerprint), "signed_on": today().isoformat(),
            "reading": "full", f"outcome-{line.order}": "signed", f"rights-{line.order}": RIGHTS_READ,
        },
    )  # fmt: skip
    assert answer.status_code == 302
    got = client.get(page("scan", PaperScan.objects.get().pk))
    assert got.status_code == 200
    assert "X-Evil" not in got.headers
    assert "script" not in got.headers["Content-Disposition"]
    assert got.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_far_day_breaks_no_page(scene, contract):
    client = entered(scene.nurse)
    line = line_of(contract, "person")
    client.post(page("room_before", contract.pk), {"present": [str(line.pk)], "closed": "on"})
    for day, status in (("9999-12-31", 422), ("2199-12-31", 302)):
        answer = client.post(
            page("room_choose", contract.pk, line.pk), CHOICE | {"outcome": "oral", "come_back_on": day}
        )
        assert answer.status_code == status
    seen = client.get(page("room_attest", contract.pk, line.pk)).context["choice"]["seen"]
    body = {"password": factories.PASSWORD, "seen": seen}
    assert client.post(page("room_attest", contract.pk, line.pk), body).status_code == 302
    assert Signature.objects.get().come_back_on.year == 2199
    for url in ("/", page("read", contract.pk), page("history", contract.person_id)):
        assert client.get(url, follow=True).status_code == 200
    with pytest.raises(SigningRefused):
        attest_choice(line, Choice(Outcome.MARK), by=scene.nurse)


# --- Past the application, through its own connection ---------------------------------------------------------


LATE = [
    "INSERT OR REPLACE INTO contracts_handover SELECT * FROM contracts_handover",
    "UPDATE contracts_carecontract SET state = 'to_sign' WHERE state = 'in_force'",
    "UPDATE contracts_handover SET how = 'mail'",
    "DELETE FROM contracts_handover",
    "UPDATE contracts_paperscan SET pages = 9",
    "DELETE FROM contracts_paperscan",
    "DELETE FROM contracts_signatureline",
]


def another_choice():
    """The same rows under another name, refusing: REPLACE would take them for the ones that were given."""
    columns = [field.column for field in Signature._meta.concrete_fields]
    values = [{"id": f"'{'0' * 31}1'", "outcome": "'refused'"}.get(column, column) for column in columns]
    return (
        f"INSERT OR REPLACE INTO contracts_signature ({', '.join(columns)}) "  # noqa: S608 (our own words)
        f"SELECT {', '.join(values)} FROM contracts_signature LIMIT 1"
    )


@only_here
@pytest.mark.parametrize("statement", LATE)
def test_the_database_refuses_what_comes_too_late(signed_on_paper, statement):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@only_here
def test_a_choice_is_not_replaced_while_others_still_sign(scene, contract):
    sign_line(line_of(contract, "professional"), Choice(Outcome.SIGNED), method="password", by=scene.nurse)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(another_choice())
    assert Signature.objects.get().outcome == "signed"
