"""The console command `avec`. A user's mistake gives one clear line and a non-zero status, never a traceback."""

import argparse
import os
import sys
from pathlib import Path
from typing import NoReturn

DEFAULT_PORT = 8000


class Mistake(Exception):
    """Something the user can mend; the message says how."""


def main(argv: list[str] | None = None) -> int:
    arguments = sys.argv[1:] if argv is None else argv
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "avec.settings")
    if arguments[:1] == ["manage"]:
        from django.core.management import execute_from_command_line

        execute_from_command_line(["avec manage", *arguments[1:]])
        return 0
    options = parser().parse_args(arguments)
    try:
        prepare()
        return int(options.run(options) or 0)
    except Mistake as mistake:
        print(f"avec : {mistake}", file=sys.stderr)
    except BrokenPipeError:
        sys.stderr.close()
    except KeyboardInterrupt:
        print("avec : arrêté.", file=sys.stderr)
    return 1


class Parser(argparse.ArgumentParser):
    """Says a wrong command in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"avec : commande incomplète ou inconnue ({message}). Voir « {self.prog} --help ».\n")


def parser() -> argparse.ArgumentParser:
    root = Parser(prog="avec", description="Avec : le projet de soins, construit ensemble.")
    commands = root.add_subparsers(metavar="COMMANDE", required=True)

    serve = commands.add_parser("serve", help="lancer le serveur")
    serve.add_argument("--port", type=port, default=os.environ.get("PORT", DEFAULT_PORT))
    serve.add_argument("--host", default="127.0.0.1", help="adresse d’écoute (127.0.0.1)")
    serve.add_argument("--workers", type=int, default=2)
    serve.set_defaults(run=run_serve)

    demo = commands.add_parser("demo", help="charger les établissements de démonstration")
    demo.set_defaults(run=run_demo)

    importing = commands.add_parser("import-fhir", help="lire un fichier TDDUI (FHIR R4)")
    importing.add_argument("file", metavar="FICHIER")
    importing.set_defaults(run=run_import)

    exporting = commands.add_parser("export-fhir", help="écrire le projet d’une personne en TDDUI 2.3.0")
    exporting.add_argument(
        "--person", required=True, metavar="ID", help="identifiant local, ou national (3FINESS/…)"
    )
    exporting.add_argument("--output", metavar="FICHIER", help="sinon, sur la sortie standard")
    exporting.set_defaults(run=run_export)

    verify = commands.add_parser("verify", help="vérifier un PDF, ou le journal et les contrats de la base")
    verify.add_argument("file", nargs="?", metavar="PDF")
    verify.set_defaults(run=run_verify)

    seal = commands.add_parser(
        "seal", help="sceller le journal et les contrats signés (à lancer chaque nuit)"
    )
    seal.set_defaults(run=run_seal)

    barometer = commands.add_parser("barometer", help="ajouter une version d’un baromètre, en JSON")
    barometer.add_argument("file", metavar="FICHIER")
    barometer.set_defaults(run=run_barometer)

    commands.add_parser("manage", help="les commandes de Django (avec manage help)")
    return root


def port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas un port : donnez un nombre de 1 à 65535")
    return int(text)


def prepare() -> None:
    """Start Django; a wrong setting or an unreachable database is the user's to mend."""
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError, connection

    try:
        django.setup()
        connection.ensure_connection()
    except ImproperlyConfigured as error:
        raise Mistake(str(error)) from None
    except OperationalError as error:
        first_line = str(error).strip().splitlines()[0]
        raise Mistake(f"la base de données ne répond pas ({first_line}). Vérifiez DATABASE_URL.") from None


def migrate() -> None:
    """Bring the database to this version, if it is not there yet."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)


def run_serve(options: argparse.Namespace) -> int:
    import socket

    from django.conf import settings

    # SO_REUSEADDR as gunicorn does: a port left a moment ago is free.
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((options.host, int(options.port)))
        except OSError as error:
            raise Mistake(
                f"le port {options.port} n’est pas libre sur {options.host} ({error.strerror}). "
                f"Donnez-en un autre : PORT=8001 make run, ou avec serve --port 8001."
            ) from None
    migrate()
    if settings.AVEC_DEMO:
        load_demo()
    if not settings.DEBUG:
        from django.core.management import call_command

        call_command("collectstatic", verbosity=0, interactive=False)
    shown = "localhost" if options.host in {"127.0.0.1", "0.0.0.0"} else options.host  # noqa: S104
    print(f"Avec est prêt : http://{shown}:{options.port}   (Ctrl + C pour arrêter)", flush=True)
    from django.db import connections

    connections.close_all()
    gunicorn = Path(sys.executable).with_name("gunicorn")
    os.execv(  # noqa: S606
        gunicorn,
        [
            str(gunicorn),
            "avec.wsgi:application",
            f"--bind={options.host}:{options.port}",
            f"--workers={options.workers}",
            "--threads=4",
            "--worker-tmp-dir=/dev/shm" if Path("/dev/shm").is_dir() else "--worker-tmp-dir=/tmp",  # noqa: S108
            "--log-level=warning",
        ],
    )


def load_demo() -> None:
    from avec.demo.checks import DemoRefused
    from avec.demo.load import ensure_demo

    try:
        ensure_demo()
    except DemoRefused as refusal:
        raise Mistake(str(refusal)) from None


def run_demo(options: argparse.Namespace) -> int:
    from avec.demo.cast import CAST

    migrate()
    load_demo()
    print("Les établissements de démonstration sont là. Lancez-les avec « AVEC_DEMO=1 avec serve ».")
    for character in CAST:
        print(f"  {character.slug:24} {character.name}, {character.job}")
    return 0


def run_import(options: argparse.Namespace) -> int:
    from avec.interop.commands import import_fhir

    migrate()
    return import_fhir(options.file)


def run_export(options: argparse.Namespace) -> int:
    from avec.interop.commands import export_fhir

    migrate()
    return export_fhir(options.person, options.output)


def run_verify(options: argparse.Namespace) -> int:
    from avec.contracts.verify import verify_database, verify_file

    migrate()
    if options.file is None:
        lines, sound = verify_database()
    else:
        path = Path(options.file)
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            raise Mistake(f"le fichier « {options.file} » n’existe pas.") from None
        except OSError as error:
            raise Mistake(f"le fichier « {options.file} » ne se lit pas ({error.strerror}).") from None
        lines, sound = verify_file(content)
    print("\n".join(lines))
    return 0 if sound else 1


def run_barometer(options: argparse.Namespace) -> int:
    """Keep an instrument: groups may choose it from then on, and it never changes."""
    import json

    from avec.barometer.instruments import add_barometer
    from avec.barometer.rules import InstrumentRefused

    try:
        content = json.loads(Path(options.file).read_text("utf-8"))
    except FileNotFoundError:
        raise Mistake(f"le fichier « {options.file} » n’existe pas.") from None
    except OSError as error:
        raise Mistake(f"le fichier « {options.file} » ne se lit pas ({error.strerror}).") from None
    except (ValueError, RecursionError):
        raise Mistake(f"le fichier « {options.file} » n’est pas du JSON en UTF-8.") from None
    migrate()
    try:
        kept = add_barometer(content)
    except InstrumentRefused as refusal:
        raise Mistake(f"ce baromètre n’est pas complet. {refusal}") from None
    except TypeError:
        # A list where a word is expected, deep in the file.
        raise Mistake("ce baromètre n’est pas complet. Il manque une partie.") from None
    print(f"Baromètre gardé : {kept}. Les groupes peuvent le choisir pour leur prochaine campagne.")
    return 0


def run_seal(options: argparse.Namespace) -> int:
    """Chain what no seal covers yet, and print the last seals: kept elsewhere, they show a cut tail."""
    from avec.accounts.models import Establishment
    from avec.audit.actions import seal_journal
    from avec.audit.models import Seal

    migrate()
    for establishment in Establishment.objects.order_by("name"):
        seal_journal(establishment.pk)
        last = Seal.objects.filter(establishment_id=establishment.pk).order_by("-number").first()
        said = f"sceau {last.number}, {last.code}" if last else "journal vide"
        print(f"{establishment.name} : {said}")
    return seal_contracts()


def seal_contracts() -> int:
    """What was signed while the seal or the time stamp was out of order; and whether both work tonight."""
    from avec.contracts.copies import seal_waiting
    from avec.documents.health import seal_health

    night = seal_waiting()
    print(f"Copies scellées : {night.sealed} ; horodatées : {night.stamped}")
    troubles = [*night.troubles, *(finding.sentence for finding in seal_health() if not finding.ok)]
    for trouble in dict.fromkeys(troubles):
        print(f"  à faire : {trouble}")
    return 1 if night.troubles else 0


if __name__ == "__main__":
    sys.exit(main())
