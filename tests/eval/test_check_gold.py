from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import eval as package
import knowledge
from eval.check_gold import Facts, check, main
from eval.dialogues import BY_HAND, Cite, Dialogue, Expect, Turn, load
from knowledge.ingest import ingest_folder
from knowledge.records import Approval, Clause, Document, Guide, Indicator, Period, Pillar, Task
from knowledge.store import Store

SETS = [Path(package.__file__).parent / name for name in ("tuning.jsonl", "reporting.jsonl")]
YEAR = Period(2024, 2024)
PLAN = Document(
    id="ke-hoach",
    cite="9/KH-UBND",
    number="9/KH-UBND",
    title="Kế hoạch thử",
    kind="Kế hoạch",
    issuer="UBND tỉnh",
    signed_on=date(2024, 7, 1),
    signer="Lê A",
    province="Vĩnh Long",
    period=YEAR,
    official=True,
    file="a.txt",
    sha256="0",
    approval=Approval("Quyết định", "Chủ tịch", date(2024, 12, 19), "Trần B"),
)
CLAUSES = [
    Clause("ke-hoach", "II.1", "1.", ("II. NỘI DUNG",), "Đào tạo 100 cán bộ", 1),
    Clause("ke-hoach", "II.1.a", "a)", ("II. NỘI DUNG", "1."), "Báo cáo trước 15/12", 2),
    Clause("ke-hoach", "IV.3", "3.", ("IV.",), "Thực hiện điểm a khoản 1 Mục II", 3, references=("II.1.a",)),
]


def indicator(row: str, target: str) -> Indicator:
    return Indicator(
        id=f"ke-hoach:{row}",
        document_id="ke-hoach",
        annex="Phụ lục",
        group="",
        row=row,
        order=int(row),
        pillar=Pillar.ECONOMY,
        name="Bán hàng qua mạng",
        period=YEAR,
        target_raw=target,
        lead_raw="Sở Công Thương",
        coordinator_raw="",
        basis_raw=None,
        note_raw="",
        targets=(),
        assignments=(),
        bases=(),
    )


TASK = Task(
    id="ke-hoach:PL3.D.4",
    document_id="ke-hoach",
    annex="PL3",
    group="D",
    group_title="Xã hội số",
    row="4",
    order=1,
    name="Wifi",
    period=Period(2021, 2025),
    period_raw="2021 - 2025",
    lead_raw="Sở X",
    coordinator_raw="",
    form="",
    assignments=(),
)


@pytest.fixture
def facts() -> Facts:
    return Facts([PLAN], CLAUSES, [indicator("1", ">35 sản phẩm"), indicator("2", "15%")], [TASK])


def dialogue(*groups: str, cites: tuple[Cite, ...] = (), none_of: tuple[str, ...] = ()) -> Dialogue:
    expect = Expect(all_of=tuple((group,) for group in groups), cites=cites, none_of=none_of)
    return Dialogue("x", "trap", "plain", (Turn("hỏi", expect),), "", "set")


def problems(facts: Facts, *groups: str, **given: str | None) -> list[str]:
    cite = Cite("9/KH-UBND", given.get("row"), given.get("section"))
    return [flaw.problem for flaw in check(dialogue(*groups, cites=(cite,)), facts)]


def test_a_row_proves_its_cells(facts: Facts) -> None:
    assert problems(facts, ">35", "Sở Công Thương", "bán hàng", row="1") == []


def test_a_value_of_another_row_is_a_flaw(facts: Facts) -> None:
    assert problems(facts, "15%", row="1") == ["nothing cited says 15%"]
    assert problems(facts, "5%", row="2") == ["nothing cited says 5%"]


def test_a_row_that_does_not_exist(facts: Facts) -> None:
    assert problems(facts, row="3") == ["no row 3 in 9/KH-UBND"]


def test_a_document_that_does_not_exist(facts: Facts) -> None:
    assert [str(flaw) for flaw in check(dialogue(cites=(Cite("8/KH"),)), facts)] == [
        "x turn 0: no document 8/KH"
    ]


def test_a_row_of_one_annex_among_several_needs_its_path(facts: Facts) -> None:
    assert problems(facts, "2021 - 2025", row="4", section="PL3.D.4") == []
    assert problems(facts, row="4") == ["no row 4 in 9/KH-UBND"]
    assert problems(facts, row="5", section="PL3.D.4") == ["no row 5 in 9/KH-UBND at PL3.D.4"]


def test_a_section_covers_what_stands_under_it(facts: Facts) -> None:
    assert problems(facts, "100", "15/12", section="II.1") == []
    assert problems(facts, "100", section="II.1.a") == ["nothing cited says 100"]
    assert problems(facts, section="II.2") == ["no section II.2 in 9/KH-UBND"]


def test_a_reference_is_followed(facts: Facts) -> None:
    assert problems(facts, "15/12", section="IV.3") == []


def test_several_sections_and_ranges_of_rows(facts: Facts) -> None:
    assert problems(facts, "15%", "15/12", section="1-2 | II.1.a") == []
    assert problems(facts, section="1-3") == ["no section 3 in 9/KH-UBND"]


def test_a_list_of_rows_proves_their_number(facts: Facts) -> None:
    assert problems(facts, "2", section="1, 2") == []
    assert problems(facts, "3", section="1, 2") == ["nothing cited says 3"]


def test_a_document_proves_numbers_dates_and_signers(facts: Facts) -> None:
    assert (
        problems(facts, "01/7/2024", "1/7/2024", "1 tháng 7 năm 2024", "Lê A", "19/12/2024", "Trần B") == []
    )
    assert problems(facts, "2/7/2024") == ["nothing cited says 2/7/2024"]


def test_without_citation_the_whole_corpus_counts(facts: Facts) -> None:
    assert check(dialogue("Sở X"), facts) == []
    assert len(check(dialogue("Sở Z"), facts)) == 1


def test_a_forbidden_string_that_the_citation_holds(facts: Facts) -> None:
    (flaw,) = check(dialogue(cites=(Cite("9/KH-UBND", "2"),), none_of=("15%",)), facts)
    assert "'15%'" in flaw.problem


def test_checked_by_hand_still_needs_its_records(facts: Facts) -> None:
    blank = dialogue("để trống", cites=(Cite("9/KH-UBND", "1"),))
    assert len(check(blank, facts)) == 1
    assert check(replace(blank, checked=BY_HAND, reason="ô trống"), facts) == []
    lost = dialogue(cites=(Cite("9/KH-UBND", "7"),))
    assert len(check(replace(lost, checked=BY_HAND, reason="ô trống"), facts)) == 1


def test_how_tos_prove_what_cites_nothing() -> None:
    guide = Guide(
        slug="thu", title="Thử", summary="Làm trên mạng.", topics=(), reviewed_on=date(2026, 11, 1),
        links=(), plan=(), plan_question="", related=(), when=(), steps=("Bấm nút Gửi.",), prepare=(),
        check=(), avoid=(),
    )  # fmt: skip
    told = Turn("nộp sao?", Expect(all_of=(("nút Gửi",),)))
    dialogue = Dialogue("d-1", "guidance", "plain", (told,), "", "a.jsonl")
    assert check(dialogue, Facts([PLAN], CLAUSES, [], [], [guide])) == []
    assert len(check(dialogue, Facts([PLAN], CLAUSES, [], []))) == 1


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    address = f"sqlite:///{tmp_path_factory.mktemp('store') / 'store.sqlite3'}"
    with Store.open(address) as store:
        ingest_folder(Path(knowledge.__file__).parent / "sources", store)
    return address


@pytest.mark.integration
def test_the_gold_of_both_sets_stands_in_the_sources(url: str) -> None:
    with Store.open(url) as store:
        facts = Facts.of(store)
    assert [str(flaw) for path in SETS for dialogue in load(path) for flaw in check(dialogue, facts)] == []


@pytest.mark.integration
def test_few_dialogues_are_checked_by_hand() -> None:
    dialogues = [dialogue for path in SETS for dialogue in load(path)]
    assert sum(dialogue.checked == BY_HAND for dialogue in dialogues) <= 0.05 * len(dialogues)


@pytest.mark.integration
def test_the_command(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--store", url, *map(str, SETS)]) == 0
    assert "0 flaws" in capsys.readouterr().out
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_text(
        SETS[0].read_text("utf-8").splitlines()[0].replace("Văn phòng", "Sảnh"), encoding="utf-8"
    )
    assert main(["--store", url, str(wrong)]) == 1
    assert main(["--store", url, str(tmp_path / "absent.jsonl")]) == 2
