"""People of the journeys of signing, each with a contract to sign or a draft, in the demo that is being served.

Run beside the server, on its database: `python -m tests.browser.matter`. It prints, for each of them, the
addresses that a journey starts from. Nobody else's journey looks for them.
"""

import json
import sys
from datetime import timedelta

import django


def build() -> dict[str, dict[str, str]]:
    from django.contrib.auth.hashers import make_password

    from avec.accounts.models import Establishment, Member, Role
    from avec.contracts.actions import Chosen, issue_contract, keep_draft
    from avec.contracts.models import SignatureLine
    from avec.contracts.rules import usual_period
    from avec.demo.cast import PASSWORD
    from avec.demo.clock import at, born, days_ago
    from avec.demo.house import TILLEULS, House, Story
    from avec.people.models import today

    establishment = Establishment.objects.get(finess=TILLEULS)
    members = Member.objects.filter(establishment=establishment, user__isnull=False).select_related("user")
    house = House(
        establishment,
        {unit.name: unit for unit in establishment.units.all()},
        {member.user.email.split("@")[0]: member for member in members},
        make_password(PASSWORD),
        iter(range(5003, 6000, 7)),
    )
    camille = house["educatrice"]
    found: dict[str, dict[str, str]] = {}

    def welcome(given: str, family: str, gender: str, account: str = "") -> Story:
        story = house.welcome(
            unit="Les Bouleaux",
            account=account,
            civility="Mme" if gender == "female" else "M.",
            given_names=given,
            family_name=family,
            gender=gender,
            birth_date=born(82, 4, 12),
            easy_read=True,
        )
        story.team("aide-soignante", referent="educatrice")
        return story

    def plans(story: Story, *goals: tuple[str, str, str]) -> None:
        """A plan that is ready for its contract: each goal said by the person, agreed, with something done."""
        given = story.person.given_names
        me = story.person.member
        story.opens(f"Le projet de {given}", by=camille)
        for place, (title, statement, easy) in enumerate(goals, start=1):
            said = story.says(f"Je voudrais : {title.lower()}.", by=me or camille)
            goal = story.goal(title, statement, camille, due=120, priority=place, easy_words=easy)
            story.taken_up(said, goal, camille, "Oui.")
            story.does([goal], f"Préparer : {title.lower()}", "with", camille, rhythm="chaque semaine")
            story.agree(goal, by=camille)

    def proposes(story: Story, signs: bool = True, **more: object) -> None:
        contract = issue_contract(story.plan, by=camille, starts_on=today(), **more)
        if signs:
            story.chooses(contract, camille)
        lines = SignatureLine.objects.filter(contract=contract)
        found[story.person.family_name] = {
            "contract": f"/contrats/{contract.pk}/",
            "prepare": f"/contrats/personne/{story.person.pk}/preparer/",
        } | {line.name: f"/contrats/ligne/{line.pk}/" for line in lines}

    walk = ("Marcher", "Marcher jusqu’à l’étang deux fois par semaine.", "Vous marchez jusqu’à l’étang.")
    piano = ("Le piano", "Jouer du piano au salon le jeudi.", "Vous jouez du piano.\nC’est le jeudi.")
    garden = ("Le potager", "Tenir un carré de potager au printemps.", "Vous avez un carré de potager.")

    own = welcome("Suzanne", "Aubry", "female", "suzanne.aubry")
    plans(own, walk, piano, garden)
    last = own.plan.goals.order_by("number").last()
    proposes(own, signs=False, left_out=[f"goal:{last.pk}"])

    room = welcome("Yvonne", "Delpech", "female", "yvonne.delpech")
    son = room.relative("Delpech", "Marc", "son fils, curateur", civility="M.")
    room.mandate(son, "assistance", "curatelle renforcée", origin="judge", co_signs=True)
    plans(room, walk, piano)
    proposes(room)

    paper = welcome("Raymond", "Peyre", "male")
    plans(paper, garden)
    proposes(paper)

    unfinished = welcome("Josette", "Besson", "female")
    plans(unfinished, walk)
    proposes(unfinished)

    refusal = welcome("Germaine", "Faure", "female", "germaine.faure")
    plans(refusal, walk)
    proposes(refusal)

    guarded = welcome("Edmond", "Vallier", "male")
    guardian = guarded.relative("Colin", "Agnès", "tutrice", civility="Mme")
    guardian.member = house.open_account("agnes.colin", Role.RELATIVE.value, "Mme", "Agnès", "Colin")
    guardian.save(update_fields=["member"])
    guarded.mandate(guardian, "representation", "mandataire judiciaire", origin="judge", co_signs=True)
    plans(guarded, piano)
    proposes(guarded)

    draft = welcome("Colette", "Vidal", "female")
    long = "Vous allez au marché (place du Foirail) avec une amie et vous choisissez les fruits vous-même."
    plans(draft, ("Le marché", "Aller au marché le mardi avec une amie.", long), piano)
    found["Vidal"] = {"prepare": f"/contrats/personne/{draft.person.pk}/preparer/"}

    with at(days_ago(40)):
        old = welcome("Fernand", "Royer", "male")
        plans(old, garden)
        starts_on = today() + timedelta(days=50)
        keep_draft(old.plan, Chosen(starts_on, *usual_period(starts_on)), version=0, by=camille)
    found["Royer"] = {"prepare": f"/contrats/personne/{old.person.pk}/preparer/"}
    return found


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(build()))
