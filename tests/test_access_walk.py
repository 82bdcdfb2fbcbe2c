"""Every address, as every member of the cast, on a record of the house and on one of another house.

What is expected stands in access_walk.txt, for a reviewer to read. When a page
is added or opens otherwise: AVEC_WALK=write, then read the difference.
"""

import logging
import os
import re
from collections import defaultdict
from pathlib import Path

import pytest
from django.template import Context, Origin, Template, engines
from django.urls import reverse

from avec.barometer.models import Campaign, Decision, Group, GroupKind, GroupMember
from avec.careplan.models import (
    Activity,
    Assessment,
    Attachment,
    CarePlan,
    Divergence,
    Domain,
    Expectation,
    Goal,
    Need,
    Questionnaire,
)
from avec.clocks.table import table_of
from avec.contracts.models import CareContract, IndividualDocument, PaperScan, SignatureLine, TextBeside
from avec.contracts.signatories import rules_of
from avec.demo.cast import BY_SLUG, CAST
from avec.negotiation.models import CareRefusal, Ground, Negotiation
from avec.people.models import Mandate, Person, RelatedPerson
from tests.project import walk_patterns
from tests.template_words import Unknown

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).with_name("access_walk.txt")
HEADER = """\
What each member of the cast gets at each address: GET, on a person of Les Tilleuls (« here », the person
followed by « residente ») and on one of another establishment (« elsewhere »). Written by the test: see
docs/contributing.md. « everyone else » counts somebody who is not signed in, unless « nobody » is named.
"""
# Open without an account: nothing of anybody is on them.
OPEN = {
    "home:index",
    "home:help",
    "home:accessibility",
    "home:data",
    "home:legal",
    "contracts:verify",
    "ui:gallery",
    "demo:cast",
    "accounts:display",
    "accounts:stay_signed_in",
    "barometer_card:typed",
}
# What the demo has none of: the room tests who opens it.
NOT_IN_THE_DEMO: set[str] = set()
# Addresses of ours that are not pages of a record, walked elsewhere, with the reason.
LEFT_OUT = {
    "accounts:invitation": "needs a token; the room tests each state of it",
    "barometer_card:card": "needs a card's token; the room tests each state of it",
    "barometer_card:room": "needs the shared screen's token; the room tests each state of it",
    "negotiation:follow": "needs a token made by an open page; the room tests each state of it",
}


def subjects() -> dict[str, Person]:
    here = Person.objects.get(member__user__email=BY_SLUG["residente"].email)
    elsewhere = (
        Person.objects.exclude(establishment=here.establishment).filter(plans__goals__isnull=False).first()
    )
    assert elsewhere is not None
    return {"here": here, "elsewhere": elsewhere}


def measured(person: Person) -> dict[str, object]:
    """Of a house's barometers: a group whose last campaign is published, one that is open, a draft, a pair."""
    house = person.establishment_id
    groups = Group.objects.filter(establishment=house)
    campaigns = Campaign.objects.filter(group__establishment=house).exclude(group__kind=GroupKind.PAIR)
    settled = campaigns.filter(published_at__isnull=False).order_by("-opens_on").first()
    pair = groups.filter(kind=GroupKind.PAIR).order_by("created_at").first()
    assert settled is not None
    group = settled.group
    return {
        "group": group,
        "pair": pair,
        "asked_pair": groups.filter(kind=GroupKind.PAIR, members__agreed_at=None).first(),
        "settled": settled,
        "open_campaign": campaigns.filter(state="open").order_by("opens_on").first(),
        "draft": campaigns.filter(state="draft").order_by("opens_on").first(),
        "pair_campaign": Campaign.objects.filter(group=pair).first(),
        "place": GroupMember.objects.filter(group=group).order_by("side", "member__family_name").first(),
        "decision": Decision.objects.filter(campaign=settled).order_by("due_on").first(),
    }


def things(person: Person) -> dict[str, object]:
    """One of each thing that hangs on a person, of their plan in progress."""
    plan = CarePlan.objects.filter(person=person).order_by("-created_at").first()
    contract = CareContract.objects.filter(person=person).order_by("-version").first()
    said = Expectation.objects.filter(plan=plan, level="C1", voice="person").order_by("said_on", "words")
    relative = RelatedPerson.objects.filter(person=person).order_by("family_name", "given_name")
    table = Negotiation.objects.running().filter(person=person).order_by("title").first()
    return {
        "person": person,
        "expectation": said.first(),
        "goal": Goal.objects.live().filter(plan=plan, level="C1").order_by("number").first(),
        "activity": Activity.objects.filter(plan=plan, level="C1").order_by("title").first(),
        "plan": plan,
        "spoken": Expectation.objects.filter(plan=plan, recording__isnull=False).order_by("said_on").first(),
        "observed": Expectation.objects.filter(plan=plan, voice="observed").order_by("said_on").first(),
        "divergence": Divergence.objects.filter(plan=plan).order_by("about").first(),
        "domain": Domain.objects.filter(establishment=person.establishment_id).order_by("position").first(),
        "attachment": Attachment.objects.filter(person=person, withdrawn_at=None).first(),
        "assessment": Assessment.objects.filter(person=person, level__in=("C1", "C2"))
        .order_by("-discipline")
        .first(),
        "need": Need.objects.filter(plan=plan, level__in=("C1", "C2")).order_by("words").first(),
        "questionnaire": Questionnaire.objects.filter(establishment=person.establishment).first(),
        "contract": contract,
        "line": SignatureLine.objects.filter(contract=contract, voice="person").first(),
        "scan": PaperScan.objects.filter(contract__person=person).order_by("at").first(),
        "individual": IndividualDocument.objects.filter(contract__person=person).order_by("at").first(),
        "relative": relative.first(),
        "stay": person.stays.order_by("-admitted_on").first(),
        "mandate": Mandate.objects.filter(related_person__person=person)
        .order_by("kind", "starts_on")
        .first(),
        "negotiation": table,
        "party": table.parties.order_by("position").first() if table else None,
        "point": table.points.order_by("number").first() if table else None,
        "refusal": CareRefusal.objects.filter(person=person, level__in=("C1", "C2")).order_by("care").first(),
        "ground": Ground.objects.filter(establishment=person.establishment_id, retired_at=None)
        .order_by("words")
        .first(),
        "deadline": table_of(person.establishment_id)[0],
        "beside": TextBeside.objects.filter(person=person, cancelled_at=None).order_by("kind").first(),
        "signing_rule": rules_of(person.establishment_id)[0],
        "member": person.team.order_by("member__family_name").first().member,
        "tie": person.team.order_by("member__family_name").first(),
        **measured(person),
    }


# What the <uuid:pk> of each address is.
SUBJECT_OF = {
    "home:record": "person",
    "home:thread": "expectation",
    "home:goal_thread": "goal",
    "home:activity_thread": "activity",
    "home:in_time": "person",
    "home:paper": "person",
    "home:paper_pdf": "person",
    "home:own_write": "spoken",
    "home:own_position": "goal",
    "home:own_evaluate": "goal",
    "home:own_withdraw": "expectation",
    "home:own_share": "expectation",
    "home:own_goal": "goal",
    "home:own_stop_sharing": "relative",
    "home:own_objection": "tie",
    "people": "person",
    "people:leave": "stay",
    "people:correct_stay": "stay",
    "people:change_mandate": "mandate",
    "people:end_mandate": "mandate",
    "people:change_place": "tie",
    "people:end_place": "tie",
    "careplan:say": "person",
    "careplan:open_plan": "person",
    "careplan:answer": "expectation",
    "careplan:withdraw": "expectation",
    "careplan:sound": "spoken",
    "careplan:transcribe": "spoken",
    "careplan:confirm": "observed",
    "careplan:said": "plan",
    "careplan:ways": "plan",
    "careplan:divergences": "plan",
    "careplan:note_divergence": "plan",
    "careplan:divergence": "divergence",
    "careplan:change_domain": "domain",
    "careplan:change_goal": "goal",
    "careplan:position": "goal",
    "careplan:change_activity": "activity",
    "careplan:attachment": "attachment",
    "careplan:withdraw_attachment": "attachment",
    "careplan:attach": "plan",
    "careplan:assessments": "person",
    "careplan:write_assessment": "plan",
    "careplan:assessment": "assessment",
    "careplan:change_assessment": "assessment",
    "careplan:validate_assessment": "assessment",
    "careplan:withdraw_assessment": "assessment",
    "careplan:write_need": "plan",
    "careplan:change_need": "need",
    "careplan:follow_need": "need",
    "careplan:questionnaire": "questionnaire",
    "careplan:questionnaire_file": "questionnaire",
    "careplan:retire_questionnaire": "questionnaire",
    "careplan:own_answers": "questionnaire",
    "careplan:write_goal": "plan",
    "careplan:goal_hints": "plan",
    "careplan:priorities": "plan",
    "careplan:evaluations": "plan",
    "careplan:review_goals": "plan",
    "careplan:activity_preview": "plan",
    "careplan:together": "plan",
    "careplan:goal_history": "goal",
    "careplan:undo_move": "goal",
    "careplan:move_goal": "goal",
    "careplan:evaluate": "goal",
    "careplan:end_activity": "activity",
    "careplan:resume_activity": "activity",
    "careplan:add_activity": "plan",
    "careplan:steps": "plan",
    "careplan:move": "plan",
    "careplan:balance": "plan",
    "careplan:renew": "plan",
    "clocks": "stay",
    "clocks:person": "person",
    "clocks:change_deadline": "deadline",
    "clocks:retire": "deadline",
    "negotiation": "negotiation",
    "negotiation:list": "person",
    "negotiation:open": "person",
    "negotiation:refusals": "person",
    "negotiation:note_refusal": "person",
    "negotiation:refusal": "refusal",
    "negotiation:ask_again": "refusal",
    "negotiation:complete_refusal": "refusal",
    "negotiation:change_ground": "ground",
    "negotiation:check_ground": "ground",
    "negotiation:retire_ground": "ground",
    "contracts:room_before": "contract",
    "contracts:room": "contract",
    "contracts:room_give_back": "contract",
    "contracts:room_choose": "contract",
    "contracts:room_confirm": "contract",
    "contracts:room_attest": "contract",
    "contracts:history": "person",
    "contracts:prepare": "person",
    "contracts:discard": "person",
    "contracts:draft_pdf": "person",
    "contracts:reread_draft": "person",
    "contracts:reread": "contract",
    "contracts:sign": "line",
    "contracts:read": "contract",
    "contracts:pdf": "contract",
    "contracts:paper": "contract",
    "contracts:scan": "scan",
    "contracts:hand_over": "contract",
    "contracts:take_copy": "line",
    "contracts:individual_pdf": "individual",
    "contracts:negotiate": "contract",
    "contracts:changes": "contract",
    "contracts:next_step": "contract",
    "contracts:end": "contract",
    "contracts:individual": "contract",
    "contracts:set_beside": "person",
    "contracts:beside_file": "beside",
    "contracts:cancel_beside": "beside",
    "contracts:change_signing_rule": "signing_rule",
    "contracts:restore_signing_rule": "signing_rule",
    "accounts": "member",
    "barometer": "settled",
    "barometer:new_campaign": "group",
    "barometer:group": "group",
    "barometer:edit_group": "group",
    "barometer:add_member": "group",
    "barometer:archive_group": "group",
    "barometer:history": "group",
    "barometer:remove_member": "place",
    "barometer:leads": "place",
    "barometer:agree_pair": "asked_pair",
    "barometer:decline_pair": "asked_pair",
    "barometer:end_pair": "pair",
    "barometer:answer_pair": "pair_campaign",
    "barometer:edit_campaign": "draft",
    "barometer:open_campaign": "draft",
    "barometer:close_campaign": "open_campaign",
    "barometer:cancel_campaign": "open_campaign",
    "barometer:screen": "open_campaign",
    "barometer:cards": "open_campaign",
    "barometer:cards_pdf": "open_campaign",
    "barometer:forms_pdf": "open_campaign",
    "barometer:type_form": "open_campaign",
    "barometer:decision": "decision",
}

# What an argument beside it names.
OTHERS = {"relative": "relative", "member": "member", "party": "party", "key": "point", "line_pk": "line"}

# What an argument that is a word is.
WORDS_OF: dict[object, str] = {
    "reading": "full",
    ("careplan:move_goal", "move"): "retirer",
    ("contracts:negotiate", "number"): "1",
    ("careplan:move", "move"): "hold",
    "criterion": "information",
}


def ours() -> list[tuple[str, list[str]]]:
    return [
        (name, list(pattern.pattern.converters))
        for name, route, pattern in walk_patterns()
        if getattr(pattern.callback, "access", "") or name == "ui:gallery"
        if name not in LEFT_OUT and ":" in name
    ]


def addresses() -> list[tuple[str, str, str]]:
    """(name, here or elsewhere or nothing, address)."""
    found = []
    people = {where: things(person) for where, person in subjects().items()}
    for name, arguments in ours():
        if not arguments:
            found.append((name, "", reverse(name)))
            continue
        for where, thing in people.items():
            values = {}
            for argument in arguments:
                kind = OTHERS.get(argument)
                if argument == "pk":
                    kind = SUBJECT_OF.get(name) or SUBJECT_OF.get(name.split(":")[0])
                if kind is None:
                    values[argument] = WORDS_OF.get((name, argument)) or WORDS_OF.get(argument, "x")
                    continue
                if thing[kind] is None:
                    break
                values[argument] = thing[kind].pk
            else:
                found.append((name, where, reverse(name, kwargs=values)))
    return found


def answer_of(response) -> str:
    if 300 <= response.status_code < 400:
        target = re.sub(r"\?.*", "", response.headers["Location"])
        return f"{response.status_code} {re.sub(r'[0-9a-f]{8}-[0-9a-f-]{27}', '…', target)}"
    return str(response.status_code)


@pytest.fixture(scope="module")
def walked(demo, django_db_blocker):
    """The answers at every address, for everybody; and the template variables that meant nothing."""
    from django.conf import settings
    from django.test import Client

    saved = settings.AVEC_DEMO, settings.DEBUG
    settings.AVEC_DEMO = settings.DEBUG = True
    logging.disable(logging.WARNING)
    engine = engines["django"].engine
    unknown = Unknown()
    engine.string_if_invalid, before = unknown, engine.string_if_invalid
    answers, written = {}, []
    try:
        with django_db_blocker.unblock():
            places = addresses()
            for slug in [None, *(actor.slug for actor in CAST)]:
                client = Client(raise_request_exception=True)
                if slug:
                    assert client.post("/demo/entrer/", {"qui": slug}).status_code == 302
                for name, where, address in places:
                    if name == "demo:enter":
                        continue
                    answer = answers[name, where, slug or "nobody"] = answer_of(client.get(address))
                    if answer in {"403", "404"} and (status := client.post(address).status_code) < 403:
                        written.append(f"POST {name} {where} as {slug}: {status}")
    finally:
        settings.AVEC_DEMO, settings.DEBUG = saved
        engine.string_if_invalid = before
        logging.disable(logging.NOTSET)
    return answers, unknown.found, written


def as_text(answers: dict[tuple[str, str, str], str]) -> str:
    lines = [HEADER]
    pages = defaultdict(lambda: defaultdict(list))
    for (name, where, slug), answer in answers.items():
        pages[name, where][answer].append(slug)
    for (name, where), groups in pages.items():
        lines.append(f"{name}{' · ' + where if where else ''}")
        ordered = sorted(groups.items(), key=lambda group: (len(group[1]), group[0]))
        for place, (answer, slugs) in enumerate(ordered):
            last = place == len(ordered) - 1
            who = ("everyone else" if len(ordered) > 1 else "everyone") if last else " ".join(slugs)
            lines.append(f"    {answer:<24} {who}")
    return "\n".join(lines) + "\n"


def test_everybody_gets_what_the_table_says(walked):
    now = as_text(walked[0])
    if os.environ.get("AVEC_WALK") == "write":
        TABLE.write_text(now, encoding="utf-8")
    assert now == TABLE.read_text(encoding="utf-8"), (
        "AVEC_WALK=write writes the table again: read the difference"
    )


def test_nobody_signed_out_sees_more_than_the_open_pages(walked):
    for (name, _, slug), answer in walked[0].items():
        if slug == "nobody" and name not in OPEN:
            assert answer.startswith("302 /connexion/") or answer in {"404", "405"}, f"{name}: {answer}"


def test_nothing_of_another_house_ever_opens(walked):
    for (name, where, slug), answer in walked[0].items():
        if where and slug != "nobody" and (where == "elsewhere") != BY_SLUG[slug].elsewhere:
            assert answer in {"404", "405"}, f"{name} {where} as {slug}: {answer}"


def test_what_does_not_open_does_not_take_a_form_either(walked):
    assert not walked[2]


def test_no_page_fails(walked):
    assert not {key: answer for key, answer in walked[0].items() if answer[0] == "5"}


def test_every_variable_of_our_templates_means_something(walked):
    assert not walked[1], "\n".join(sorted(walked[1]))


def test_the_walk_would_see_a_variable_that_means_nothing(monkeypatch):
    engine, unknown = engines["django"].engine, Unknown()
    monkeypatch.setattr(engine, "string_if_invalid", unknown)
    source = "{{ nothing }} {{ foreseen|default:'' }} {% if also_foreseen %}{% endif %}"
    origin = Origin(name="/x/avec/room/templates/room/page.html")
    Template(source, origin=origin, engine=engine).render(Context({}))
    assert unknown.found == {"room/page.html: nothing"}


def test_every_address_of_a_record_is_walked(demo):
    walked_names = {name for name, _, _ in addresses()}
    assert {name for name, _ in ours()} - walked_names <= NOT_IN_THE_DEMO, "the demo has no such thing"
