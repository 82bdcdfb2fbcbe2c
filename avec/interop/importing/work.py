"""What an import holds while it runs: what was found, what was made, and what there is to say."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from avec.accounts.models import Establishment, Member
from avec.careplan.models import CarePlan
from avec.documents.models import StoredFile
from avec.interop.numbers import exported_number, number_of
from avec.interop.records import Ignored, Records
from avec.interop.report import ImportReport
from avec.interop.rules import COLON
from avec.interop.saying import as_written
from avec.people.models import Person, RelatedPerson


class Shelf:
    """The lines of one kind that are already there, by their number and by their words."""

    def __init__(self, lines: Iterable[Any], words: str) -> None:
        self.words = words
        self.by_number: dict[str, Any] = {}
        self.by_words: dict[Any, Any] = {}
        self.last = 0
        for line in lines:
            self.add(line)

    def add(self, line: Any) -> None:
        self.by_number.setdefault(number_of(line), line)
        if not isinstance(line, RelatedPerson):
            self.by_number.setdefault(exported_number(line), line)
        self.last = max(self.last, getattr(line, "number", 0))
        if not line.identifier:
            self.by_words.setdefault(getattr(line, self.words), line)

    def find(self, identifier: str, words: str) -> Any:
        """By number; only a line of a file without numbers is found by its words."""
        return self.by_number.get(identifier) if identifier else self.by_words.get(words)


class Work:
    def __init__(self, records: Records, by: Member | None) -> None:
        self.records = records
        self.by = by
        self.report = ImportReport(ignored=records.ignored)
        self.establishments: dict[str, Establishment] = {}
        self.persons: dict[str, Person] = {}
        self.relatives: dict[str, RelatedPerson] = {}
        self.members: dict[tuple[str, UUID], Member] = {}
        self.professionals = {one.key: one for one in records.professionals}
        self.staff: dict[UUID, dict[str, Member]] = {}
        self.plans: dict[str, CarePlan] = {}
        # The day of what each plan leaves undated.
        self.days: dict[str, date] = {}
        self.names: dict[UUID, list[tuple[set[str], RelatedPerson]]] = {}
        # Expectations, needs, goals, activities, assessments, by the key they have in the file.
        self.lines: dict[str, Any] = {}
        self.files: dict[str, StoredFile] = {}
        self.shelves: dict[tuple[Any, Any], Shelf] = {}
        # The lines this file created: only those receive links.
        self.new: set[UUID] = set()

    def ignore(self, what: str, why: str) -> None:
        self.report.ignored.append(Ignored(what, why))

    def differs(self, label: str, names: list[str]) -> None:
        if names:
            self.report.different.append(f"{label}{COLON}{', '.join(names)}")

    def settle(
        self,
        kind: str,
        label: str,
        found: Any,
        model: Any,
        fields: dict[str, Any],
        *,
        complete: frozenset[str] = frozenset(),
        **fixed: Any,
    ) -> Any:
        """The line of the database for something of the file: found, or created.

        What is written here is never replaced. The fields named in `complete` are
        filled when they were empty here: a date of birth that a first file lacked.
        """
        if found is not None:
            self.report.recognised[kind] += 1
            filled = [name for name in sorted(complete) if fields.get(name) and not getattr(found, name)]
            for name in filled:
                setattr(found, name, fields[name])
            if filled:
                found.save()
                words = ", ".join(_verbose(model, name) for name in filled)
                self.report.completed.append(f"{label} : {words}")
            self.differs(label, [_verbose(model, name) for name in _differing(found, fields)])
            return found
        created = model.objects.create(**fields, **fixed)
        self.report.created[kind] += 1
        self.new.add(created.pk)
        return created

    def shelf(self, model: Any, words: str, **owner: Any) -> Shelf:
        """The lines of this kind that belong to this owner, read once."""
        place = (model, tuple(one.pk for one in owner.values()))
        if place not in self.shelves:
            lines = model.objects.filter(**owner).select_related("person__establishment")
            self.shelves[place] = Shelf(lines, words)
        return self.shelves[place]


def _differing(found: Any, fields: dict[str, Any]) -> list[str]:
    """What the file says and the line does not. Silence of the file is no difference, nor our own words."""
    ours = as_written(found)
    return [
        name
        for name, value in fields.items()
        if value not in ("", None, [], False) and value not in (getattr(found, name), ours.get(name))
    ]


def _verbose(model: Any, name: str) -> str:
    return str(model._meta.get_field(name).verbose_name)


def of(person: Person) -> dict[str, Any]:
    """What every part of a record carries."""
    return {"person": person, "establishment_id": person.establishment_id}


def moment(value: datetime | date | None, person: Person) -> datetime | None:
    """A day without a time starts at midnight where the person lives."""
    if value is None or isinstance(value, datetime):
        return value
    return datetime.combine(value, time.min, tzinfo=ZoneInfo(person.establishment.time_zone))
