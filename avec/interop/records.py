"""What a file says, as plain records: no FHIR, no database. Links are keys of other records."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Ignored:
    """Something of the file that was not kept, or not as it was, and why."""

    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.what}\u00a0: {self.why}"


@dataclass
class ParsedEstablishment:
    key: str
    finess: str = ""
    name: str = ""


@dataclass
class ParsedPerson:
    key: str
    finess: str = ""
    local_id: str = ""
    ins: str = ""
    ins_system: str = ""
    identity_status: str = ""
    civility: str = ""
    family_name: str = ""
    birth_name: str = ""
    given_names: str = ""
    used_name: str = ""
    gender: str = "unknown"
    birth_date: date | None = None
    birth_order: int = 1
    birth_place_code: str = ""


@dataclass
class ParsedProfessional:
    key: str
    national_id: str = ""
    civility: str = ""
    family_name: str = ""
    given_name: str = ""
    job: str = ""


@dataclass
class ParsedRelative:
    key: str
    person: str
    identifier: str = ""
    identifier_system: str = ""
    civility: str = ""
    family_name: str = ""
    given_name: str = ""
    relation: str = ""
    role_code: str = ""
    relation_code: str = ""
    protection_code: str = ""
    phone: str = ""
    email: str = ""
    comment: str = ""


@dataclass
class ParsedTeamMember:
    """A professional named in a care circle (CDS)."""

    person: str
    professional: str
    function: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass
class ParsedStay:
    key: str
    person: str
    admitted_on: date
    discharged_on: date | None = None


@dataclass
class ParsedPlan:
    key: str
    person: str
    identifier: str = ""
    kind: str = ""
    title: str = ""
    description: str = ""
    communication: str = ""
    step: str = "gathering"
    starts_on: date | None = None
    ends_on: date | None = None
    documents: list[str] = field(default_factory=list)
    # (side, key of the agreement)
    agreements: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class ParsedExpectation:
    key: str
    plan: str
    identifier: str = ""
    voice: str | None = None
    origin_words: str = ""
    words: str = ""
    comment: str = ""
    said_on: date | None = None
    withdrawn: bool = False
    importance: int | None = None
    not_wanted: bool = False
    situation: str = ""
    domain: str = ""
    serafin: str = ""
    goal_identifiers: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)


@dataclass
class ParsedNeed:
    key: str
    plan: str
    identifier: str = ""
    status: str = "active"
    words: str = ""
    serafin: str = ""
    analyses: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    is_strength: bool = False
    documents: list[str] = field(default_factory=list)


@dataclass
class ParsedGoal:
    key: str
    plan: str
    identifier: str = ""
    status: str = "active"
    title: str = ""
    statement: str = ""
    starts_on: date | None = None
    due_on: date | None = None
    priority: int | None = None
    expected_result: str = ""
    strategy: str = ""
    person_opinion: str = ""
    domains: list[str] = field(default_factory=list)
    referent: str = ""
    needs: list[str] = field(default_factory=list)
    assessments: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)


@dataclass
class ParsedActivity:
    key: str
    plan: str
    kind: str = "action"
    identifier: str = ""
    status: str = "active"
    part_of: str = ""
    goals: list[str] = field(default_factory=list)
    assessments: list[str] = field(default_factory=list)
    title: str = ""
    description: str = ""
    resource_type: str = ""
    performer: str = ""
    owner: str = ""
    participation: str = ""
    rhythm: str = ""
    place: str = ""
    means: str = ""
    starts_at: datetime | date | None = None
    ends_at: datetime | date | None = None
    serafin: list[str] = field(default_factory=list)
    person_opinion: str = ""
    expected_result: str = ""
    documents: list[str] = field(default_factory=list)


@dataclass
class ParsedAgreement:
    key: str
    source_key: str
    signed_at: datetime | date
    # Key of the signatory: the person, somebody of the circle, or a professional.
    signatory: str
    status: str = "active"
    valid_from: date | None = None
    valid_until: date | None = None
    document: str = ""


@dataclass
class ParsedDocument:
    key: str
    person: str
    identifier: str = ""
    title: str = ""
    language: str = ""
    content_type: str = ""
    data: bytes = b""
    author: str = ""


@dataclass
class ParsedAssessment:
    key: str
    person: str
    plan: str = ""
    identifier: str = ""
    questionnaire: str = ""
    status: str = "completed"
    by_person: bool = False
    assessor: str = ""
    author: str = ""
    responsible: str = ""
    has_holder: bool = False
    method: str = ""
    comment: str = ""
    items: list[Any] = field(default_factory=list)
    assessed_at: datetime | date | None = None
    documents: list[str] = field(default_factory=list)


@dataclass
class Records:
    """Everything one file says, in the order of the file."""

    establishments: list[ParsedEstablishment] = field(default_factory=list)
    persons: list[ParsedPerson] = field(default_factory=list)
    professionals: list[ParsedProfessional] = field(default_factory=list)
    relatives: list[ParsedRelative] = field(default_factory=list)
    team: list[ParsedTeamMember] = field(default_factory=list)
    stays: list[ParsedStay] = field(default_factory=list)
    plans: list[ParsedPlan] = field(default_factory=list)
    expectations: list[ParsedExpectation] = field(default_factory=list)
    needs: list[ParsedNeed] = field(default_factory=list)
    goals: list[ParsedGoal] = field(default_factory=list)
    activities: list[ParsedActivity] = field(default_factory=list)
    agreements: list[ParsedAgreement] = field(default_factory=list)
    documents: list[ParsedDocument] = field(default_factory=list)
    assessments: list[ParsedAssessment] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
