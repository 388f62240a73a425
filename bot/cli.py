"""The command line: ``trolyso ask``, ``chat``, ``serve``, ``ingest``, ``stats``, ``search`` and the rest.

Everything heavy is imported inside the command that needs it, so that ``trolyso --help`` is quick.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import channels_cli, feedback_cli
from bot.bench_cli import bench_app

app = typer.Typer(
    help="Trợ lý số: hỏi đáp về kế hoạch kinh tế số, xã hội số của tỉnh, có dẫn nguồn.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

_QUOTE_WIDTH = 100

Json = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")]
Paths = Annotated[list[Path], typer.Argument(exists=True, help="Tệp hoặc thư mục.")]


def main() -> None:
    """Entry point of the ``trolyso`` command: an expected failure is one line, not a traceback."""
    try:
        app()
    except Exception as error:
        told = _told(error)
        if told is None:
            raise
        typer.secho(told, fg="red", err=True)
        sys.exit(1)


@app.command()
def ask(message: str, as_json: Json = False) -> None:
    """Hỏi một câu. Trợ lý chưa chạy thì được khởi động tạm rồi dừng."""
    from bot.api_client import ApiClient
    from bot.rendering import to_text
    from bot.service import address
    from trolyso.settings import settings

    # Where the pages are served for good: a service of this command's own is gone when its answer is read.
    site = settings().public_url or address(settings())
    with _gateway() as url, ApiClient(url) as client:
        answer = client.ask(message)
        print(
            json.dumps(client.last, ensure_ascii=False, indent=2)
            if as_json
            else to_text(answer, _QUOTE_WIDTH, site)
        )


@app.command()
def chat() -> None:
    """Trò chuyện trong cửa sổ dòng lệnh."""
    from bot.api_client import ApiClient
    from bot.channels.terminal import run_terminal

    with _gateway() as url, ApiClient(url) as client:
        run_terminal(client.ask, site=url)


@app.command()
def serve() -> None:
    """Chạy cả ba tiến trình: cổng giao tiếp, Rasa, máy chủ hành động."""
    import asyncio

    from bot.service import serve as run
    from trolyso.settings import settings

    asyncio.run(run(settings(), lambda line: print(line, flush=True)))


@app.command()
def gateway() -> None:
    """Chỉ chạy cổng giao tiếp (Rasa và máy chủ hành động chạy nơi khác)."""
    from bot.service import run_gateway
    from trolyso.settings import settings

    run_gateway(settings())


@app.command()
def ingest(
    paths: Paths,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ báo sẽ làm gì.")] = False,
    as_json: Json = False,
) -> None:
    """Đọc văn bản vào kho và dựng lại chỉ mục tìm kiếm."""
    from bot.corpus import ingest_paths, lines
    from trolyso.settings import settings

    report = ingest_paths(paths, settings(), dry_run=dry_run)
    if as_json:
        print(json.dumps(report.to_json(), ensure_ascii=False, indent=2))
    else:
        for line in lines(report):
            print(line)
    if report.failed:
        raise typer.Exit(1)


@app.command()
def stats(as_json: Json = False) -> None:
    """Đếm những gì kho đang giữ."""
    from knowledge.stats import stats as count
    from knowledge.store import Store
    from trolyso.settings import settings

    with Store.open(settings().store_url) as store:
        counted = count(store).to_json()
    if as_json:
        print(json.dumps(counted, ensure_ascii=False, indent=2))
        return
    _print_counts(counted)


@app.command()
def search(
    query: str,
    limit: Annotated[int, typer.Option(min=1, max=100, help="Số kết quả.")] = 10,
    as_json: Json = False,
) -> None:
    """Tìm trong kho, không qua hội thoại."""
    from bot.corpus import search_once
    from trolyso.settings import settings

    hits = search_once(query, settings(), limit)
    if as_json:
        print(json.dumps(hits, ensure_ascii=False, indent=2))
        return
    for hit in hits:
        print(f"{hit['score']:.3f}  {hit['id']}  {hit['text']}")
        print("       " + ", ".join(f"{name} {value:.3f}" for name, value in hit["parts"].items()))


@app.command()
def train() -> None:
    """Huấn luyện mô hình Rasa trong môi trường riêng của nó."""
    from bot.training import train as run
    from trolyso.settings import settings

    print(f"Mô hình: {run(settings())}")


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def evaluate(context: typer.Context) -> None:
    """Chấm trợ lý trên các bộ câu hỏi; các tuỳ chọn như của ``python -m eval.runner``."""
    from eval.runner import main as run

    with _gateway() as url:
        raise typer.Exit(run(["--url", f"{url}/api/chat", *context.args]))


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def robustness(context: typer.Context) -> None:
    """Hỏi lại các câu hỏi theo nhiều cách gõ; các tuỳ chọn như của ``python -m eval.robustness``."""
    from eval.robustness import main as run

    with _gateway() as url:
        raise typer.Exit(run(["--url", f"{url}/api/chat", *context.args]))


app.add_typer(bench_app, name="bench")
app.add_typer(feedback_cli.app, name="feedback")
app.command()(channels_cli.channels)


@app.command()
def encoder() -> None:
    """Dựng bộ mã hoá câu có sẵn, không cần mạng."""
    from knowledge.search.encoder_build import build_encoder
    from trolyso.settings import settings

    target = settings().home / "encoder"
    build_encoder(target)
    print(f"Bộ mã hoá: {target}")


@app.command()
def backup(
    folder: Annotated[Path, typer.Argument(file_okay=False, help="Thư mục chứa các bản sao lưu.")],
) -> None:
    """Sao lưu những gì không dựng lại được: góp ý, tin nhắn của người dân, khóa hội thoại."""
    from bot.backup import backup as run
    from trolyso.settings import settings

    print(f"Đã sao lưu: {run(settings(), folder)}")


@app.command()
def restore(
    source: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="Một bản sao lưu.")],
) -> None:
    """Khôi phục một bản sao lưu; dịch vụ phải đang dừng."""
    from bot.backup import restore as run
    from trolyso.settings import settings

    kept = run(settings(), source)
    print(f"Đã khôi phục từ {source}." + (f" Dữ liệu trước đó ở {kept}." if kept else ""))


@app.command()
def soak(
    files: Paths,
    minutes: Annotated[float, typer.Option(min=1, max=600, help="Lâu nhất bao nhiêu phút.")] = 30,
    kills: Annotated[int, typer.Option(min=0, max=1000, help="Số lần giết đột ngột một tiến trình.")] = 50,
    seed: Annotated[int, typer.Option(help="Thứ tự ngẫu nhiên của sự cố.")] = 1,
    page: Annotated[Path | None, typer.Option(help="Ghi bảng vào trang tài liệu này.")] = None,
) -> None:
    """Thử thách dịch vụ: giết, treo, làm đầy đĩa, làm hỏng từng phần trong lúc nhiều người đang hỏi."""
    from bot.soak.command import soak as run

    if not run(files, minutes, kills, seed, page):
        raise typer.Exit(1)


@app.command()
def hostile(
    files: Paths,
    count: Annotated[int, typer.Option(min=1, max=1_000_000, help="Số lượt gửi.")] = 100_000,
    minutes: Annotated[float, typer.Option(min=1, max=1440, help="Lâu nhất bao nhiêu phút.")] = 240,
    seed: Annotated[int, typer.Option(help="Hạt giống: cùng số thì cùng tin nhắn.")] = 1,
    page: Annotated[Path | None, typer.Option(help="Ghi bảng vào trang tài liệu này.")] = None,
) -> None:
    """Gửi tin nhắn, yêu cầu và tệp độc hại vào một dịch vụ riêng, chấm từng câu trả lời."""
    from bot.hostile.command import hostile as run

    if not run(files, count, minutes, seed, page):
        raise typer.Exit(1)


@app.command("settings")
def show_settings() -> None:
    """In các thiết lập đang có hiệu lực."""
    from bot.secrecy import shown
    from trolyso.settings import settings

    for name, value in shown(settings()):
        print(f"{name}={value}")


@contextlib.contextmanager
def _gateway() -> Iterator[str]:
    """Address of the running service, or of one that is started for the time of the block."""
    from bot.service import address, is_ready, temporary
    from trolyso.settings import settings

    if is_ready(settings()):
        yield address(settings())
        return
    typer.echo("Trợ lý chưa chạy, đang khởi động tạm …", err=True)
    with temporary(settings()) as own:
        yield address(own)


def _print_counts(counted: dict[str, Any]) -> None:
    names = {"indicators": "chỉ tiêu", "tasks": "nhiệm vụ", "planned": "văn bản dự kiến", "clauses": "đoạn"}
    rows = [*counted["documents"], {"document": "Tổng cộng", **counted["totals"]}]
    for row in rows:
        numbers = ", ".join(f"{row[key]} {name}" for key, name in names.items())
        print(f"{row['document']}: {numbers}")
    print(f"Hướng dẫn: {counted['guides']} bài")


def _told(error: Exception) -> str | None:
    """What to tell of an error that is written for people; None for a fault of the program."""
    from pydantic import ValidationError

    from bot.api_client import ApiError
    from bot.errors import GatewayError
    from bot.supervisor import SupervisorError
    from knowledge.errors import KnowledgeError
    from knowledge.reading import UnreadableFile
    from knowledge.search.errors import SearchError
    from knowledge.store import StoreError

    if isinstance(error, GatewayError):
        return error.message
    if isinstance(error, ValidationError):
        wrong = (
            f"TROLYSO_{str(each['loc'][0]).upper()}: {each['msg']}" for each in error.errors() if each["loc"]
        )
        return "; ".join(wrong) or str(error)
    known = (ApiError, SupervisorError, KnowledgeError, UnreadableFile, SearchError, StoreError)
    return str(error) if isinstance(error, known) else None


if __name__ == "__main__":
    main()
