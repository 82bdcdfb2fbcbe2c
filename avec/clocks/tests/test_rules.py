"""The clocks on paper: month ends, leap years, time zones, and every row of both profiles."""

import calendar
import re
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avec.clocks.rules import (
    ORDER,
    PROFILES,
    WAITED_FOR,
    Anchor,
    Applies,
    Contracted,
    EvidenceKind,
    Facts,
    Offset,
    Outcome,
    Proof,
    ProofSource,
    Row,
    Span,
    State,
    Waiting,
    Weight,
    by_date,
    due_on,
    neutral,
    read_clock,
    today_in,
    worst,
)

TODAY = date(2026, 11, 17)
days = st.dates(date(1950, 1, 1), date(2150, 12, 31))
counts = st.integers(0, 60)
ALL_ROWS = [row for profile in PROFILES.values() for row in profile.rows]


def row(anchor=Anchor.ADMISSION, offset=None, **fields) -> Row:
    usual = {"code": "x", "label": "Faire", "source": "Règle", "weight": Weight.HOUSE, "id": uuid4()}
    return Row(**usual | {"anchor": anchor, "offset": offset or Offset(15)} | fields)


# --- Days -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("anchor", "offset", "due"),
    [
        (date(2026, 1, 31), Offset(1, Span.MONTHS), date(2026, 2, 28)),
        (date(2028, 1, 31), Offset(1, Span.MONTHS), date(2028, 2, 29)),
        (date(2026, 8, 31), Offset(6, Span.MONTHS), date(2027, 2, 28)),
        (date(2027, 8, 31), Offset(6, Span.MONTHS), date(2028, 2, 29)),
        (date(2028, 2, 29), Offset(12, Span.MONTHS), date(2029, 2, 28)),
        (date(2028, 2, 29), Offset(4, Span.YEARS), date(2032, 2, 29)),
        (date(2026, 12, 31), Offset(15), date(2027, 1, 15)),
        (date(2026, 3, 5), Offset(8, before=True), date(2026, 2, 25)),
        (date(2028, 3, 5), Offset(8, before=True), date(2028, 2, 26)),
        (date(2026, 3, 31), Offset(1, Span.MONTHS, before=True), date(2026, 2, 28)),
        (date(2026, 11, 17), Offset(0), date(2026, 11, 17)),
    ],
)
def test_days_and_months_of_the_calendar(anchor, offset, due):
    assert due_on(anchor, offset) == due


@given(days, counts)
def test_a_month_is_the_same_day_or_the_last_one(anchor, count):
    due = due_on(anchor, Offset(count, Span.MONTHS))
    last = calendar.monthrange(due.year, due.month)[1]
    assert due.day == min(anchor.day, last)
    assert (due.year * 12 + due.month) - (anchor.year * 12 + anchor.month) == count


@given(days, counts)
def test_a_year_is_twelve_months(anchor, count):
    assert due_on(anchor, Offset(count % 40, Span.YEARS)) == due_on(
        anchor, Offset(12 * (count % 40), Span.MONTHS)
    )


@given(days, st.integers(0, 3000))
def test_days_before_and_after_undo_each_other(anchor, count):
    assert due_on(due_on(anchor, Offset(count)), Offset(count, before=True)) == anchor


@given(days, days, counts, st.sampled_from(Span))
def test_a_later_anchor_is_never_due_earlier(one, other, count, span):
    first, second = sorted((one, other))
    assert due_on(first, Offset(count, span)) <= due_on(second, Offset(count, span))


ZONES = ["Europe/Paris", "Europe/Brussels", "Indian/Reunion", "America/Guadeloupe", "Pacific/Noumea"]


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Europe/Paris", date(2026, 11, 18)),
        ("Europe/Brussels", date(2026, 11, 18)),
        ("Indian/Reunion", date(2026, 11, 18)),
        ("Pacific/Noumea", date(2026, 11, 18)),
        ("America/Guadeloupe", date(2026, 11, 17)),
    ],
)
def test_the_day_is_the_one_of_the_establishment(zone, day):
    assert today_in(zone, datetime(2026, 11, 17, 23, 30, tzinfo=UTC)) == day


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),
    st.sampled_from(ZONES),
)
def test_a_day_never_goes_back_and_is_what_the_wall_shows(instant, zone):
    day = today_in(zone, instant)
    assert day == instant.astimezone(ZoneInfo(zone)).date()
    assert abs((day - instant.date()).days) <= 1
    assert today_in(zone, instant + timedelta(hours=1)) >= day


@pytest.mark.parametrize("zone", ["Europe/Paris", "Europe/Brussels"])
def test_the_two_nights_when_the_hour_changes_keep_their_day(zone):
    wall = ZoneInfo(zone)
    for day in (date(2026, 3, 29), date(2026, 10, 25)):
        for hour in range(24):
            for fold in (0, 1):
                local = datetime(day.year, day.month, day.day, hour, 30, tzinfo=wall, fold=fold)
                assert today_in(zone, local.astimezone(UTC)) == day


# --- States -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("admitted", "state"),
    [
        (TODAY - timedelta(days=16), State.LATE),
        (TODAY - timedelta(days=15), State.DUE_SOON),
        (TODAY - timedelta(days=8), State.DUE_SOON),
        (TODAY - timedelta(days=7), State.DUE),
        (TODAY + timedelta(days=30), State.DUE),
    ],
)
def test_the_day_itself_is_not_late(admitted, state):
    assert read_clock(row(warn_days=7), Facts(admitted), TODAY).state == state


def test_a_clock_without_its_anchor_waits_and_gives_no_date():
    clock = read_clock(row(Anchor.INTERVIEW, Offset(8, before=True)), Facts(TODAY), TODAY)
    assert (clock.state, clock.due_on) == (State.NOT_DUE, None)


def test_the_notice_is_due_eight_days_before_the_interview():
    notice = PROFILES["fr"].rows[0]
    clock = read_clock(notice, Facts(TODAY, interview_on=date(2026, 12, 3)), TODAY)
    assert clock.due_on == date(2026, 11, 25)


def proven(one, *proofs):
    return {one.id: proofs}


def test_a_proof_written_by_hand_closes_the_clock():
    one = row()
    proof = Proof(TODAY, words="Remis par Sonia.")
    clock = read_clock(one, Facts(date(2020, 1, 1), written=proven(one, proof)), TODAY)
    assert (clock.state, clock.proof) == (State.DONE, proof)


def test_a_proof_of_another_deadline_says_nothing():
    one = row()
    assert (
        read_clock(one, Facts(date(2020, 1, 1), written=proven(row(), Proof(TODAY))), TODAY).state
        == State.LATE
    )


def by_code(profile="fr"):
    return {one.code: one for one in PROFILES[profile].rows}


def test_a_short_stay_takes_the_individual_document_in_place_of_the_stay_contract():
    rows = by_code()
    short, long = Facts(TODAY, short=True), Facts(TODAY)
    for code in ("stay_contract_handed", "stay_contract_signed"):
        assert read_clock(rows[code], short, TODAY).state == State.DOES_NOT_APPLY
        assert read_clock(rows[code], long, TODAY).state != State.DOES_NOT_APPLY
    assert read_clock(rows["individual_document"], short, TODAY).due_on == TODAY + timedelta(days=15)
    assert read_clock(rows["individual_document"], long, TODAY).state == State.DOES_NOT_APPLY


def test_choosing_not_to_sign_is_an_answer_and_starts_the_individual_document():
    signing = row(offset=Offset(1, Span.MONTHS), evidence=EvidenceKind.SIGNING)
    chosen = date(2026, 11, 10)
    facts = Facts(
        date(2026, 10, 1),
        refused_on=chosen,
        written=proven(signing, Proof(chosen, outcome=Outcome.REFUSED)),
    )
    assert read_clock(signing, facts, TODAY).state == State.DONE
    document = read_clock(by_code()["individual_document"], facts, TODAY)
    assert (document.state, document.due_on) == (State.DUE, date(2026, 11, 25))


def test_the_first_contract_with_its_goals_is_the_first_amendment():
    amendment = by_code()["first_amendment"]
    admitted = date(2026, 5, 31)
    assert read_clock(amendment, Facts(admitted), TODAY).due_on == date(2026, 11, 30)
    signed = Facts(admitted, contracts=(Contracted(signed_on=date(2026, 9, 2)),))
    clock = read_clock(amendment, signed, TODAY)
    assert clock.state == State.DONE
    assert clock.proof.source == ProofSource.CONTRACT


def test_a_care_contract_not_signed_by_choice_is_not_a_delay():
    facts = Facts(date(2025, 1, 1), contracts=(Contracted(not_signed_on=date(2025, 8, 1)),))
    clock = read_clock(by_code()["first_amendment"], facts, TODAY)
    assert clock.state == State.DONE
    assert clock.proof.outcome == Outcome.REFUSED


def test_the_care_contract_never_stands_for_the_stay_contract():
    facts = Facts(date(2026, 9, 1), contracts=(Contracted(signed_on=date(2026, 9, 10)),))
    assert read_clock(by_code()["stay_contract_signed"], facts, TODAY).state == State.LATE


@pytest.mark.parametrize(
    ("facts", "due"),
    [
        (Facts(date(2026, 2, 28)), date(2027, 2, 28)),
        (Facts(date(2025, 1, 1), contracts=(Contracted(signed_on=date(2026, 3, 31)),)), date(2027, 3, 31)),
        (
            Facts(
                date(2024, 1, 1),
                contracts=(
                    Contracted(signed_on=date(2024, 6, 1)),
                    Contracted(signed_on=date(2026, 6, 5), amends=True),
                ),
            ),
            date(2027, 6, 5),
        ),
        (
            Facts(date(2024, 1, 1), renewals=(Proof(date(2026, 10, 2), ProofSource.RENEWAL),)),
            date(2027, 10, 2),
        ),
    ],
)
def test_a_review_starts_the_next_twelve_months(facts, due):
    clock = read_clock(by_code()["review"], facts, TODAY)
    assert clock.due_on == due
    assert clock.state != State.DONE, "there is always a next review"


def test_a_review_before_the_life_event_is_not_about_it():
    one = row(Anchor.LIFE_EVENT, Offset(1, Span.MONTHS), evidence=EvidenceKind.REVIEW)
    event = date(2026, 10, 1)
    before = Facts(date(2025, 1, 1), life_event_on=event, written=proven(one, Proof(date(2026, 9, 30))))
    after = Facts(date(2025, 1, 1), life_event_on=event, written=proven(one, Proof(event)))
    assert read_clock(one, before, TODAY).state == State.LATE
    assert read_clock(one, after, TODAY).state == State.DONE


def test_a_new_life_event_opens_the_clock_again():
    one = row(Anchor.LIFE_EVENT, Offset(1, Span.MONTHS), evidence=EvidenceKind.REVIEW)
    facts = Facts(
        date(2025, 1, 1), life_event_on=date(2026, 11, 10), written=proven(one, Proof(date(2026, 11, 1)))
    )
    assert read_clock(one, facts, TODAY).state == State.DUE


def test_a_review_of_last_year_is_not_the_one_agreed_for_this_year():
    one = row(Anchor.PLAN_REVIEW, Offset(0), evidence=EvidenceKind.REVIEW)
    facts = Facts(
        date(2024, 1, 1), plan_review_on=date(2026, 11, 1), written=proven(one, Proof(date(2025, 11, 1)))
    )
    assert read_clock(one, facts, TODAY).state == State.LATE


@pytest.mark.parametrize("anchor", sorted(WAITED_FOR))
def test_what_waits_in_the_plan_is_done_when_nothing_waits(anchor):
    one = row(anchor, Offset(0), evidence=EvidenceKind.SETTLED)
    waits = Facts(TODAY, waiting={anchor: Waiting(2, TODAY - timedelta(days=1), known=True)})
    settled = Facts(TODAY, waiting={anchor: Waiting(known=True)})
    assert (read_clock(one, waits, TODAY).state, read_clock(one, waits, TODAY).waiting) == (State.LATE, 2)
    assert read_clock(one, settled, TODAY).state == State.DONE
    assert read_clock(one, Facts(TODAY), TODAY).state == State.NOT_DUE


def test_after_a_departure_only_what_follows_it_counts():
    gone = Facts(date(2020, 1, 1), discharged_on=TODAY - timedelta(days=1))
    for one in ALL_ROWS:
        state = read_clock(one, gone, TODAY).state
        assert (state == State.DOES_NOT_APPLY) == (one.anchor != Anchor.DISCHARGE)


some_day = st.one_of(st.none(), days)
all_facts = st.builds(
    Facts,
    admitted_on=days,
    interview_on=some_day,
    discharged_on=some_day,
    short=st.booleans(),
    refused_on=some_day,
    life_event_on=some_day,
    plan_review_on=some_day,
    contracts=st.lists(
        st.builds(Contracted, signed_on=some_day, not_signed_on=some_day, amends=st.booleans()), max_size=3
    ).map(tuple),
    renewals=st.lists(st.builds(Proof, on=days), max_size=2).map(tuple),
    waiting=st.dictionaries(
        st.sampled_from(sorted(WAITED_FOR)),
        st.builds(Waiting, count=st.integers(0, 9), first=some_day, known=st.booleans()),
    ),
)


@given(st.sampled_from(ALL_ROWS), all_facts, days)
def test_every_stay_has_a_state_for_every_row_that_says_what_it_says(one, facts, today):
    clock = read_clock(one, facts, today)
    if clock.state == State.LATE:
        assert clock.due_on < today
    if clock.state == State.DUE_SOON:
        assert today <= clock.due_on <= today + timedelta(days=one.warn_days)
    if clock.state == State.DUE:
        assert clock.due_on > today + timedelta(days=one.warn_days)
    if clock.state in {State.NOT_DUE, State.DOES_NOT_APPLY}:
        assert clock.due_on is None
    if clock.state == State.DONE:
        assert clock.proof is not None or one.anchor in WAITED_FOR
    assert 0 <= clock.share <= 1


@given(st.sampled_from(ALL_ROWS), all_facts, days)
def test_time_alone_never_makes_a_late_clock_on_time(one, facts, today):
    before, after = read_clock(one, facts, today), read_clock(one, facts, today + timedelta(days=1))
    if before.state == State.LATE and after.state != State.LATE:
        assert facts.discharged_on is not None, "only a departure ends a delay without an act"


@given(st.lists(st.tuples(st.sampled_from(ALL_ROWS), all_facts), max_size=8), days)
def test_sorted_by_date_what_has_no_date_comes_last(pairs, today):
    ordered = sorted((read_clock(one, facts, today) for one, facts in pairs), key=by_date)
    dated = [clock.due_on for clock in ordered if clock.due_on]
    assert dated == sorted(dated)
    assert [clock.due_on is None for clock in ordered] == sorted(clock.due_on is None for clock in ordered)
    assert all(ORDER[worst(ordered)] <= ORDER[clock.state] for clock in ordered)


# --- The shipped tables -----------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", PROFILES.values(), ids=list(PROFILES))
def test_a_shipped_table_holds_together(profile):
    codes = [one.code for one in profile.rows]
    assert len(codes) == len(set(codes))
    for one in profile.rows:
        assert one.label
        assert one.source
        assert (one.anchor in WAITED_FOR) == (one.evidence == EvidenceKind.SETTLED)
        assert one.to_check or one.weight == Weight.HOUSE, "no official text was read for it"
        assert "\u202f" not in one.label + one.source
        assert not re.search(" [:;?!]", one.label + one.source), "a space that breaks"


def test_the_belgian_table_names_no_article():
    own = [one for one in PROFILES["be"].rows if one.code.startswith("be_")]
    assert all(one.to_check and "art" not in one.source.lower().split() for one in own)


def test_the_french_delays_are_those_of_the_domain():
    delays = {code: (one.offset, one.anchor) for code, one in by_code().items()}
    assert delays["trusted_notice"] == (Offset(8, before=True), Anchor.INTERVIEW)
    assert delays["stay_contract_handed"] == (Offset(15), Anchor.ADMISSION)
    assert delays["stay_contract_signed"] == (Offset(1, Span.MONTHS), Anchor.ADMISSION)
    assert delays["first_amendment"] == (Offset(6, Span.MONTHS), Anchor.ADMISSION)
    assert delays["review"] == (Offset(12, Span.MONTHS), Anchor.LAST_REVIEW)
    assert by_code()["individual_document"].applies == Applies.SHORT_OR_REFUSED


# --- Cells ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["=1+1", "+33", "-2", "@SUM(A1)", "\tx", " =HYPERLINK()", "\u00a0=1"])
def test_a_cell_that_would_compute_is_shown_as_it_is(text):
    assert neutral(text).startswith("'")


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_no_cell_ever_begins_as_a_formula(text):
    shown = neutral(text)
    assert not shown.lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r"))
    assert not {"\x00", "\ufffe", "\uffff"} & set(shown)
    assert len(shown) <= 32_767
