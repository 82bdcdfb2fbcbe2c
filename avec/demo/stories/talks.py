"""What is being negotiated in the demonstration: one negotiation in each phase, one overdue, one concluded.

Odette's, concluded with her daughter's reservations, is told in her own story:
it is where her goal comes from.
"""

from collections.abc import Generator, Iterable
from datetime import date, datetime
from typing import Any

from avec.accounts.models import Member
from avec.careplan.actions import plan_of
from avec.careplan.models import CarePlan, Expectation, Goal
from avec.negotiation.actions import (
    Followed,
    Opening,
    Refused,
    Seat,
    accept,
    accept_aim,
    add_point,
    answer_text,
    ask_again,
    complete_refusal,
    conclude,
    decline,
    explain,
    go_on,
    keep_stake,
    note_refusal,
    offer,
    open_negotiation,
    refuse_aim,
    say_stake,
    settle,
    take_position,
)
from avec.negotiation.models import Ground, Negotiation, Party, Point
from avec.negotiation.rules import Answer, Becomes, OutcomeKind
from avec.people.models import CareTeamMember, Person, RelatedPerson

from ..clock import days_ago, in_days
from ..house import House, Told


class Talk:
    """One negotiation. Each method is one move, made from its own seat or written down by who leads."""

    def __init__(
        self, house: House, plan: CarePlan, by: Member, seats: Iterable[Seat], **opening: Any
    ) -> None:
        self.house, self.by = house, by
        self.negotiation: Negotiation = open_negotiation(plan, Opening(**opening), list(seats), by=by)
        self.points: dict[int, Point] = {}

    def seat(self, name: str) -> Party:
        """By the beginning of the name shown at the table."""
        return Party.objects.select_related("relative", "professional").get(
            negotiation=self.negotiation, name__startswith=name
        )

    def hand(self, seat: Party) -> Member:
        """Whose hand writes: the party's own, or for who speaks aloud, who leads."""
        if seat.speaks_aloud:
            return self.by
        if seat.professional is not None:
            return seat.professional
        member = seat.relative.member if seat.relative is not None else self.negotiation.person.member
        assert member is not None
        return member

    def point(self, words: str, nature: str = "", **more: Any) -> Point:
        point = add_point(self.negotiation, words, nature=nature, by=self.by, **more)
        self.points[point.number] = point
        return point

    def aim_accepted(self, *names: str) -> None:
        for name in names:
            seat = self.seat(name)
            accept_aim(self.negotiation, seat, by=self.hand(seat))

    def aim_refused(self, name: str, words: str) -> None:
        seat = self.seat(name)
        refuse_aim(self.negotiation, seat, words, by=self.hand(seat))

    def matters(self, name: str, words: str = "") -> None:
        """What matters to somebody; without words, they chose not to say."""
        seat = self.seat(name)
        if words:
            say_stake(self.negotiation, seat, words, by=self.hand(seat))
        else:
            keep_stake(self.negotiation, seat, by=self.hand(seat))

    def asks(self, name: str, number: int, words: str) -> None:
        seat = self.seat(name)
        take_position(self.negotiation, seat, self.points[number], words, by=self.hand(seat))

    def moves(self, name: str, number: int, was: str, becomes: str, in_return_for: int = 0) -> int:
        seat = self.seat(name)
        made = offer(
            self.negotiation,
            seat,
            self.points[number],
            was=was,
            becomes=becomes,
            in_return_for=in_return_for,
            by=self.hand(seat),
        )
        return made.number

    def accepted(self, concession: int, *names: str) -> None:
        for name in names:
            seat = self.seat(name)
            accept(self.negotiation, seat, concession, by=self.hand(seat))

    def declined(self, concession: int, name: str, words: str = "") -> None:
        seat = self.seat(name)
        decline(self.negotiation, seat, concession, by=self.hand(seat), words=words)

    def explained(self, number: int, understood: str, words: str = "", form: str = "de vive voix") -> None:
        explain(
            self.negotiation, self.points[number], by=self.by, understood=understood, form=form, words=words
        )

    def agreed(self, number: int, words: str, becomes: Becomes = Becomes.NOTHING, **fields: Any) -> None:
        settle(
            self.negotiation,
            self.points[number],
            OutcomeKind.AGREED,
            words,
            becomes=becomes,
            fields=fields,
            by=self.by,
        )

    def set_aside(self, number: int, words: str) -> None:
        settle(self.negotiation, self.points[number], OutcomeKind.SET_ASIDE, words, by=self.by)

    def goes_on(self) -> None:
        go_on(self.negotiation, by=self.by)

    def answers(self, name: str, answer: Answer = Answer.YES, words: str = "") -> None:
        seat = self.seat(name)
        answer_text(self.negotiation, seat, answer, by=self.hand(seat), words=words)

    def concluded(
        self, next_step: str = "", next_on: date | None = None, next_words: str = ""
    ) -> Negotiation:
        return conclude(
            self.negotiation, by=self.by, next_step=next_step, next_on=next_on, next_words=next_words
        )

    def goal(self, number: int) -> Goal:
        """The goal that a point became, once concluded."""
        return Goal.objects.get(negotiated_in__point=self.points[number])


def garden_alone(house: House, asked: Expectation) -> Generator[datetime, None, Talk]:
    """Odette's, up to the text read back: everybody moved, and the goal of her contract comes from it."""
    sonia, nadege = house["infirmiere"], house["aide-soignante"]
    yield days_ago(52, "10:20")
    person, plan = somebody(house, "Marcillac")
    talk = Talk(
        house,
        plan,
        sonia,
        [
            Seat(),
            Seat(relative=kin(person, "Claire")),
            Seat(professional=sonia),
            Seat(professional=nadege),
        ],
        title="Le jardin, seule, le matin",
        situation="Odette veut aller au jardin seule avant que les autres se lèvent. Claire a peur d’une chute. "
        "La porte ouvre à 8\u00a0heures.",
        context="plan",
        expectation=asked,
        aim="Qu’Odette soit libre de ses matins, et que personne n’ait peur.",
        due_on=days_ago(38).date(),
    )
    talk.point("Sortir seule", "goal")
    talk.point("L’heure où la porte s’ouvre", "organisation")
    talk.point(
        "La porte du jardin fermée la nuit",
        "house_rules",
        source="Règlement de fonctionnement des Tilleuls, article 9",
    )
    talk.explained(
        3, "yes", "«\u00a0La nuit, je dors. Ou je devrais.\u00a0»", "lu à voix haute, en version facile"
    )
    talk.aim_accepted("Odette", "Claire", "Sonia", "Nadège")
    talk.goes_on()
    yield days_ago(47, "17:30")
    talk.matters("Odette", "Respirer avant le bruit. Être chez moi quelque part.")
    talk.matters("Claire", "Qu’elle ne reste pas par terre sans que personne ne le sache.")
    talk.matters("Sonia", "Qu’elle garde ses jambes, et savoir où elle est.")
    talk.matters("Nadège", "Ne pas avoir à choisir entre une porte et une toilette.")
    talk.goes_on()
    yield days_ago(44, "10:30")
    talk.asks("Odette", 1, "Seule, et sans rien au poignet.")
    talk.asks("Claire", 1, "Toujours avec quelqu’un.")
    talk.asks("Sonia", 1, "Seule, oui, avec un moyen d’appeler.")
    band = talk.moves(
        "Odette", 1, "sans rien au poignet", "avec le bracelet d’appel, pour la sortie seulement"
    )
    talk.accepted(band, "Claire", "Sonia", "Nadège")
    bench = talk.moves("Claire", 1, "toujours avec quelqu’un", "seule jusqu’au banc", in_return_for=band)
    talk.accepted(bench, "Odette", "Sonia", "Nadège")
    talk.asks("Odette", 2, "6\u00a0h\u00a030, à la fin de la nuit.")
    talk.asks("Nadège", 2, "8\u00a0heures, après les premières toilettes.")
    door = talk.moves("Nadège", 2, "8\u00a0heures", "6\u00a0h\u00a045, par l’équipe de nuit")
    talk.accepted(door, "Odette", "Claire", "Sonia")
    talk.agreed(2, "L’équipe de nuit ouvre la porte à 6\u00a0h\u00a045.")
    talk.agreed(
        1,
        "Odette va seule au jardin chaque matin, jusqu’au banc, avec le bracelet d’appel.",
        Becomes.GOAL,
        statement="Odette se rend seule au jardin chaque matin. L’équipe de nuit ouvre la porte à "
        "6\u00a0h\u00a045\u00a0; Odette porte le bracelet d’appel pendant la sortie.",
        due_on=in_days(71).isoformat(),
        priority=1,
        expected_result="Odette sort seule au moins quatre matins par semaine, et dit qu’elle n’a pas peur.",
        easy_words="Vous allez au jardin chaque matin.\nVous y allez seule.\n"
        "L’équipe ouvre la porte à 6\u00a0h\u00a045.\nVous portez le bracelet d’appel.",
    )
    talk.goes_on()
    return talk


def somebody(house: House, family_name: str) -> tuple[Person, CarePlan]:
    """A person of the house, whose own story is told elsewhere, and their plan of the day."""
    person = Person.objects.get(establishment=house.establishment, family_name=family_name)
    plan = plan_of(person)
    assert plan is not None
    return person, plan


def kin(person: Person, given_name: str) -> RelatedPerson:
    return RelatedPerson.objects.get(person=person, given_name=given_name)


def bernard_mornings(house: House) -> Told:
    """In positions: two steps of his, none of the team's accepted yet."""
    sonia, malik = house["infirmiere"], house["malik"]
    yield days_ago(12, "10:40")
    _person, plan = somebody(house, "Castan")
    talk = Talk(
        house,
        plan,
        sonia,
        [Seat(), Seat(professional=sonia), Seat(professional=malik, capacity="aide-soignant")],
        title="Le matin de Bernard",
        situation="Bernard ne veut pas se lever tôt. Sa jambe a besoin d’un pansement trois fois par semaine.",
        context="refusal",
        aim="Que Bernard commence sa journée reposé, et que sa jambe guérisse.",
        due_on=in_days(7),
    )
    talk.point("L’heure du lever", "organisation")
    talk.point("La douche\u00a0: quels jours, à quelle heure\u00a0?", "organisation")
    talk.point("Qui aide à la toilette", "who")
    bandage = talk.point(
        "Le pansement de la jambe, 3\u00a0fois par semaine",
        "prescription",
        source=f"Prescription du Dr Nguyen, du {days_ago(20):%d/%m/%Y}",
    )
    talk.point("L’heure et le lieu du pansement", "organisation", how_of=bandage)
    talk.point(
        "Ne pas fumer dans la chambre",
        "law",
        ground=Ground.objects.get(establishment=house.establishment, code="smoking"),
    )
    talk.explained(
        4,
        "yes",
        "«\u00a0Si on ne le fait pas, ça s’infecte.\u00a0»",
        "de vive voix, avec un dessin de la jambe",
    )
    talk.explained(6, "in_part", "«\u00a0Chez moi, je fumais à la fenêtre.\u00a0»")
    talk.aim_accepted("Bernard", "Sonia", "Malik")
    talk.goes_on()
    yield days_ago(10, "16:20")
    talk.matters("Bernard", "Dormir. Ne pas avoir froid. Décider de ma matinée.")
    talk.matters("Sonia", "Que la jambe guérisse avant l’hiver.")
    talk.matters("Malik", "Ne pas courir d’une chambre à l’autre à 7\u00a0heures.")
    talk.goes_on()
    yield days_ago(5, "10:35")
    talk.asks("Bernard", 1, "Pas avant 9\u00a0heures. Toute ma vie je me suis levé pour les autres.")
    talk.asks("Malik", 1, "8\u00a0heures, comme tout le couloir.")
    later = talk.moves(
        "Malik", 1, "8\u00a0heures pour tout le monde", "9\u00a0heures pour Bernard, en dernier"
    )
    talk.accepted(later, "Bernard", "Sonia")
    talk.agreed(1, "Bernard se lève à 9\u00a0heures. Malik passe chez lui en dernier.")
    talk.asks("Bernard", 2, "Une fois par semaine, ça suffit. Et pas à 7\u00a0heures et demie.")
    talk.asks("Sonia", 2, "Trois fois par semaine, avant chaque pansement.")
    twice = talk.moves("Bernard", 2, "une douche par semaine", "deux douches par semaine")
    talk.accepted(twice, "Sonia", "Malik")
    talk.moves("Malik", 2, "7\u00a0h\u00a030", "une douche en fin de matinée", in_return_for=twice)
    warn = talk.moves("Bernard", 2, "ne pas ouvrir", "prévenir avant midi quand je ne veux pas")
    talk.accepted(warn, "Sonia", "Malik")
    talk.asks("Bernard", 3, "Malik. Il ne parle pas trop le matin.")
    talk.agreed(3, "Malik aide à la toilette. Quand il n’est pas là, on demande à Bernard.")


def simone_noise(house: House) -> Told:
    """In exploration, with a facilitator: her son said what matters to him; she has not yet."""
    camille, nadege, manager = house["educatrice"], house["aide-soignante"], house["cadre"]
    yield days_ago(9, "14:30")
    person, plan = somebody(house, "Aubry")
    talk = Talk(
        house,
        plan,
        camille,
        [
            Seat(),
            Seat(relative=kin(person, "Rémi"), speaks_aloud=True),
            Seat(professional=camille),
            Seat(professional=nadege),
        ],
        title="Le bruit du soir devant ma porte",
        situation="Le chariot passe à 21\u00a0heures devant la chambre de Simone, qui se couche à 20\u00a0heures.",
        context="plan",
        aim="Que Simone dorme tôt et que la tournée du soir se fasse.",
        due_on=in_days(12),
        facilitator=facilitating(person, manager),
    )
    talk.point("L’heure de la tournée dans le couloir", "organisation")
    talk.point("Le chemin du chariot", "organisation")
    talk.point("Les médicaments du soir, avec le repas ou au coucher", "organisation")
    talk.aim_accepted("Simone", "Rémi", "Camille", "Nadège")
    talk.goes_on()
    yield days_ago(4, "17:45")
    talk.matters("Rémi", "Que ma mère soit reposée quand je viens le matin.")
    talk.matters("Nadège", "Finir la tournée avant la relève, sans oublier personne.")


def facilitating(person: Person, member: Member) -> Member | None:
    """Who facilitates is of the team."""
    inside = CareTeamMember.objects.filter(person=person, member=member, external=False)
    return member if inside.exists() else None


def odette_town(house: House) -> Told:
    """Being framed: she asked for it; her daughter has not answered yet."""
    sonia = house["infirmiere"]
    yield days_ago(2, "15:10")
    person, plan = somebody(house, "Marcillac")
    talk = Talk(
        house,
        plan,
        sonia,
        [Seat(), Seat(relative=kin(person, "Claire")), Seat(professional=sonia)],
        title="Aller en ville avec Claire",
        situation="Odette veut retourner au marché avec sa fille le dimanche. "
        "Claire a peur de la foule et des pavés.",
        context="plan",
        aim="Qu’Odette retrouve le marché, et que Claire y aille l’esprit tranquille.",
        due_on=in_days(14),
    )
    talk.point("Quels dimanches", "organisation")
    talk.point("Le fauteuil, pour le retour seulement")
    talk.aim_accepted("Odette", "Sonia")


def therese_meals(house: House) -> Told:
    """In conclusion: the text was read back; one answer is missing. Her daughter-in-law speaks for her."""
    sonia, nadege = house["infirmiere"], house["aide-soignante"]
    yield days_ago(8, "12:50")
    person, plan = somebody(house, "Lagarde")
    reason = (
        "Thérèse dit peu de mots. Fatou la connaît depuis trente ans et dit ce qu’elle voit dans ses gestes."
    )
    talk = Talk(
        house,
        plan,
        sonia,
        [
            Seat(relative=kin(person, "Fatou"), stands_for=reason, speaks_aloud=True),
            Seat(professional=sonia),
            Seat(professional=nadege),
        ],
        title="La place de Thérèse à table",
        situation="Thérèse repousse son assiette quand la salle est bruyante. Elle mange bien près de la fenêtre.",
        context="plan",
        aim="Que Thérèse mange avec plaisir, sans être mise à l’écart.",
        due_on=in_days(5),
    )
    talk.point("La table près de la fenêtre", "organisation")
    talk.point("Qui s’assoit avec elle", "who")
    talk.aim_accepted("Fatou", "Sonia", "Nadège")
    talk.goes_on()
    talk.matters("Fatou", "Qu’elle chante encore à table. Qu’on ne la laisse pas seule.")
    talk.matters("Sonia", "Qu’elle reprenne un peu de poids.")
    talk.matters("Nadège")
    talk.goes_on()
    yield days_ago(3, "13:00")
    talk.asks("Fatou", 1, "Toujours près de la fenêtre. Elle regarde les arbres et elle mange.")
    window = talk.moves(
        "Nadège", 1, "chacun change de table chaque semaine", "Thérèse garde la table près de la fenêtre"
    )
    talk.accepted(window, "Fatou", "Sonia")
    talk.agreed(1, "Thérèse garde la table près de la fenêtre, midi et soir.")
    come = talk.moves("Fatou", 2, "une soignante à côté d’elle", "je viens le mardi et le jeudi midi", 0)
    talk.accepted(come, "Sonia", "Nadège")
    talk.agreed(
        2,
        "Fatou mange avec elle le mardi et le jeudi. Les autres jours, une soignante s’assoit à côté d’elle.",
    )
    talk.goes_on()
    talk.answers("Sonia")
    talk.answers("Fatou", Answer.YES, "On redemandera à Thérèse, avec ses gestes, dans un mois.")


def jeanne_mass(house: House) -> Told:
    """Overdue: the deadline went by, and one point is still open."""
    sonia, julie = house["infirmiere"], house["julie"]
    yield days_ago(18, "10:10")
    _person, plan = somebody(house, "Prat")
    talk = Talk(
        house,
        plan,
        sonia,
        [Seat(), Seat(professional=sonia), Seat(professional=julie)],
        title="La messe en espagnol, en ville",
        situation="Jeanne veut y aller seule en taxi. L’équipe craint la chaleur et la fatigue.",
        context="plan",
        aim="Que Jeanne aille à la messe une fois par mois, et rentre en forme.",
        due_on=in_days(-3),
    )
    talk.point("Le trajet\u00a0: seule ou accompagnée", "participation")
    talk.point("Le jour du mois", "organisation")
    talk.aim_accepted("Jeanne", "Sonia", "Julie")
    talk.goes_on()
    talk.matters("Jeanne", "Prier dans ma langue. Ne déranger personne.")
    talk.matters("Sonia", "Savoir qui appeler s’il y a un malaise.")
    talk.matters("Julie", "Qu’elle garde l’habitude de sortir.")
    talk.goes_on()
    yield days_ago(11, "11:00")
    talk.asks("Jeanne", 1, "Seule. Le taxi me connaît.")
    talk.asks("Sonia", 1, "Avec quelqu’un, au moins la première fois.")
    once = talk.moves("Jeanne", 1, "seule à chaque fois", "avec Julie la première fois, seule ensuite")
    talk.accepted(once, "Julie")
    every = talk.moves("Sonia", 1, "accompagnée à chaque fois", "accompagnée un mois sur deux")
    talk.declined(every, "Jeanne", "Je ne suis pas une enfant.")
    talk.asks("Jeanne", 2, "Le premier dimanche.")
    talk.agreed(2, "Le premier dimanche du mois, à 11\u00a0heures.")


def lucien_stockings(house: House) -> Told:
    """A refusal of care: asked again once, and to be asked again in two days. Nothing stops."""
    sonia, malik = house["infirmiere"], house["malik"]
    yield days_ago(16, "08:20")
    _person, plan = somebody(house, "Morel")
    refusal = note_refusal(
        plan,
        Refused(
            care="Les bas de contention",
            words="Non… pas ça. Serre. Trop.",
            ask_again_on=in_days(-6),
            followed=Followed(
                information="À quoi servent les bas, avec deux images\u00a0: la jambe qui gonfle, la jambe qui va.",
                alternatives="Surélever les jambes après le repas. Marcher un quart d’heure deux fois par jour.",
                told="Le Dr Nguyen et M. Garnier, le jour même.",
                care_goes_on="La jambe est regardée chaque matin. La marche et le repos jambes hautes continuent.",
            ),
        ),
        by=malik,
    )
    yield days_ago(6, "08:30")
    ask_again(refusal, "not_now", "Hiver… peut-être.", ask_again_on=in_days(2), by=sonia)


def odette_drops(house: House) -> Told:
    """She said no by herself, in her own space; the team then wrote what it explained."""
    sonia = house["infirmiere"]
    yield days_ago(3, "21:10")
    me = house["residente"]  # her account came with her own story
    _person, plan = somebody(house, "Marcillac")
    refusal = note_refusal(
        plan,
        Refused(
            care="Les gouttes pour dormir",
            words="Je n’en veux plus. Le matin, j’ai la tête dans du coton.",
            ask_again_on=in_days(4),
        ),
        by=me,
    )
    yield days_ago(2, "09:20")
    complete_refusal(
        refusal,
        Followed(
            information="À quoi servent les gouttes, et qu’on ne les arrête pas d’un coup sans le médecin.",
            alternatives="Une tisane, la radio basse, et en parler au Dr Nguyen cette semaine.",
            told="Le Dr Nguyen, le matin même.",
            care_goes_on="L’équipe de nuit passe à minuit, sans allumer.",
        ),
        by=sonia,
    )
