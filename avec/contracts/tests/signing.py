from avec.contracts.actions import Choice, sign_line
from avec.contracts.rules import RIGHTS, Outcome

RIGHTS_READ = [right for right, _ in RIGHTS]


def line_of(contract, voice):
    return contract.lines.get(voice=voice)


def sign_all(scene, contract):
    sign_line(line_of(contract, "professional"), Choice(Outcome.SIGNED), method="password", by=scene.nurse)
    return sign_line(
        line_of(contract, "person"),
        Choice(Outcome.SIGNED, rights_read=RIGHTS_READ, clauses={"1": "agrees"}, reading="easy"),
        method="password",
        by=scene.resident,
    )
