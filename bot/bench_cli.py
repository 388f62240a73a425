"""The subcommands of ``trolyso bench``: speed of the service, quality of the search on given files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from knowledge.search.ablation import Line
    from knowledge.search.benchmark import Figures

Json = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")]
Paths = Annotated[list[Path], typer.Argument(exists=True, help="Tệp hoặc thư mục.")]
JsonLines = Annotated[Path, typer.Option(exists=True, dir_okay=False, help="Tệp JSON lines.")]
_DEFAULT = "speed"


class _SpeedFirst(TyperGroup):
    """``trolyso bench FILES`` means ``trolyso bench speed FILES``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] != "--help":
            args = [_DEFAULT, *args]
        return super().parse_args(ctx, args)


bench_app = typer.Typer(
    cls=_SpeedFirst, no_args_is_help=True, help="Đo tốc độ của dịch vụ, hoặc độ đúng của tìm kiếm."
)


@bench_app.command()
def speed(
    files: Paths,
    count: Annotated[int, typer.Option(min=20, max=10_000, help="Số câu hỏi mỗi vòng.")] = 150,
    as_json: Json = False,
    page: Annotated[Path | None, typer.Option(help="Ghi bảng vào trang tài liệu này.")] = None,
) -> None:
    """Đo tốc độ và bộ nhớ trên một dịch vụ riêng, bên cạnh bot mặc định của Rasa, chạy tạm trên máy này."""
    from datetime import date

    from bot.bench_speed import compare, lines, table
    from eval.dialogues import load
    from eval.publish import machine, published
    from trolyso.settings import settings

    dialogues = [dialogue for path in files for dialogue in load(path)]
    questions = [each.turns[0].user for each in dialogues if each.type.startswith("indicator")]
    others = [each.turns[0].user for each in dialogues if not each.type.startswith("indicator")]
    found = compare(settings(), list(dict.fromkeys([*questions, *others])), count)
    if page:
        measured = [f"Measured on {date.today()}, {machine()}.", "", *table(found)]
        page.write_text(published(page.read_text("utf-8"), "speed", measured), "utf-8")
    if as_json:
        print(json.dumps(found.to_json(), indent=2))
        return
    for line in lines(found):
        print(line)


@bench_app.command()
def channels(count: Annotated[int, typer.Option(min=1, max=10_000, help="Số lượt mỗi loại.")] = 200) -> None:
    """Đo webhook của kênh nhắn tin trên một máy chủ bot giả lập."""
    from bot.bench_channels import lines, measure

    for line in lines(measure(count)):
        print(line)


@bench_app.command()
def retrieval(
    corpus: JsonLines,
    queries: JsonLines,
    as_json: Json = False,
) -> None:
    """Đo BM25, bộ mã hoá và cả hai trên một kho {"id","text"} với câu hỏi {"id","text","relevant"}."""
    from knowledge.search.benchmark import measure, read_corpus, read_questions
    from knowledge.search.encoder import load_encoder
    from trolyso.settings import settings

    passages = read_corpus(corpus)
    questions = read_questions(queries, passages)
    encoder = load_encoder(settings().encoder_path)
    found = measure(passages, questions, encoder, lambda line: typer.echo(line, err=True))
    if as_json:
        print(json.dumps({name: figures.to_json() for name, figures in found.items()}, indent=2))
        return
    print(f"{len(passages)} đoạn, {len(questions)} câu hỏi")
    _print_table(found)


@bench_app.command()
def growth(
    sizes: Annotated[list[int] | None, typer.Argument(min=1_000, help="Số đoạn, số chỉ tiêu.")] = None,
    page: Annotated[Path | None, typer.Option(help="Ghi bảng vào trang tài liệu này.")] = None,
) -> None:
    """Đo tìm kiếm và kho với tới một triệu bản ghi, làm từ các bản ghi thật."""
    from bot import bench_growth

    bench_growth.growth(sizes or bench_growth.SIZES, page)


@bench_app.command()
def ablation(
    files: Paths,
    output: Annotated[Path | None, typer.Option("--json", help="Ghi kết quả vào tệp JSON này.")] = None,
) -> None:
    """Đo từng phần của tìm kiếm trên các câu hỏi {"query","years","right"} về bản ghi trong kho."""
    from knowledge.search.ablation import ablate
    from knowledge.search.encoder import load_encoder
    from knowledge.search.passages import passages_of
    from knowledge.search.tuning import read_as_written
    from knowledge.search.wordings import worded
    from knowledge.store import Store
    from trolyso.settings import settings

    with Store.open(settings().store_url) as store:
        parsed = [one for document in store.documents() if (one := store.parsed(document.id)) is not None]
    passages = [passage for one in parsed for passage in worded(passages_of(one))]
    questions = [asked for path in files for asked in read_as_written(path) if asked.right]
    encoder = load_encoder(settings().encoder_path)
    lines = list(ablate(passages, questions, {"": encoder}))
    if output:
        report = {"sets": [{"name": ", ".join(path.stem for path in files), "rows": _rows(lines)}]}
        output.write_text(json.dumps(report, ensure_ascii=False, indent=2), "utf-8")
    print(f"{len(passages)} đoạn, {len(questions)} câu hỏi; P@1 / MRR@10")
    _print_ablation(lines)


def _rows(lines: Sequence[Line]) -> list[dict[str, float | str]]:
    """One row for each system and way of typing, as `eval.figures` reads them."""
    names = {"P@1": "p_at_1", "R@10": "r_at_10", "MRR@10": "mrr_at_10", "nDCG@10": "ndcg_at_10"}
    return [
        {
            "system": f"{line.system} {line.encoder}".strip(),
            "query": form,
            **{name: line.figures[form].to_json()[key] for key, name in names.items()},
        }
        for line in lines
        for form in line.figures
    ]


def _print_ablation(lines: Sequence[Line]) -> None:
    forms = list(lines[0].figures)
    print(" " * 20 + "".join(f"{form:>22}" for form in forms))
    for line in lines:
        cells = (line.figures[form].to_json() for form in forms)
        values = "".join(f"{cell['P@1']:>14.1f} / {cell['MRR@10']:.1f}" for cell in cells)
        print(f"{line.system + ' ' + line.encoder:<20}{values}")


def _print_table(found: Mapping[str, Figures]) -> None:
    rows = {name: figures.to_json() for name, figures in found.items()}
    names = list(next(iter(rows.values())))
    width = max(map(len, rows)) + 2
    print(" " * width + "".join(f"{name:>9}" for name in names))
    for name, row in rows.items():
        print(f"{name:<{width}}" + "".join(f"{row[each]:9.1f}" for each in names))
