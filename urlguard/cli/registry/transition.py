"""`urlguard registry transition`, and the steps by name: `restrict`, `lift`, `annul` ..."""

from collections.abc import Callable
from typing import Any

import click

from urlguard.cli.registry.given import checked, date, numbers
from urlguard.cli.registry.options import (
    Decorator,
    actor_option,
    document_option,
    dry_run_option,
    format_option,
    lang_option,
    opened,
    packs_option,
    reason_option,
    registry_option,
)
from urlguard.cli.registry.steps import Step
from urlguard.cli.registry.words import stdout, words_of
from urlguard.errors import Refused, UsageError
from urlguard.record import Ground
from urlguard.registry.registry import Registry
from urlguard.registry.rows import Entry, shown_id
from urlguard.registry.states import EXPIRED
from urlguard.reports.records import covered, hanging
from urlguard.reports.records import state as state_name

_OPTIONS: tuple[Decorator, ...] = (
    click.argument("ids", nargs=-1, metavar="[ID]..."),
    click.option(
        "--number",
        "of_number",
        default="",
        metavar="NO",
        help="All records that stand on the document of this number.",
    ),
    reason_option,
    document_option,
    click.option(
        "--until", metavar="DATE", callback=date, help="Last day in force from now on, as 2026-12-31."
    ),
    click.option(
        "--basis", metavar="TEXT", help="What a lifting stands on: the owner's request, a court ..."
    ),
    click.option("--notice-at", metavar="DATE", callback=date, help="The day of the owner's notice."),
    click.option("--checked-by", metavar="NAME", help="Who checked that the violation is gone."),
    click.option(
        "--order-date",
        metavar="DATE",
        callback=date,
        help="The day of the order to lift; its number is --document.",
    ),
    click.option("--prescription", metavar="NO", help="The prescription they stand on from now on."),
    click.option("--authority", default="", metavar="NAME", help="Who issued it; with --prescription."),
    click.option("--date", default="", metavar="DATE", callback=date, help="Its date; with --prescription."),
    actor_option,
    dry_run_option,
    format_option("table", "ids"),
    registry_option,
    lang_option,
    packs_option,
)


def _with_options(function: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def step_command(name: str, step: Step) -> click.Command:
    """Return the command of one step."""
    text = f"""{step.verb} The records become {step.state}.

    Name them by ID, pipe ids in, or name their document with --number. All of them take the
    step, or none does; a step that does not follow on their state is refused, and those that
    do are named.

    \b
    urlguard registry {name} KN-2026-000001 --reason "..."
    urlguard registry {name} --number 12-34/567 --document 89
    urlguard registry list --brand kaspi -f ids | urlguard registry {name}
    """

    @click.command(name, short_help=step.verb, help=text)
    @_with_options
    def run(ids: tuple[str, ...], **said: Any) -> None:  # noqa: ANN401  (one option each)
        take(step.state, ids, said)

    return run


@click.command("transition", short_help="Take records to another state, named by the state.")
@click.option(
    "--to", "state", required=True, metavar="STATE", help="The state they become, for example lifted."
)
@_with_options
def command(state: str, ids: tuple[str, ...], **said: Any) -> None:  # noqa: ANN401  (one option each)
    """Take records to another state, when it is one step away.

    Each step also has a command of its own: urlguard registry restrict, lift, annul ...

    \b
    urlguard registry transition KN-2026-000001 --to under_review
    urlguard registry transition --number 12-34/567 --to annulled --reason "court decision"
    """
    take(state, ids, said)


def take(state: str, ids: tuple[str, ...], said: dict[str, Any]) -> None:
    """Lead records to a state and say what they are then."""
    registry, book = opened(said["path"], said["packs"])
    state = checked(state, book["registry"]["states"], "state")
    fields = _fields(said)
    words = words_of(book, said["lang"])
    waiting, already = _waiting(registry, numbers(registry, ids, said["of_number"]), state)
    done = [entry._replace(state=state) for entry in waiting]
    if waiting and not said["dry_run"]:
        done = registry.step(
            [entry.id for entry in waiting],
            state,
            actor=said["actor"],
            reason=said["reason"],
            document=said["document"],
            fields=fields,
        )
    out, columns = stdout(said["form"])
    text = words.texts["step_would" if said["dry_run"] else "step_done"]
    for entry in sorted([*done, *already], key=lambda entry: entry.id):
        record = entry.record()
        if said["form"] == "ids":
            out.write(f"{record.id}\n")
            continue
        line = text.format(id=record.id, state=state_name(words, record), covered=covered(words, record))
        out.writelines(f"{part}\n" for part in ([line] if columns is None else hanging(line, columns)))


def _waiting(registry: Registry, found: list[int], state: str) -> tuple[list[Entry], list[Entry]]:
    """Return the entries that are to take the step, and those in that state already. Raises `Refused`."""
    searching = registry.searching()
    waiting, already = [], []
    for number in found:
        entry = searching.entry(number)
        if entry.state != state:
            registry.states.check(shown_id(number), entry.state, state)
            waiting.append(entry)
            continue
        if searching.today(entry)[0] == EXPIRED != state:
            mend = f"give it another: urlguard registry edit {shown_id(number)} --until 2026-12-31"
            raise Refused(f"{shown_id(number)} is {state}, but its last day, {entry.until}, is over", mend)
        already.append(entry)
    return waiting, already


def _fields(said: dict[str, Any]) -> dict[str, Any]:
    """Return the other fields that change with the step. Raises `UsageError`."""
    lift = {
        "basis": said["basis"],
        "notice_at": said["notice_at"],
        "checked_by": said["checked_by"],
        "order_no": said["document"] if said["order_date"] else "",
        "order_date": said["order_date"],
    }
    lift = {name: value for name, value in lift.items() if value}
    fields: dict[str, Any] = {"details": {"lift": lift}} if lift else {}
    if said["until"] is not None:
        fields["until"] = said["until"]
    if said["prescription"]:
        fields["ground"] = Ground("prescription", said["authority"], said["prescription"], said["date"])
    elif said["authority"] or said["date"]:
        raise UsageError("--authority and --date go with --prescription")
    return fields
