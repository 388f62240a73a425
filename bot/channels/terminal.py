"""A conversation in the terminal. Suggestions are picked by their number."""

from __future__ import annotations

from collections.abc import Callable

from bot.api_client import ApiError
from bot.rendering import pick, to_text
from trolyso.answer import Answer

GREETING = "Dạ chào anh chị! Em là trợ lý số của tỉnh Vĩnh Long. Anh chị cứ hỏi, gõ “thoát” để dừng."
FAREWELL = "Dạ, em chào anh chị, hẹn gặp lại!"
_LEAVING = frozenset({"thoát", "thoat", "exit", "quit"})


def run_terminal(
    ask: Callable[[str], Answer],
    read: Callable[[str], str] = input,
    write: Callable[[str], None] = print,
    quote_width: int = 100,
    site: str = "",
) -> None:
    """Ask and answer until the person leaves (a word, end of input or Ctrl-C).

    An `ApiError` of `ask` is told and the conversation goes on. `site` is where pictures and files lie.
    """
    write(GREETING)
    last: Answer | None = None
    while (typed := _next(read)) is not None:
        if typed.lower() in _LEAVING:
            break
        if not typed:
            continue
        try:
            last = ask(pick(last, typed))
        except ApiError as error:
            write(f"! {error}")
            continue
        write("\n" + to_text(last, quote_width, site) + "\n")
    write(FAREWELL)


def _next(read: Callable[[str], str]) -> str | None:
    try:
        return read("Câu hỏi: ").strip()
    except (EOFError, KeyboardInterrupt):
        return None
