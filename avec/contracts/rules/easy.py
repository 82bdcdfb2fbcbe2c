"""The easy reading of a version: its own sentences, and the print by which a proof-reading knows them."""

from avec.documents.rules import fingerprint

from .text import ContractText


def easy_reading(text: ContractText) -> tuple[str, ...]:
    """Every sentence that was written or told for the easy reading, in its order."""
    lines: list[str] = [*text.balance]
    for clause in text.clauses:
        lines.extend(clause.easy)
        for activity in clause.activities:
            lines.extend(activity.easy)
    lines.extend(text.schedule_easy)
    for one in text.negotiated:
        lines.extend(one.easy)
    return tuple(lines)


def easy_print(text: ContractText) -> str:
    """The SHA-256 of those sentences, their headings and their images: what changes there is to be read again."""
    headings = [clause.heading for clause in text.clauses] + [one.title for one in text.negotiated]
    images = [clause.picto for clause in text.clauses]
    images += [activity.picto for clause in text.clauses for activity in clause.activities]
    return fingerprint({"easy": list(easy_reading(text)), "headings": headings, "images": images})
