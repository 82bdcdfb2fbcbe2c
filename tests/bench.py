"""Measure the pages and the papers: a JSON line for each page and size, then whether the bars hold.

`python -m tests.bench [--quick]`. In process, on databases of its own: the demo,
and 5,000 persons. The speed of a machine moves within seconds, so the sizes are
taken in turn (A B A B), a fixed Python loop is timed before and after each
batch, and times are rescaled to ten million steps a second; those of the clock
on the wall are said beside (raw). DATABASE_URL, when
given, names the server on which the two databases are made and dropped.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

PERSONS = 5000
UNIT = 500  # of them, in the unit whose clocks are read
REFERENCE = 10_000_000  # steps a second
MOST = {
    "person": 14,
    "plan of 3 goals": 14,
    "plan of 30 goals": 14,
    "evaluations of 30 goals": 14,
    "own": 26,  # talks and refused cares among what is coming
    "persons": 8,
    "clock board of 500 stays": 10,
    "negotiation of 50 points": 12,
    "negotiation seen by the person": 12,
    "idle poll of a negotiation": 2,
    "results of 5,000 answers": 8,
}
GOALS = (3, 30)
# As many queries however many goals.
SAME = tuple(tuple(f"{page} of {goals} goals" for goals in GOALS) for page in ("plan", "evaluations"))
# As quick on many persons as on a few; the board reads all the stays it sorts.
STEADY = ("person", "persons")
RATIO = 1.3
# Milliseconds of server time: as they pass on a machine faster than the reference, rescaled on a slower one.
P95 = {"clock board of 500 stays": 150, "results of 5,000 answers": 100}
MEDIAN = {
    "idle poll of a negotiation": 3,
    "contract PDF of 12 goals": 300,
    "seal": 150,
    "verification": 200,
}
# Kilobytes that travel for the page a card opens, compressed: the first time, and the next ones on the same phone.
WEIGHT = {"answering page, first": 300, "answering page, next": 60}
# Answers to the campaign that is measured, half on each side.
ANSWERS = 5000
# What lies on the table of the negotiation that is measured.
POINTS, PARTIES = 50, 10
WARM = 3


def speed() -> float:
    """Steps a second of a fixed loop, now."""
    total, steps = 0, 200_000
    started = time.perf_counter()
    for i in range(steps):
        total += i * i
    return steps / (time.perf_counter() - started)


def main() -> int:
    """The two sizes, each in a process of its own, taken in turn; then the verdict."""
    options = arguments()
    if options.worker:
        return worker(options.worker)
    rounds, batch = (3, 5) if options.quick else (8, 10)
    folder = tempfile.mkdtemp(prefix="avec-bench-")
    sizes = {"demo": 0, "many": PERSONS}
    workers: dict[str, Worker] = {}
    try:
        for name, count in sizes.items():
            workers[name] = Worker(name, count, folder)
        taken: dict[tuple[str, str], list[float]] = {}
        raw: dict[tuple[str, str], list[float]] = {}
        queries: dict[tuple[str, str], int] = {}
        for page in workers["demo"].pages:
            for _ in range(rounds):
                for name, asked in workers.items():
                    answer = asked.ask({"page": page, "times": batch})
                    taken.setdefault((page, name), []).extend(answer["ms"])
                    raw.setdefault((page, name), []).extend(answer["raw"])
                    queries[page, name] = answer["queries"]
        return report(workers, taken, raw, queries)
    finally:
        for asked in workers.values():
            asked.stop()
        shutil.rmtree(folder, ignore_errors=True)


def p95(times: list[float]) -> float:
    return round(sorted(times)[min(len(times) - 1, int(len(times) * 0.95))], 1)


def report(
    workers: dict[str, "Worker"],
    taken: dict[Any, list[float]],
    raw: dict[Any, list[float]],
    queries: dict[Any, int],
) -> int:
    """One line for each page and size; 1 when a bar does not hold."""
    broken = []
    for (page, name), times in taken.items():
        line = {
            "page": page,
            "persons": workers[name].persons,
            "database": workers[name].database,
            "queries": queries[page, name],
            "median_ms": round(statistics.median(times), 1),
            "p95_ms": p95(times),
            "raw_median_ms": round(statistics.median(raw[page, name]), 1),
            "raw_p95_ms": p95(raw[page, name]),
        }
        say(json.dumps(line))
        waited = min(p95(times), p95(raw[page, name]))
        if waited > P95.get(page, 10_000):
            broken.append(f"{page} takes {waited} ms (at most {P95[page]})")
        usual = round(min(statistics.median(times), statistics.median(raw[page, name])), 1)
        if usual > MEDIAN.get(page, 10_000):
            broken.append(f"{page} usually takes {usual} ms (at most {MEDIAN[page]})")
        if queries[page, name] > MOST.get(page, 1000):
            broken.append(f"{page} asks {queries[page, name]} queries (at most {MOST[page]})")
    for page, weight in workers["demo"].weights.items():
        say(json.dumps({"page": page, "kB": weight}))
        if weight > WEIGHT[page]:
            broken.append(f"{page} weighs {weight} kB (at most {WEIGHT[page]})")
    for page in workers["demo"].pages:
        if queries[page, "demo"] < queries[page, "many"]:
            broken.append(f"{page} asks more queries on more persons")
        ratio = statistics.median(taken[page, "many"]) / statistics.median(taken[page, "demo"])
        if page in STEADY and ratio > RATIO:
            broken.append(f"{page} takes {ratio:.2f} times as long on {PERSONS} persons (at most {RATIO})")
    for name in workers:
        for pair in SAME:
            few, many = (queries[page, name] for page in pair)
            if many > few:
                broken.append(f"{pair[1]} asks {many} queries, {pair[0]} {few} (as many, whatever the goals)")
    say("Bars hold." if not broken else "Bars broken: " + "; ".join(broken))
    return 1 if broken else 0


class Worker:
    """A process with its own database, that measures when asked."""

    def __init__(self, name: str, count: int, folder: str) -> None:
        data = Path(folder, name)
        data.mkdir()
        settings = {
            **os.environ,
            "AVEC_DATA": str(data),
            "AVEC_DEMO": "1",
            "AVEC_LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "avec.settings",
        }
        settings.pop("AVEC_DEBUG", None)
        self.dropped = ""
        if given := os.environ.get("DATABASE_URL", ""):
            if not given.startswith("sqlite"):
                settings["DATABASE_URL"] = self.dropped = own_database(given, f"avec_bench_{name}")
            else:
                settings.pop("DATABASE_URL")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench", "--worker", str(count)],
            env=settings,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        ready = self.read()
        self.persons, self.database, self.pages = ready["persons"], ready["database"], ready["pages"]
        self.weights: dict[str, float] = ready["weights"]

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        return self.read()

    def read(self) -> dict[str, Any]:
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("a measuring process stopped: see above")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def stop(self) -> None:
        if self.process.stdin:
            self.process.stdin.close()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
        if self.dropped:
            drop_database(self.dropped)


def own_database(given: str, name: str) -> str:
    """A database made for this measure beside the one given."""
    import psycopg

    address = urlunsplit(urlsplit(given)._replace(path=f"/{name}"))
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"')  # type: ignore[call-overload]
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[call-overload]
    return address


def drop_database(address: str) -> None:
    import psycopg

    name = urlsplit(address).path.lstrip("/")
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')  # type: ignore[call-overload]


# --- In the measuring process ---------------------------------------------------------------------------


def worker(count: str) -> int:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from avec.demo.load import load_demo
    from avec.people.models import Person
    from avec.wsgi import settle

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    load_demo()
    for goals in GOALS:
        add_persons(1, goals=goals, mark=plan_mark(goals), in_unit=0)
    if int(count):
        add_persons(int(count) - Person.objects.count())
        call_command("clearsessions")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    table = add_negotiation()
    addresses = pages()
    clients = {}
    for slug, _ in addresses.values():
        if slug not in clients:
            clients[slug] = Client()
            clients[slug].post("/demo/entrer/", {"qui": slug})
    addresses |= {
        "negotiation of 50 points": ("infirmiere", table),
        "negotiation seen by the person": ("residente", table),
        "idle poll of a negotiation": ("infirmiere", followed(clients["infirmiere"], table)),
    }
    measured, work = add_campaign()
    addresses["results of 5,000 answers"] = ("infirmiere", measured)
    settings.DEBUG = False  # as in production: no query is kept, templates stay loaded
    settle()
    work |= {page: visit(clients[slug], address) for page, (slug, address) in addresses.items()} | papers()
    ready = {"persons": Person.objects.count(), "database": connection.vendor, "pages": list(work)}
    answer(ready | {"weights": weights()})
    for line in sys.stdin:
        question = json.loads(line)
        answer(measure(work[question["page"]], question["times"]))
    return 0


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def answer(data: dict[str, Any]) -> None:
    say(json.dumps(data))


def visit(client: Any, address: str) -> Callable[[], object]:
    """What one request of this page is."""

    def visited() -> None:
        response = client.get(address)
        assert response.status_code in (200, 204), f"{address}: {response.status_code}"

    return visited


def papers() -> dict[str, Callable[[], object]]:
    """A contract of 12 goals set in type, each time with other words; its seal; its verification by a stranger."""
    import dataclasses
    import itertools

    from avec.documents.pdf import contract_pdf
    from avec.documents.sandbox import verify_untrusted
    from avec.documents.seal import seal_pdf
    from avec.documents.tests.factories import SHEET

    turn = itertools.count()

    def printed() -> bytes:
        goals = [
            dataclasses.replace(goal, number=str(number), heading=f"{goal.heading}, {next(turn)}")
            for number, goal in enumerate(SHEET.clauses * 4, 1)
        ]
        return contract_pdf(dataclasses.replace(SHEET, clauses=tuple(goals)))

    def sealed() -> bytes:
        return seal_pdf(pdf, reason="Contrat de soins", field_name="sceau", name=SHEET.establishment)

    def verified() -> None:
        assert verify_untrusted(paper).intact

    pdf = printed()
    paper = sealed()
    return {"contract PDF of 12 goals": printed, "seal": sealed, "verification": verified}


def measure(work: Callable[[], object], times: int) -> dict[str, Any]:
    """Times of one page in milliseconds, rescaled; and its number of queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _ in range(WARM):
        work()
    with CaptureQueriesContext(connection) as queries:
        work()
    count = asked(queries.captured_queries)  # now: the next request empties the list
    before, taken = speed(), []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1000)
    factor = (before + speed()) / 2 / REFERENCE
    return {"ms": [duration * factor for duration in taken], "raw": taken, "queries": count}


def asked(queries: list[dict[str, str]]) -> int:
    """Statements that ask or write something: a transaction's own words are not counted."""
    words = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
    return len([query for query in queries if not query["sql"].upper().startswith(words)])


def pages() -> dict[str, tuple[str, str]]:
    """Each page measured: as whom, and its address. The person's record is the demo's own, in both sizes."""
    from django.urls import reverse

    from avec.careplan.models import CarePlan
    from avec.demo.cast import BY_SLUG
    from avec.people.models import Person

    person = Person.objects.get(member__user__email=BY_SLUG["residente"].email)
    plans = {goals: CarePlan.objects.get(person__local_id=f"{plan_mark(goals)}{0:06}") for goals in GOALS}
    return {
        "person": ("infirmiere", reverse("home:record", args=[person.pk])),
        **{
            f"plan of {goals} goals": ("infirmiere", reverse("home:record", args=[plan.person_id]))
            for goals, plan in plans.items()
        },
        **{
            f"evaluations of {goals} goals": ("infirmiere", reverse("careplan:evaluations", args=[plan.pk]))
            for goals, plan in plans.items()
        },
        "persons": ("infirmiere", reverse("people:list")),
        "day": ("infirmiere", reverse("home:day")),
        "own": ("residente", reverse("home:own")),
        "clock board of 500 stays": ("cadre", reverse("clocks:board")),
    }


def add_negotiation() -> str:
    """Fifty points and ten parties about the person of the demo, who talk: the address of its page."""
    from django.db import transaction
    from django.urls import reverse
    from django.utils import timezone

    from avec.accounts.models import Member
    from avec.careplan.models import CarePlan
    from avec.demo.cast import BY_SLUG
    from avec.negotiation.actions import Opening, Seat, open_negotiation
    from avec.negotiation.models import Point
    from avec.negotiation.rules import Phase, Verb
    from avec.negotiation.sitting import lay, sit
    from avec.people.models import Person, RelatedPerson

    nurse = Member.objects.get(user__email=BY_SLUG["infirmiere"].email)
    person = Person.objects.get(member__user__email=BY_SLUG["residente"].email)
    plan = CarePlan.objects.filter(person=person).latest("starts_on")
    around = [
        RelatedPerson.objects.create(
            person=person,
            establishment=person.establishment,
            given_name=f"Cousin {number}",
            family_name="Duval",
            relation="cousin",
        )
        for number in range(PARTIES - 2)
    ]
    opening = Opening(
        title="Les journées",
        situation="Tout est à revoir.",
        aim="Des journées qui conviennent à chacun",
        due_on=timezone.localdate() + timedelta(days=30),
    )
    seats = [Seat(speaks_aloud=True), Seat(professional=nurse), *(Seat(relative=one) for one in around)]
    with transaction.atomic():
        table = open_negotiation(plan, opening, seats, by=nurse)
        table.parties.update(speaks_aloud=True)
        sitting = sit(table)
        parties = list(sitting.parties.values())
        for number in range(1, POINTS + 1):
            point = Point(negotiation=table, number=number, words=f"Le point numéro {number}", nature="who")
            sitting.points[str(point.pk)] = point
            lay(sitting, Verb.ADD_POINT, by=nurse, point=point, words=point.words, detail={"nature": "who"})
        for party in parties:
            lay(sitting, Verb.ACCEPT_AIM, by=nurse, party=party)
        lay(sitting, Verb.GO_ON, by=nurse, detail={"to": Phase.EXPLORE.value, "from": "frame"})
        for party in parties:
            lay(sitting, Verb.STAKE, by=nurse, party=party, words="Dormir, et ne pas courir")
        lay(sitting, Verb.GO_ON, by=nurse, detail={"to": Phase.POSITIONS.value, "from": "explore"})
        for place, point in enumerate(sitting.points.values()):
            for party in (parties[0], parties[1], parties[2 + place % (PARTIES - 2)]):
                lay(sitting, Verb.POSITION, by=nurse, party=party, point=point, words="Plutôt le matin")
            offers = {"by": nurse, "point": point, "words": "Deux matins", "detail": {"was": "Chaque matin"}}
            first = lay(sitting, Verb.OFFER, party=parties[place % 2], **offers)
            lay(sitting, Verb.OFFER, party=parties[1 - place % 2], about=first.number, **offers)
            for party in parties:
                if party != first.party:
                    lay(sitting, Verb.ACCEPT, by=nurse, party=party, about=first.number)
    return reverse("negotiation:table", args=[table.pk])


def add_campaign() -> tuple[str, dict[str, Callable[[], object]]]:
    """A group that counts 5,000 answers: the address of its results, and what it is to count, undone each time."""
    from django.db import transaction
    from django.urls import reverse

    from avec.accounts.models import Member
    from avec.barometer.actions import settle_campaign
    from avec.demo.cast import BY_SLUG

    nurse = Member.objects.select_related("establishment").get(user__email=BY_SLUG["infirmiere"].email)
    settled = settle_campaign(answered_campaign(nurse, "Le grand groupe"), by=nurse)
    waiting = answered_campaign(nurse, "Le grand groupe qui attend")

    def counted() -> None:
        with transaction.atomic():
            settle_campaign(waiting, by=nurse)
            transaction.set_rollback(True)

    return reverse("barometer:results", args=[settled.pk]), {"counting of 5,000 answers": counted}


def answered_campaign(leader: Any, name: str) -> Any:
    """A campaign of a group of this member's, closed, answered by 5,000 and not counted yet."""
    from random import Random

    from django.utils import timezone

    from avec.barometer.actions import open_campaign
    from avec.barometer.instruments import usual_barometer
    from avec.barometer.models import Campaign, Group, GroupKind, GroupMember, PartChoice, SelfRating

    group = Group.objects.create(
        establishment=leader.establishment,
        kind=GroupKind.WORKING_GROUP.value,
        name=name,
        created_by=leader,
    )
    GroupMember.objects.create(
        group=group, member=leader, side="professional", leads=True, agreed_at=timezone.now()
    )
    today = timezone.localdate()
    campaign = Campaign.objects.create(
        group=group,
        barometer=usual_barometer(),
        title="Cinq mille réponses",
        kind="anonymous",
        opens_on=today - timedelta(days=20),
        closes_on=today + timedelta(days=1),
        asked_users=ANSWERS // 2,
        asked_professionals=ANSWERS // 2,
        created_by=leader,
    )
    campaign = open_campaign(campaign, by=leader)
    chance = Random(ANSWERS)  # noqa: S311 (matter to measure)
    codes, levels = campaign.barometer.instrument.codes, [0, 1, 2, 2, 3, 3, 4, None]
    parts = {
        "user": [PartChoice.PERSON.value, PartChoice.RELATIVE.value, ""],
        "professional": [PartChoice.CARE.value, PartChoice.SUPPORT.value],
    }
    SelfRating.objects.bulk_create(
        (
            SelfRating(
                campaign=campaign,
                side=side,
                part=chance.choice(own),
                ratings={code: chance.choice(levels) for code in codes},
            )
            for side, own in parts.items()
            for _ in range(ANSWERS // 2)
        ),
        batch_size=500,
    )
    campaign.closed_at = timezone.now() - timedelta(hours=2)
    campaign.save(update_fields=["closed_at"])
    return campaign


def weights() -> dict[str, float]:
    """Kilobytes of the page a card opens: with all that it asks for, then alone, once a phone has kept the rest.

    Every font that a stylesheet names is counted, though a phone asks only for those whose letters it shows.
    """
    import gzip
    import re

    from django.contrib.staticfiles import finders
    from django.db import transaction
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone

    from avec.barometer.cards import give
    from avec.barometer.models import Campaign
    from avec.barometer.rules import Side

    def weigh(data: bytes, name: str = "") -> int:
        return len(data) if name.endswith((".woff2", ".png", ".webp")) else len(gzip.compress(data, 6))

    now = timezone.now()
    campaign = next(one for one in Campaign.objects.filter(state="open") if one.course.takes_phones(now))
    with transaction.atomic():
        campaign.asked_users += 1
        campaign.asked_users = max(campaign.asked_users, campaign.invitations.filter(side="user").count() + 1)
        campaign.save(update_fields=["asked_users"])
        [token] = give(campaign, Side.USER, 1)
        response = Client().get(reverse("barometer_card:card", args=[token]))
        transaction.set_rollback(True)
    assert response.status_code == 200, response.status_code
    page = response.content
    wanted = {
        re.sub(r"[?#].*", "", one) for one in re.findall(r'(?:href|src)="/static/([^"]+)"', page.decode())
    }
    total, seen = weigh(page), set()
    while wanted:
        name = wanted.pop()
        # As it was written, whatever print of its content its address carries.
        plain = re.sub(r"\.[0-9a-f]{12}(\.[a-z0-9]+)$", r"\1", name)
        found = finders.find(plain)
        assert isinstance(found, str), name
        seen.add(plain)
        data = Path(found).read_bytes()
        total += weigh(data, plain)
        if plain.endswith(".css"):
            folder = Path(plain).parent
            for one in re.findall(r"url\([\"']?([^\"')]+)", data.decode()):
                if not one.startswith(("data:", "#")):
                    inner = os.path.normpath(folder / re.sub(r"[?#].*", "", one))
                    wanted |= {inner} - seen
    return {
        "answering page, first": round(total / 1024, 1),
        "answering page, next": round(weigh(page) / 1024, 1),
    }


def followed(client: Any, address: str) -> str:
    """What the page of a table asks every two seconds, as it stands."""
    import html
    import re

    page = client.get(address).content.decode()
    asks = re.search(r'"([^"]*/en-direct/[^"]*)"', page)
    version = re.search(r'data-[a-z-]*version="(\d+)"', page)
    assert asks, "the page follows nothing"
    assert version, "the page does not know its version"
    return f"{html.unescape(asks[1])}?v={version[1]}"


def plan_mark(goals: int) -> str:
    """How the person whose plan has that many goals is numbered."""
    return f"GOALS{goals:03}-"


def add_persons(count: int, *, goals: int = 3, mark: str = "BENCH", in_unit: int = UNIT) -> None:
    """Plausible persons, all in the nurse's team: for each goal, two expectations, activities and voices."""
    from django.db import transaction
    from django.db.models import OuterRef, Subquery
    from django.utils import timezone

    from avec.careplan.models import Activity, Answer, CarePlan, Evaluation, Expectation, Goal, Position
    from avec.demo.cast import BY_SLUG
    from avec.people.models import CareTeamMember, Person, Stay
    from avec.people.rules import fold

    nurse = BY_SLUG["infirmiere"].email
    from avec.accounts.models import Member

    member = Member.objects.select_related("establishment").get(user__email=nurse)
    manager = Member.objects.select_related("unit").get(user__email=BY_SLUG["cadre"].email)
    house, day, now = member.establishment, timezone.localdate(), timezone.now()
    given = ["Odette", "Bernard", "Yvonne", "Jean", "Suzanne", "Malik", "Rosa", "Henri", "Aline", "Paul"]
    family = ["Marchand", "Lefèvre", "Nguyen", "Garnier", "Œuvrard", "Da Silva", "Perrin", "Bonnet", "Roux"]
    with transaction.atomic():
        for start in range(0, count, 500):
            numbers = range(start, min(start + 500, count))
            persons = [
                Person(
                    establishment=house,
                    local_id=f"{mark}{number:06}",
                    given_names=given[number % len(given)],
                    family_name=f"{family[number % len(family)]} {number}",
                    search_text=fold(f"{given[number % len(given)]} {family[number % len(family)]} {number}"),
                    birth_date=day - timedelta(days=365 * 70 + number % 9000),
                    room=str(number),
                    unit=manager.unit if number < in_unit else None,
                )
                for number in numbers
            ]
            Person.objects.bulk_create(persons)
            common = [{"person": person, "establishment": house} for person in persons]
            Stay.objects.bulk_create(Stay(**row, admitted_on=day - timedelta(days=400)) for row in common)
            CareTeamMember.objects.bulk_create(
                CareTeamMember(
                    **row, member=member, starts_on=day - timedelta(days=390), is_referent=place % 3 == 0
                )
                for place, row in enumerate(common)
            )
            plans = [
                CarePlan(**row, title="Projet", step="in_force", starts_on=day, created_by=member)
                for row in common
            ]
            CarePlan.objects.bulk_create(plans)
            expectations, aims, activities = [], [], []
            for plan in plans:
                row = {"plan": plan, "person": plan.person, "establishment": house, "written_by": member}
                expectations += [
                    Expectation(
                        **row,
                        voice="person" if place % 2 else "relative",
                        words=f"Je voudrais sortir plus souvent, surtout le {place + 1}.",
                        said_on=day - timedelta(days=place * 20),
                        level="C1" if place else "C2",
                        importance=place % 4 + 1,
                    )
                    for place in range(goals * 2)
                ]
                aims += [
                    Goal(
                        **row,
                        number=place + 1,
                        statement=f"Sortir au jardin {place + 1} fois par semaine.",
                        due_on=day + timedelta(days=60),
                        priority=place + 1,
                        referent=member,
                    )
                    for place in range(goals)
                ]
                activities += [
                    Activity(
                        **row,
                        title="Aller au jardin",
                        participation=["by", "with", "for"][place % 3],
                        owner=member,
                    )
                    for place in range(goals * 2)
                ]
            Expectation.objects.bulk_create(expectations)
            Goal.objects.bulk_create(aims)
            Activity.objects.bulk_create(activities)
            answers = [
                Answer(
                    expectation=expectation,
                    reply="taken_up",
                    goal=aims[place // 2],
                    by=member,
                )
                for place, expectation in enumerate(expectations)
                if place % (goals * 2) != goals * 2 - 1
            ]
            Answer.objects.bulk_create(answers)
            Goal.expectations.through.objects.bulk_create(
                Goal.expectations.through(goal=given_answer.goal, expectation=given_answer.expectation)
                for given_answer in answers
            )
            Goal.activities.through.objects.bulk_create(
                Activity.goals.through(activity=activity, goal=aims[place // 2])
                for place, activity in enumerate(activities)
            )
            Position.objects.bulk_create(
                Position(goal=goal, voice="person", stance="agrees", by=member, at=now) for goal in aims
            )
            Evaluation.objects.bulk_create(
                Evaluation(goal=goal, voice=voice, value=value, words="", evaluated_on=day, by=member, at=now)
                for goal in aims
                for voice, value in (("person", -1), ("professional", 1))
            )
        latest = Answer.objects.filter(expectation=OuterRef("pk")).values("pk")[:1]
        unset = Expectation.objects.filter(current_answer=None, answers__isnull=False, written_by=member)
        Expectation.objects.filter(pk__in=unset.values("pk")).update(current_answer=Subquery(latest))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
