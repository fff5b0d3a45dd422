"""The command `sapwood`: demo, serve, worker, mail, import-people, check; manage is Django's."""

import argparse
import os
import sys
from collections.abc import Callable

DESCRIPTION = "Sapwood: the platform for all the ways people learn at work."
DJANGO = {"worker": "worker", "mail": "mail", "import-people": "import_people"}


def main(arguments: list[str] | None = None) -> None:
    """Runs the command given on the line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sapwood.settings")
    given = sys.argv[1:] if arguments is None else arguments
    command, rest = (given[0], given[1:]) if given else ("--help", [])
    if command == "manage":
        run_django(*rest)
    elif command in DJANGO:
        run_django(DJANGO[command], *rest)
    else:
        options = parser().parse_args(given)
        options.run(options)


def run_django(*arguments: str) -> None:
    """One of Django's own commands, or of ours that need no more than Django."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["sapwood", *arguments])


def parser() -> argparse.ArgumentParser:
    """What can be said on the line (docs/reference/commands.md)."""
    top = argparse.ArgumentParser(prog="sapwood", description=DESCRIPTION)
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    def add(
        name: str, run: Callable[[argparse.Namespace], None], text: str
    ) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
        return command

    for name, run, text in (
        ("demo", demo, "Serve a sample organisation, to look around."),
        ("serve", serve, "Serve the pages, with a job worker beside them."),
    ):
        command = add(name, run, text)
        command.add_argument("--host", default="127.0.0.1")
        command.add_argument("--port", type=int, default=8000)
        command.add_argument("--workers", type=int, default=2, help="processes that serve pages")
        command.add_argument(
            "--no-worker", action="store_true", help="run no jobs beside the pages"
        )
        if name == "serve":
            command.add_argument(
                "--migrate", action="store_true", help="bring the database up to date first"
            )
    add("check", check, "Say whether this installation is sound.")
    for name, text in (
        ("worker", "Run jobs."),
        ("mail", "Take answers that come by e-mail."),
        ("import-people", "Bring people in from a CSV file."),
        ("manage", "Django's own commands."),
    ):
        add(name, lambda _options: None, text)
    return top


def set_up() -> None:
    """Loads the apps; an unsafe environment ends the command with its reason."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as problem:
        sys.exit(f"Sapwood does not start: {problem}")


def serve(options: argparse.Namespace) -> None:
    """Brings the database up to date where that is wanted, says the address, serves."""
    from sapwood.core import ports

    ports.say_address(options.host, options.port)
    set_up()
    from django.conf import settings

    from sapwood.core import health, serving

    if not ports.is_free(options.host, options.port):
        sys.exit(f"Port {options.port} is taken. Choose another with --port.")
    if health.waiting_migrations():
        if settings.PRODUCTION and not options.migrate:
            sys.exit("The database is behind this version. Back it up, then start with --migrate.")
        print("Preparing the database…", flush=True)
        run_django("migrate", "--verbosity", "0", "--skip-checks")
    print(f"Sapwood is at {settings.BASE_URL}", flush=True)
    print(f"Its data lies in {settings.DATA_DIR}", flush=True)
    _print_first_run()
    print("Stop it with Ctrl+C.", flush=True)
    serving.serve(
        host=options.host,
        port=options.port,
        workers=options.workers,
        with_jobs=not options.no_worker,
        beside=_mail_beside(),
    )


def _mail_beside() -> "dict[str, Callable[[], None]]":
    """The listener for letters, where SAPWOOD_INBOUND asks for one beside the pages."""
    from django.conf import settings

    if not settings.INBOUND:
        return {}
    if not settings.REPLY_ADDRESS:
        sys.exit("SAPWOOD_INBOUND needs SAPWOOD_REPLY_ADDRESS, such as reply@learn.example.org.")
    from sapwood.notify.inbound.listening import listen

    return {"sapwood-mail": lambda: listen(settings.INBOUND)}


def _print_first_run() -> None:
    """While nobody has set it up: the one-time link that makes the first administrator."""
    from sapwood.people.doors.first_run import first_run_link

    if link := first_run_link():
        print(f"Nobody is here yet. Begin at {link}", flush=True)


def demo(options: argparse.Namespace) -> None:
    """Serves the sample organisation from a database of its own."""
    from sapwood.core import ports
    from sapwood.core.environment import data_dir

    folder = data_dir() / "demo"
    folder.mkdir(exist_ok=True)
    os.environ["SAPWOOD_DATA"] = str(folder)
    os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'sapwood.sqlite3'}"
    while not ports.is_free(options.host, options.port):
        options.port += 1
    ports.say_address(options.host, options.port)
    set_up()
    from sapwood.core import health

    if health.waiting_migrations():
        print("Preparing the database…", flush=True)
        run_django("migrate", "--verbosity", "0", "--skip-checks")
    from sapwood.demo import loading

    if not loading.is_loaded():
        print("Growing a sample organisation: 150 people, twelve months…", flush=True)
        loading.load_sample(open_doors=True)
        loading.name_the_organisation()
    print("Sign in as one of these:")
    for email, password, who in loading.how_to_sign_in():
        print(f"  {email:28} {password}   {who}", flush=True)
    options.migrate = False
    serve(options)


def check(options: argparse.Namespace) -> None:
    """Prints one line for each thing looked at; exit code 1 when one is not sound."""
    set_up()
    from sapwood.core import health

    is_sound = True
    for finding in health.findings():
        print(f"{'fine ' if finding.holds else 'WRONG'}  {finding.text}")
        is_sound &= finding.holds
    sys.exit(0 if is_sound else 1)


if __name__ == "__main__":
    main()
