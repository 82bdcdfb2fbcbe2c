"""The groups of Les Tilleuls, and what their barometers found over a year and a half."""

from avec.barometer.actions import (
    add_member,
    agree_to_pair,
    ask_for_pair,
    let_lead,
    open_campaign,
    own_card,
    publish_campaign,
    settle_campaign,
    start_group,
)
from avec.barometer.actions.decisions import decide
from avec.barometer.actions.together import Wording
from avec.barometer.answering import answer
from avec.barometer.cards import card_of
from avec.barometer.models import DecisionState, GroupKind, PartChoice, SideChoice
from avec.barometer.rules import Kind, Side

from ..clock import days_ago, in_days
from ..house import House, Told
from ..measuring import Around, Voices, answered, follows, notes, prepared, reviewed, together

USERS, TEAM = SideChoice.USER.value, SideChoice.PROFESSIONAL.value
PERSON, RELATIVE, SPOKESPERSON = PartChoice.PERSON, PartChoice.RELATIVE, PartChoice.REPRESENTATIVE
CARE, SUPPORT = PartChoice.CARE, PartChoice.SUPPORT


def meals(house: House) -> Told:
    """Three campaigns: information and decisions begin far apart, one disagreement stays."""
    sonia, monique = house["infirmiere"], house["representante-usagers"]

    yield days_ago(575, "14:00")
    group = start_group(
        name="Repas, sorties, vie de la maison",
        kind=GroupKind.WORKING_GROUP.value,
        about="Ce qui se vit tous les jours\u00a0: ce qu’on mange, où l’on va, comment on décide.",
        by=sonia,
    )
    let_lead(add_member(group, monique, side=USERS, by=sonia), True, by=sonia)
    for slug in ("aide-soignante", "malik", "qualite"):
        add_member(group, house[slug], side=TEAM, by=sonia)

    yield days_ago(562, "10:00")
    first = open_campaign(prepared(group, sonia, days=18, users=14, team=20), by=sonia)
    yield days_ago(555, "15:00")
    answered(
        first,
        Voices(Side.USER, {PERSON: 5, RELATIVE: 3, SPOKESPERSON: 1}, (1, 1, 1, 1, 0, 1, 1, 1, 1, 0, 0)),
        Voices(Side.PROFESSIONAL, {CARE: 10, SUPPORT: 4}, (3, 3, 2, 1, 1, 2, 2, 3, 2, 2, 0)),
        words=[
            (Side.USER, "information", "J’apprends les choses dans le couloir."),
            (Side.PROFESSIONAL, "information", "On explique à la relève, pas assez à ceux que cela regarde."),
        ],
    )
    yield days_ago(543, "09:30")
    first = settle_campaign(first, by=sonia)
    reviewed(first, monique)
    yield days_ago(534, "14:30")
    there: Around = {
        Side.USER: ("Monique", "Paulette", "Lucien"),
        Side.PROFESSIONAL: ("Sonia", "Nadège", "Karim"),
    }
    together(
        first,
        sonia,
        there,
        notes(
            first,
            (2, 1, 1, 1, 0, 1, 1, 2, 1, 0, 0),
            evaluation=Wording(level=0, words="Personne n’a encore demandé si nos idées ont servi."),
        ),
    )
    menu = decide(
        first,
        criteria=["information"],
        words="Le menu de la semaine est affiché en grand, à hauteur des yeux.",
        user_name="Monique Delmas",
        professional_name="Karim Haddad",
        due_on=in_days(-440),
        sign="Chacun peut dire le midi ce qu’il y aura le soir.",
        by=sonia,
    )
    publish_campaign(first, by=sonia)

    yield days_ago(436, "16:00")
    follows(
        menu,
        DecisionState.DONE,
        monique,
        users="On le lit en passant, et on en parle à table.",
        team="On nous demande moins souvent ce qu’il y a à manger. Le changer prend dix minutes.",
    )

    yield days_ago(290, "11:00")
    marcel, claire = house["marcel.dupouy"], house["fille"]
    let_lead(add_member(group, marcel, side=USERS, by=sonia), True, by=sonia)
    add_member(group, claire, side=USERS, by=monique)
    add_member(group, house["residente"], side=USERS, by=sonia)
    second = open_campaign(prepared(group, marcel, days=17, users=16, team=24), by=sonia)
    yield days_ago(283, "15:00")
    answered(
        second,
        Voices(Side.USER, {PERSON: 7, RELATIVE: 4, SPOKESPERSON: 2}, (2, 1, 2, 1, 1, 3, 2, 1, 2, 1, 0)),
        Voices(Side.PROFESSIONAL, {CARE: 13, SUPPORT: 5}, (3, 3, 2, 2, 2, 3, 2, 3, 2, 2, 1)),
        words=[
            (Side.USER, "decisions", "On me demande mon avis quand tout est déjà prêt."),
            (Side.PROFESSIONAL, "decisions", "Je croyais avoir demandé. En fait, j’avais annoncé."),
        ],
    )
    yield days_ago(272, "09:30")
    second = settle_campaign(second, by=marcel)
    reviewed(second, sonia)
    yield days_ago(261, "14:30")
    there = {
        Side.USER: ("Marcel", "Monique", "Claire", "Paulette"),
        Side.PROFESSIONAL: ("Sonia", "Nadège", "Malik", "Karim"),
    }
    together(
        second,
        marcel,
        there,
        notes(
            second,
            (2, 2, 2, 1, 1, 3, 2, 2, 2, 1, 0),
            decisions=Wording(
                level=2, words="Pour les sorties, on décide ensemble. Pour les soins, pas encore."
            ),
        ),
    )
    decide(
        second,
        criteria=["leadership"],
        words="Un résident copréside le conseil de la vie sociale.",
        user_name="Marcel Dupouy",
        professional_name="Anne Le Goff",
        due_on=in_days(-53),
        sign="L’ordre du jour est écrit à deux.",
        by=marcel,
    )
    publish_campaign(second, by=sonia)

    yield days_ago(48, "10:00")
    third = open_campaign(prepared(group, marcel, days=18, users=20, team=26), by=marcel)
    yield days_ago(41, "15:00")
    answered(
        third,
        Voices(
            Side.USER,
            {PERSON: 11, RELATIVE: 4, SPOKESPERSON: 2},
            (3, 1, 2, 1, 2, 3, 2, 1, 2, 1, 2),
            apart={10: 1},
        ),
        Voices(Side.PROFESSIONAL, {CARE: 16, SUPPORT: 6}, (3, 3, 3, 2, 2, 3, 3, 3, 2, 2, 1), apart={11: 1}),
        words=[
            (Side.USER, "information", "On nous explique bien, mais trop vite, et debout."),
            (Side.USER, "decisions", "Deux choix, c’est déjà un choix. Souvent il n’y en a qu’un."),
            (Side.USER, "", "Le repas du dimanche est devenu le nôtre."),
            (Side.USER, "", "Ma voisine de la chambre 9 ne dort plus, elle ne le dira pas."),
            (Side.PROFESSIONAL, "information", "Je donne l’information entre deux portes, faute de chaise."),
            (Side.PROFESSIONAL, "goals", "On écrit les objectifs assis, avec eux. Cela change tout."),
        ],
    )
    yield days_ago(29, "09:30")
    third = settle_campaign(third, by=sonia)
    reviewed(third, marcel, "Ma voisine")
    yield days_ago(16, "14:30")
    there = {
        Side.USER: ("Marcel", "Monique", "Claire", "Odette", "Paulette", "Lucien", "Rose"),
        Side.PROFESSIONAL: ("Sonia", "Nadège", "Malik", "Karim", "Yvette", "Bruno", "Farida"),
    }
    together(
        third,
        sonia,
        there,
        notes(
            third,
            (3, 2, 3, 2, 2, 3, 2, 2, 2, None, 2),
            information=Wording(
                level=2,
                words="Bien dit, trop vite. On s’assoit, et on laisse quelque chose à relire.",
                user_words="On nous explique bien, mais debout.",
                professional_words="Nous croyons avoir dit. Nous ne vérifions pas.",
            ),
            decisions=Wording(
                level=2,
                words="On s’assoit, on dit les choix possibles, puis on laisse un jour pour répondre.",
            ),
            leadership=Wording(
                agreed=False,
                user_level=0,
                professional_level=2,
                user_words="Les réunions ont lieu à l’heure de la sieste\u00a0: ce sont toujours les mêmes qui mènent.",
                professional_words="L’ordre du jour se fait à deux depuis l’été.",
            ),
        ),
    )
    sitting = decide(
        third,
        criteria=["information"],
        words="S’asseoir pour expliquer, et laisser un papier en gros caractères.",
        user_name="Rose Pujol",
        professional_name="Malik Traoré",
        due_on=in_days(54),
        sign="Trois personnes sur quatre savent redire ce qui leur a été expliqué.",
        by=sonia,
    )
    decide(
        third,
        criteria=["options", "decisions"],
        words="Une carte «\u00a0trois choix\u00a0» pour le repas, la sortie, la toilette.",
        user_name="Claire Marcillac",
        professional_name="Nadège Kouassi",
        due_on=in_days(98),
        sign="Chacun a dit non au moins une fois, et cela a changé quelque chose.",
        by=marcel,
    )
    publish_campaign(third, by=marcel)
    yield days_ago(9, "11:00")
    follows(sitting, DecisionState.DOING, sonia)
    add_member(group, house["directrice"], side=TEAM, by=sonia)


def feasts(house: House) -> Told:
    """Four users answered: of their side nothing is shown, and the page says so."""
    camille, karim = house["educatrice"], house["qualite"]

    yield days_ago(120, "11:00")
    group = start_group(
        name="Commission des fêtes",
        kind=GroupKind.WORKING_GROUP.value,
        about="Les anniversaires, la kermesse, la musique du dimanche.",
        by=camille,
    )
    add_member(group, karim, side=TEAM, by=camille)
    campaign = open_campaign(prepared(group, camille, days=14, users=9, team=12), by=camille)
    yield days_ago(112, "15:00")
    answered(
        campaign,
        Voices(Side.USER, {PERSON: 3, RELATIVE: 1}, (2,) * 11),
        Voices(Side.PROFESSIONAL, {CARE: 6, SUPPORT: 3}, (3, 2, 3, 2, 2, 2, 2, 2, 3, 1, 1)),
        words=[(Side.PROFESSIONAL, "resources", "Les mains de Rose savent encore tout faire en cuisine.")],
    )
    yield days_ago(104, "09:30")
    settle_campaign(campaign, by=camille)


def steering(house: House) -> Told:
    """Open today, with a code to follow oneself from one time to the next; cards and the shared screen."""
    karim, monique = house["qualite"], house["representante-usagers"]

    yield days_ago(90, "15:00")
    group = start_group(
        name="Copil Qualité et partenariat",
        kind=GroupKind.STEERING.value,
        about="Suit les actions décidées par les groupes et prépare l’évaluation externe.",
        by=karim,
    )
    let_lead(add_member(group, monique, side=USERS, by=karim), True, by=karim)
    for slug in ("directrice", "cadre", "medecin"):
        add_member(group, house[slug], side=TEAM, by=karim)
    yield days_ago(6, "09:00")
    campaign = prepared(group, karim, days=20, users=10, team=12, kind=Kind.PSEUDONYMOUS)
    campaign = open_campaign(campaign, by=monique)
    yield days_ago(4, "17:00")
    answered(
        campaign,
        Voices(Side.USER, {PERSON: 1, SPOKESPERSON: 2}, (2, 1, 2, 2, 1, 2, 2, 1, 2, 1, 1)),
        Voices(Side.PROFESSIONAL, {CARE: 2, SUPPORT: 2}, (3, 3, 2, 2, 2, 3, 2, 2, 2, 2, 1)),
        code="tilleul",
    )


def ward(house: House) -> Told:
    """In preparation: nobody was asked yet."""
    isabelle = house["cadre"]

    yield days_ago(3, "11:30")
    group = start_group(
        name="L’unité Les Acacias",
        kind=GroupKind.WARD.value,
        about="Le quotidien de l’unité, vu des deux côtés.",
        by=isabelle,
        unit=house.units["Les Acacias"],
    )
    add_member(group, house["infirmiere"], side=TEAM, by=isabelle)
    add_member(group, house["residente"], side=USERS, by=isabelle)
    prepared(group, isabelle, days=21, users=18, team=16, starts=9)


def odette_and_sonia(house: House) -> Told:
    """Two persons, named, by the choice of both: what they say to each other stays theirs."""
    yield days_ago(75, "16:00")
    sonia, odette = house["infirmiere"], house["residente"]
    pair = ask_for_pair(odette, by=sonia)
    yield days_ago(74, "17:30")
    agree_to_pair(pair, by=odette)
    yield days_ago(72, "11:00")
    campaign = prepared(pair, odette, days=14, users=1, team=1, kind=Kind.NAMED)
    campaign = open_campaign(campaign, by=sonia)
    codes = campaign.barometer.instrument.codes
    yield days_ago(71, "15:00")
    for who, levels in (
        (odette, (3, 2, 3, 2, 3, 4, 3, 1, 3, 2, 2)),
        (sonia, (3, 3, 3, 2, 3, 3, 3, 3, 3, 3, 2)),
    ):
        card = card_of(own_card(campaign, by=who))
        assert card is not None
        answer(card, dict(zip(codes, levels, strict=True)))
    yield days_ago(69, "14:00")
    campaign = settle_campaign(campaign, by=odette)
    yield days_ago(69, "14:20")
    together(
        campaign,
        sonia,
        {Side.USER: ("Odette",), Side.PROFESSIONAL: ("Sonia",)},
        notes(
            campaign,
            (3, 2, 3, 2, 3, 4, 3, 2, 3, 2, 2),
            decisions=Wording(level=2, words="Odette dit oui vite. Sonia repasse le lendemain."),
        ),
    )
    decide(
        campaign,
        criteria=["decisions"],
        words="Rien n’est décidé le jour même\u00a0: une nuit, puis Odette répond.",
        user_name="Odette Marcillac",
        professional_name="Sonia Benali",
        due_on=in_days(40),
        sign="Odette a changé d’avis au moins une fois.",
        by=odette,
    )


def asked_of_bernard(house: House) -> Told:
    """A pair that waits for his yes."""
    yield days_ago(2, "16:30")
    ask_for_pair(house["resident"], by=house["infirmiere"])


def home_council(house: House) -> Told:
    """Les Deux Rives, the first time: read by everybody there."""
    thomas, ines = house["infirmier-ailleurs"], house["ines"]

    yield days_ago(60, "10:00")
    group = start_group(
        name="Conseil du foyer", kind=GroupKind.STEERING.value, about="La vie du foyer.", by=thomas
    )
    add_member(group, ines, side=TEAM, by=thomas)
    let_lead(add_member(group, house["yanis.ferrand"], side=USERS, by=thomas), True, by=thomas)
    campaign = open_campaign(prepared(group, thomas, days=10, users=12, team=10), by=thomas)
    yield days_ago(55, "15:00")
    answered(
        campaign,
        Voices(Side.USER, {PERSON: 6}, (2, 2, 3, 2, 1, 3, 2, 2, 2, 2, 1)),
        Voices(Side.PROFESSIONAL, {CARE: 7}, (3, 3, 3, 2, 2, 3, 3, 2, 2, 1, 1)),
        words=[(Side.USER, "roles", "Le planning du ménage, c’est nous qui l’avons fait.")],
    )
    yield days_ago(48, "09:30")
    campaign = settle_campaign(campaign, by=house["yanis.ferrand"])
    reviewed(campaign, thomas)
    decide(
        campaign,
        criteria=["wording"],
        words="Les priorités du foyer s’écrivent en réunion, au tableau, avec les mots de chacun.",
        user_name="Yanis Ferrand",
        professional_name="Inès Marchal",
        due_on=in_days(20),
        sign="Chacun retrouve au moins une de ses phrases.",
        by=thomas,
    )
    publish_campaign(campaign, by=thomas)


def asked_by_yanis(house: House) -> Told:
    """The other way round: somebody asks the nurse who accompanies him."""
    yield days_ago(1, "18:00")
    ask_for_pair(house["infirmier-ailleurs"], by=house["yanis.ferrand"])
