"""``trolyso feedback``: staff read, answer, close and delete what people sent."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta, timezone
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from knowledge.feedback import Ticket
    from knowledge.store.people import PeopleStore

app = typer.Typer(help="Xem và trả lời góp ý, phản ánh của người dân.", no_args_is_help=True)

_VIETNAM = timezone(timedelta(hours=7))
_WIDTH = 80

Json = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")]
Code = Annotated[str, typer.Argument(help="Mã phản ánh, có hay không có dấu gạch đều được.")]


@app.command("list")
def list_tickets(
    status: Annotated[str, typer.Option(help="Chỉ liệt kê: new, answered hoặc closed.")] = "",
    as_json: Json = False,
) -> None:
    """Liệt kê phản ánh, mới nhất trước."""
    from knowledge.feedback import STATUS_NAMES, TOPIC_NAMES, TicketStatus

    if status and status not in set(TicketStatus):
        raise typer.BadParameter(f"chỉ có {', '.join(TicketStatus)}", param_hint="--status")
    with _people() as people:
        tickets = people.tickets(TicketStatus(status) if status else None)
    if as_json:
        _print_json([_payload(ticket) for ticket in tickets])
        return
    for ticket in tickets:
        head = f"{ticket.code}  {_day(ticket)}  {STATUS_NAMES[ticket.status]}  [{TOPIC_NAMES[ticket.topic]}]"
        print(f"{head}  {_short(ticket.text)}")
    if not tickets:
        print("Không có phản ánh nào.")


@app.command()
def show(code: Code, as_json: Json = False) -> None:
    """Xem trọn một phản ánh."""
    from knowledge.store.people import UnknownTicket

    wanted = _code(code)
    with _people() as people:
        ticket = people.ticket(wanted)
    if ticket is None:
        raise UnknownTicket(wanted)
    if as_json:
        _print_json(_payload(ticket))
        return
    print("\n".join(_lines(ticket)))


@app.command()
def reply(code: Code, text: Annotated[str, typer.Argument(help="Lời trả lời người dân.")]) -> None:
    """Trả lời một phản ánh; người gửi đọc được bằng mã của mình."""
    if not text.strip():
        raise typer.BadParameter("lời trả lời đang trống", param_hint="TEXT")
    with _people() as people:
        print(f"Đã trả lời {people.reply(_code(code), text).code}.")


@app.command()
def close(code: Code) -> None:
    """Đóng một phản ánh đã xong."""
    with _people() as people:
        print(f"Đã đóng {people.close_ticket(_code(code)).code}.")


@app.command()
def delete(code: Code) -> None:
    """Xóa hẳn một phản ánh, không lấy lại được."""
    wanted = _code(code)
    with _people() as people:
        people.delete(wanted)
    print(f"Đã xóa {wanted}.")


@contextlib.contextmanager
def _people() -> Iterator[PeopleStore]:
    from knowledge.store.people import PeopleStore
    from trolyso.settings import settings

    with PeopleStore.open(settings().people_url) as people:
        yield people


def _code(typed: str) -> str:
    """The code as it is kept; what is no code is looked for as it was typed, and not found."""
    from knowledge.feedback import read_code

    return read_code(typed) or typed


def _lines(ticket: Ticket) -> Iterator[str]:
    from knowledge.feedback import STATUS_NAMES, TOPIC_NAMES

    yield f"{ticket.code}  {_day(ticket)}  {STATUS_NAMES[ticket.status]}  [{TOPIC_NAMES[ticket.topic]}]"
    yield ticket.text
    if ticket.consented:
        yield f"Nơi ở: {ticket.place or 'không ghi'}. Liên hệ: {ticket.contact or 'không ghi'}."
    else:
        yield "Người gửi không đồng ý cho giữ nơi ở và liên hệ."
    for answer in ticket.replies:
        yield f"Trả lời {answer.at.astimezone(_VIETNAM):%d/%m/%Y %H:%M}: {answer.text}"


def _payload(ticket: Ticket) -> dict[str, Any]:
    return {
        **asdict(ticket),
        "created": ticket.created.isoformat(),
        "replies": [{"at": answer.at.isoformat(), "text": answer.text} for answer in ticket.replies],
    }


def _day(ticket: Ticket) -> str:
    return f"{ticket.created.astimezone(_VIETNAM):%d/%m/%Y %H:%M}"


def _short(text: str) -> str:
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1].rstrip() + "…"


def _print_json(payload: object) -> None:
    print(json.dumps(payload, ensure_ascii=False, indent=2))
