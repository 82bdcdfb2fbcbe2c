"""What people do with a care contract. One module per subject."""

from ..choosing import Choice
from .after import AfterRefused, end_contract, note_next_step, write_individual_document
from .drafts import Chosen, DraftExpired, discard_draft, issue_draft, keep_draft
from .handing import Reread, cancel_beside, hand_over, note_reading, set_beside, take_copy
from .issuing import NotReady, conditions_for, conditions_to_issue, issue_contract, withdraw_contract
from .paper import LineRefused, Paper, WrongCode, enter_paper
from .sealing import seal_copy, seal_individual, stamp_copy
from .signing import (
    attest_choice,
    choose_on_paper,
    open_room,
    scan_paper,
    sign_here,
    sign_line,
)
from .table import RuleRefused, change_rule, restore_rule

__all__ = [
    "AfterRefused",
    "Choice",
    "Chosen",
    "DraftExpired",
    "LineRefused",
    "NotReady",
    "Paper",
    "Reread",
    "RuleRefused",
    "WrongCode",
    "attest_choice",
    "cancel_beside",
    "change_rule",
    "choose_on_paper",
    "conditions_for",
    "conditions_to_issue",
    "discard_draft",
    "end_contract",
    "enter_paper",
    "hand_over",
    "issue_contract",
    "issue_draft",
    "keep_draft",
    "note_next_step",
    "note_reading",
    "open_room",
    "restore_rule",
    "scan_paper",
    "seal_copy",
    "seal_individual",
    "set_beside",
    "sign_here",
    "sign_line",
    "stamp_copy",
    "take_copy",
    "withdraw_contract",
    "write_individual_document",
]
