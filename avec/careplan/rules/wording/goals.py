"""Hints on a goal's wording, while it is written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from avec.accounts.vocabulary import worded
from avec.ui.words import elide, nbsp

from .lists import ACRONYMS_KNOWN, INFINITIVES_IN_RE, JARGON, NOT_VERBS, TEAM_WORDS, VAGUE, VAGUE_SHOWN
from .reading import READ_AT_MOST, any_of, count_words, folded, sentences, words_of

LONGEST = 25  # words
AT_MOST_EACH = 3  # vague or professional words shown: a list would read as a reproach


class HintKind(StrEnum):
    """What a hint is about."""

    FIRST_PERSON = "first_person"
    ONE_IDEA = "one_idea"
    VAGUE = "vague"
    LONG = "long"
    JARGON = "jargon"
    NEGATION = "negation"
    OBSERVABLE = "observable"


@dataclass(frozen=True)
class Hint:
    """What could be clearer, and how one could say it."""

    kind: HintKind
    words: str
    example: str = ""


def hints(statement: str, *, called: str) -> list[Hint]:
    """What could be clearer in a goal's wording, most useful first; nothing on an empty text. Never blocking."""
    text = " ".join(statement[:READ_AT_MOST].split())
    plain = folded(text).lstrip('«"“”-–—•* ')
    if not words_of(plain):
        return []
    found = [
        *_first_person(plain, called),
        *_one_idea(text, plain),
        *_negation(plain),
        *_vague(plain),
        *_jargon(text, plain),
        *_observable(plain),
        *_long(text),
    ]
    return [Hint(hint.kind, nbsp(hint.words), nbsp(hint.example)) for hint in found]


SPEAKER = re.compile(r"(?<!\w)(?:[jm]’|(?:je|moi|me|mon|ma|mes|nous|notre|nos)(?!\w))")
TEAM = any_of(TEAM_WORDS)


def _first_person(plain: str, called: str) -> Iterator[Hint]:
    name = folded(called)
    team_speaks = TEAM.match(plain)
    if not team_speaks and (SPEAKER.search(plain) or (name and name in plain)):
        return
    whose = elide(called) if name else worded("%(short_of_the)s")
    start = "Ce début parle du travail de l’équipe." if team_speaks else "On n’entend pas encore qui parle."
    yield Hint(
        HintKind.FIRST_PERSON,
        f"{start} Avec les mots {whose}, cela commence souvent par « je ».",
        "Je voudrais aller seul au jardin le matin.",
    )


AND = re.compile(
    r"(?<!\w)(?:et|puis|ainsi que|ou)(?: aussi| surtout| de| a| y| en| me| se| mieux| bien)*[ ]"
    r"(?:d’|m’|s’|l’)?(\w+)(?![\w-])"
)
SPEAKS_AGAIN = re.compile(r"(?<!\w)(?:et|puis|ou) (?:que )?(?:je |j’|on )")


def _is_infinitive(word: str) -> bool:
    return word in INFINITIVES_IN_RE or (
        len(word) > 3 and word.endswith(("er", "ir")) and word not in NOT_VERBS
    )


def _one_idea(text: str, plain: str) -> Iterator[Hint]:
    names = {folded(word) for word in words_of(text)[1:] if word[:1].isupper()}
    second_verb = any(_is_infinitive(found[1]) and found[1] not in names for found in AND.finditer(plain))
    several = len(sentences(text)) > 1 or ";" in plain or SPEAKS_AGAIN.search(plain)
    if several or second_verb:
        yield Hint(
            HintKind.ONE_IDEA,
            "Il y a peut-être deux idées ici. Chacune peut devenir un objectif.",
            "« Je me lave seul » d’un côté, « je choisis mes habits » de l’autre.",
        )


NEGATION = re.compile(
    r"(?:(?<!\w)ne |(?<!\w)n’)(?:[^ ]+ ){0,3}(?:pas|plus|jamais|rien|aucune?)(?!\w)"
    r"|(?<!\w)(?:veux|peux|vais|suis|sois|soit|ai|est) (?:pas|jamais)(?!\w)"
    r"|(?<!\w)(?:eviter|arreter|cesser)(?! \w+ de temps)(?!\w)"
)
INSTEAD = re.compile(
    r"(?<!\w)(?:mais|plutot|prefere|au lieu|a la place|voudrais|aimerais|souhaite|veux)(?!\w)"
)


def _negation(plain: str) -> Iterator[Hint]:
    said = NEGATION.search(plain)
    if said is None:
        return
    before = [word for word in words_of(plain[: said.start()]) if word != "pouvoir"]
    if any(_is_infinitive(word) for word in before) or INSTEAD.search(plain[said.end() :]):
        return
    yield Hint(
        HintKind.NEGATION,
        "Cela dit ce qu’on ne veut pas, et cela compte. Que voudrait-on voir à la place ?",
        "« Je ne veux plus manger seul » peut devenir « je mange à une table que j’ai choisie ».",
    )


VAGUE_WORDS = any_of(VAGUE)
# « Autonome pour la toilette » says in what; « gagner en autonomie » does not.
AUTONOMY = re.compile(r"(?<!\w)autonom(?:e|es|ie)(?! (?:pour|dans|lors|quand|a la|au|aux|a l’|en))(?!\w)")


def _vague(plain: str) -> Iterator[Hint]:
    questions = {found: VAGUE[found] for found in VAGUE_WORDS.findall(plain)}
    for found in AUTONOMY.findall(plain):
        questions[found] = ("Autonome pour faire quoi ?", "Je prépare seul mon café.")
    for vague, (question, example) in list(questions.items())[:AT_MOST_EACH]:
        yield Hint(
            HintKind.VAGUE,
            f"« {VAGUE_SHOWN.get(vague, vague)} » peut se comprendre de plusieurs façons. {question}",
            example,
        )


JARGON_WORDS = any_of(JARGON)
ACRONYM = re.compile(r"(?<![\w’'-])[A-Z]{2,6}s?(?![\w-])")


def _jargon(text: str, plain: str) -> Iterator[Hint]:
    said = dict.fromkeys(JARGON_WORDS.findall(plain))
    for words in list(said)[:AT_MOST_EACH]:
        shown, instead = JARGON[words]
        yield Hint(
            HintKind.JARGON, f"« {shown} » est un mot de métier.", f"On peut dire : {worded(instead)}."
        )
    letters = [letter for letter in text if letter.isalpha()]
    if sum(letter.isupper() for letter in letters) * 2 > len(letters):
        return  # all typed in capitals: nothing tells an acronym
    acronyms = [word for word in dict.fromkeys(ACRONYM.findall(text)) if word not in ACRONYMS_KNOWN]
    for acronym in acronyms[: max(0, AT_MOST_EACH - len(said))]:
        yield Hint(HintKind.JARGON, f"« {acronym} » ne se comprend pas sans le connaître. Que veut-il dire ?")


SEEN = re.compile(
    r"\d|(?<!\w)(?:"
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|week-end|janvier|fevrier|mars|avril|mai|juin|juillet|"
    r"aout|septembre|octobre|novembre|decembre|noel|paques|printemps|ete|automne|hiver|"
    r"matins?|midis?|apres-midi|soirs?|nuits?|jours?|journee|semaines?|mois|ans?|annees?|heures?|minutes?|fois|"
    r"demain|chaque|avant|apres|pendant|avec|chez|dehors|dedans|jusqu’|seule?|ensemble|sans aide|"
    r"repas|toilette|coucher|lever|reveil|petit-dejeuner|dejeuner|gouter|diner|visites?|"
    r"deux|trois|quatre|cinq|six|dix|tous les|toutes les|"
    r"dans (?:le|la|les|l’|ma|mon|mes|un|une|ce|cette)|en (?:ville|cuisine|famille|bus|train|voiture|groupe)|"
    r"sur (?:le|la|les|l’|ma|mon)|a (?:la|l’)|aux?(?! maximum| mieux| moins| plus| niveau| quotidien| calme)"
    r")(?!\w)|(?<!\w)(?:jusqu’|a l’|dans l’|sur l’)"
)


def _observable(plain: str) -> Iterator[Hint]:
    if SEEN.search(plain):
        return
    yield Hint(
        HintKind.OBSERVABLE,
        "On ne voit pas encore quand, où, combien de fois ou avec qui. Un seul de ces repères suffit.",
        "Je vais au marché avec ma fille, le premier samedi du mois.",
    )


def _long(text: str) -> Iterator[Hint]:
    many = count_words(text)
    if many > LONGEST:
        yield Hint(
            HintKind.LONG,
            f"C’est long : {many} mots. Une phrase courte se relit, se dit et se signe plus facilement.",
        )
