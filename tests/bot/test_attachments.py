"""Pictures, files and tables of an answer on the page without script and in text."""

from __future__ import annotations

from dataclasses import replace

from bot.pages.text import blocks
from bot.rendering import to_text
from tests.bot.site import Site
from trolyso.answer import Answer, Attachment, Status

TABLE = "So sánh:\nNội dung | Năm 2023 | Năm 2024\nMục tiêu | 30% | <b>60%</b>\nNguồn: x."
CHART = Attachment("image", "/bieu-do/a:1.png?year=2023&year=2024", "Biểu đồ “A” <i>")
FILE = Attachment("file", "/tai-ve/chi-tieu.xlsx?document=a", "Tải danh sách (.xlsx)")
BAD = Attachment("file", "javascript:alert(1)", "Xấu")


def test_lines_with_bars_are_a_table() -> None:
    first, table, last = blocks(TABLE)
    assert (first.text, last.text) == ("So sánh:", "Nguồn: x.")
    assert table.rows == (("Nội dung", "Năm 2023", "Năm 2024"), ("Mục tiêu", "30%", "<b>60%</b>"))


def test_the_page_shows_them_and_escapes(site: Site) -> None:
    answer = Answer(Status.ANSWERED, TABLE, attachments=(CHART, FILE, BAD))
    site.rasa.script = lambda _: answer
    page = site.http.post("/chat", data={"message": "so sánh"}).text
    assert 'src="/bieu-do/a:1.png?year=2023&amp;year=2024" alt="Biểu đồ “A” &lt;i&gt;"' in page
    assert (
        '<a class="file" href="/tai-ve/chi-tieu.xlsx?document=a" download>Tải danh sách (.xlsx)</a>' in page
    )
    assert '<td data-label="Năm 2024">&lt;b&gt;60%&lt;/b&gt;</td>' in page
    assert "javascript:" not in page
    assert "style=" not in page.split("</head>")[1]


def test_text_channels_get_whole_addresses(answer: Answer) -> None:
    foreign = Attachment("file", "https://vinhlong.gov.vn/x", "Khác")
    text = to_text(replace(answer, attachments=(FILE, foreign)), site="https://trolyso.example/")
    assert "Tải danh sách (.xlsx): https://trolyso.example/tai-ve/chi-tieu.xlsx?document=a" in text
    assert "Khác: https://vinhlong.gov.vn/x" in text
