"""The contract in a story: issued, signed in every way there is, read again, handed over, and what comes after.

Each method is one action of the pages, by whoever does it, at the time being told.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from avec.accounts.models import Member
from avec.contracts.actions import (
    Choice,
    Chosen,
    Paper,
    Reread,
    attest_choice,
    end_contract,
    enter_paper,
    hand_over,
    issue_contract,
    keep_draft,
    note_next_step,
    note_reading,
    open_room,
    set_beside,
    sign_here,
    sign_line,
    take_copy,
    write_individual_document,
)
from avec.contracts.models import (
    BesideChoice,
    CareContract,
    EndChoice,
    HandingChoice,
    IndividualWhyChoice,
    NextChoice,
    SignatureLine,
)
from avec.contracts.policy import signatory_of
from avec.contracts.preparing import preview
from avec.contracts.rules import RIGHTS, Outcome, easy_print, short_code, usual_period
from avec.people.models import today
from avec.ui.words import date_long

from .paper import signed_paper

if TYPE_CHECKING:
    from avec.careplan.models import CarePlan
    from avec.people.models import Person


# What is ticked on the sheet.
TICKED = {Outcome.SIGNED: "Je signe.", Outcome.REFUSED: "Je choisis de ne pas signer."}


def lines_of(contract: CareContract) -> list[SignatureLine]:
    contract.refresh_from_db()
    lines = contract.lines.select_related("contract__person__member", "relative__member", "member")
    return list(lines)


def line_of(contract: CareContract, name: str) -> SignatureLine:
    """By the beginning of the name that the contract shows."""
    return next(line for line in lines_of(contract) if line.name.startswith(name))


def choice_on(
    line: SignatureLine, outcome: Outcome, words: str, clauses: Mapping[str, str], **more: Any
) -> Choice:
    """`clauses`: the stance on each article, as a1="agrees". The person has read their rights."""
    return Choice(
        outcome,
        words=words,
        rights_read=[right for right, _ in RIGHTS] if line.voice == "person" else (),
        clauses={number[1:]: stance for number, stance in clauses.items()},
        **more,
    )


class Signing:
    """What a story says of the contract of its person."""

    person: "Person"
    plan: "CarePlan"

    # Before anybody signs

    def drafts(self, by: Member, starts_on: date, **chosen: Any) -> None:
        ends_on, review_on = usual_period(starts_on)
        keep_draft(self.plan, Chosen(starts_on, ends_on, review_on, **chosen), version=0, by=by)

    def rereads(self, by: Member, readers: str, *, unclear: str = "") -> None:
        """People concerned read the easy text of the next version; `unclear`: what they did not understand."""
        print_read = easy_print(preview(self.plan).text)
        reread = Reread(print_read, readers, read_on=today(), clear=not unclear, remarks=unclear, agreed=True)
        note_reading(self.plan, reread, by=by)

    def issues(self, by: Member, starts_on: date | None = None, **more: Any) -> CareContract:
        return issue_contract(self.plan, by=by, starts_on=starts_on or today(), **more)

    # Choosing, from one's own space, in the room, on paper

    def chooses(
        self,
        contract: CareContract,
        by: Member,
        outcome: Outcome = Outcome.SIGNED,
        words: str = "",
        reading: str = "full",
        **clauses: str,
    ) -> None:
        line = next(line for line in lines_of(contract) if signatory_of(line) == by)
        sign_line(line, choice_on(line, outcome, words, clauses, reading=reading), method="password", by=by)

    def gathers(self, contract: CareContract, *names: str, by: Member) -> None:
        """The device of somebody of the team goes round."""
        open_room(contract, [line_of(contract, name) for name in names], by=by)

    def signs_here(
        self,
        contract: CareContract,
        by: Member,
        host: Member,
        *,
        drawn: Sequence[Sequence[Sequence[int]]] = (),
        reading: str = "full",
        **clauses: str,
    ) -> None:
        """On the device of a colleague, with one's own password."""
        line = next(line for line in lines_of(contract) if signatory_of(line) == by)
        choice = choice_on(line, Outcome.SIGNED, "", clauses, reading=reading, drawn=drawn)
        sign_here(line, choice, method="password", host=host, by=by)

    def attested(
        self,
        contract: CareContract,
        name: str,
        by: Member,
        outcome: Outcome = Outcome.SIGNED,
        words: str = "",
        *,
        reading: str = "full",
        come_back_on: date | None = None,
        drawn: Sequence[Sequence[Sequence[int]]] = (),
        **clauses: str,
    ) -> None:
        """What somebody chose in front of `by`, who writes it down under their own name."""
        line = line_of(contract, name)
        choice = choice_on(
            line, outcome, words, clauses, reading=reading, come_back_on=come_back_on, drawn=drawn
        )
        attest_choice(line, choice, by=by)

    def signs_on_paper(
        self,
        contract: CareContract,
        name: str,
        by: Member,
        outcome: Outcome = Outcome.SIGNED,
        words: str = "",
        **clauses: str,
    ) -> None:
        """The sheet was printed, filled in by hand, and scanned back by `by` today."""
        line = line_of(contract, name)
        sheet = signed_paper(
            contract,
            name=line.name,
            choice=TICKED[outcome],
            words=words,
            day=date_long(today()),
            signed=outcome == Outcome.SIGNED,
        )
        paper = Paper(
            title="Feuille de signatures",
            content_type="image/png",
            content=sheet,
            pages=1,
            signed_on=today(),
            code=short_code(contract.fingerprint),
        )
        enter_paper(contract, paper, {line: choice_on(line, outcome, words, clauses)}, by=by)

    # After

    def handed(
        self, contract: CareContract, name: str, by: Member, how: HandingChoice = HandingChoice.PAPER
    ) -> None:
        line = line_of(contract, name)
        hand_over(contract, to=line.name, on=today(), how=how, line=line, by=by)

    def takes_copy(self, contract: CareContract, by: Member) -> None:
        line = next(line for line in lines_of(contract) if signatory_of(line) == by)
        take_copy(line, by=by)

    def follows_up(self, contract: CareContract, what: NextChoice, days: int, words: str, by: Member) -> None:
        note_next_step(contract, what, on=today() + timedelta(days=days), words=words, by=by)

    def writes_individual(self, contract: CareContract, by: Member, handed_to: str) -> None:
        """The individual document in place of a contract that was not signed, and its copy."""
        document = write_individual_document(contract, IndividualWhyChoice.REFUSED, by=by)
        line = line_of(contract, handed_to)
        hand_over(
            contract,
            to=line.name,
            on=today(),
            how=HandingChoice.PAPER,
            line=line,
            document=document,
            by=by,
        )

    def ends(self, contract: CareContract, why: EndChoice, words: str, by: Member) -> None:
        end_contract(contract, why, on=today(), words=words, by=by)

    def beside(self, kind: BesideChoice, dated_on: date, words: str, by: Member) -> None:
        """A text that the care contract is not: where it is kept."""
        set_beside(self.person, kind, dated_on=dated_on, words=words, level="C2", by=by)
