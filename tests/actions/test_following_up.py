"""What a short message means after an answer, a list of one, or a question that was not answered."""

from __future__ import annotations

import pytest

from actions.corpus import Corpus
from actions.question import Field, Kind, Question
from actions.records import answer_task
from knowledge.records import Task
from tests.actions.talking import Talk, first_line, rows, sections
from trolyso.answer import Status

OF_2024, OF_2023 = "206/QĐ-UBND", "54/KH-STTTT"


def test_a_list_of_one_is_that_one(talk: Talk) -> None:
    talk.say("Sở Xây dựng chủ trì chỉ tiêu nào năm 2024?", "list_indicators")
    reply = talk.say("ai phối hợp?", "follow_up")
    assert rows(reply) == [(OF_2024, "146")]
    assert "cơ quan phối hợp" in first_line(reply)


def test_a_question_without_answer_is_asked_again_with_what_is_corrected(talk: Talk) -> None:
    assert talk.say("bao nhiêu con kangaroo được nuôi năm 2024?").answer.status is Status.UNKNOWN
    assert talk.state.focus is not None
    assert talk.state.focus.years == (2024,)
    talk.say("à nhầm, tôi đang cần năm 2023 cơ", "out_of_scope")
    assert talk.state.focus is not None
    assert talk.state.focus.years == (2023,)


def test_the_same_in_another_plan_by_its_name_alone(talk: Talk) -> None:
    talk.say("STT 80 năm 2024")
    assert rows(talk.say("KH 54 thì sao?", "ask_document")) == [(OF_2023, "3")]


def test_a_field_of_what_is_pointed_at(talk: Talk) -> None:
    talk.say("STT 134 năm 2024")
    reply = talk.say("căn cứ pháp lý của việc này trong kế hoạch 2023 là văn bản nào?", "ask_document")
    assert rows(reply) == [(OF_2023, "58")]
    reply = talk.say("Kế hoạch đó ban hành ngày nào?", "ask_document")
    assert rows(reply) == [(OF_2023, "58")]


def test_a_level_that_the_record_tells_apart(talk: Talk) -> None:
    talk.say("Theo Kế hoạch 67, đến năm 2025 bao nhiêu phần trăm hồ sơ công việc tại cấp xã xử lý trên mạng?")
    reply = talk.say("Đối với cấp huyện thì sao?", "follow_up")
    assert "80% hồ sơ công việc tại cấp huyện" in reply.answer.text
    assert reply.answer.citations[0].section == "PL1.I.2"


def test_a_point_of_the_section_spoken_of(talk: Talk) -> None:
    talk.say("mục II.1.7.c của kế hoạch 2025 nói gì?", "ask_clause")
    reply = talk.say("còn điểm d mục đó nói hỗ trợ những ai?", "follow_up")
    assert sections(reply) == [("KH-2025", "II.1.7.d")]


def test_both_times_of_one_plan(talk: Talk) -> None:
    asked = "tỷ lệ hoạt động kiểm tra qua môi trường số mà Kế hoạch 67 đặt ra"
    reply = talk.say(f"{asked} cho năm 2025 và năm 2030")
    assert {citation.section for citation in reply.answer.citations} == {"PL1.I.6", "PL1.II.4"}


def test_a_row_of_a_document_that_is_not_held(talk: Talk) -> None:
    reply = talk.say("Dòng 105 Phụ lục 2 Quyết định 2808/QĐ-UBND quy định chỉ tiêu gì?")
    assert reply.answer.status is Status.UNKNOWN
    assert "2808" in reply.answer.text


def test_a_claim_about_the_day_of_a_plan(talk: Talk) -> None:
    reply = talk.say("Kế hoạch 67/KH-UBND được ban hành giữa năm 2022, có phải không?", "ask_document")
    assert first_line(reply).startswith("Chưa đúng.")
    assert "31/12/2020" in reply.answer.text


def test_who_holds_the_work_of_a_renamed_agency(talk: Talk) -> None:
    talk.say("kế hoạch 67 có mục tiêu gì về kinh tế số đến năm 2030?", "list_indicators")
    reply = talk.say("Sở TTTT giờ là sở nào?", "follow_up")
    assert "Sở Khoa học và Công nghệ đảm nhận" in first_line(reply)
    assert reply.answer.citations[0].document == "KH-2025"


def test_an_agency_that_kept_its_name(talk: Talk) -> None:
    reply = talk.say("Sở Y tế giờ là sở nào?", "follow_up")
    assert reply.answer.status is Status.UNKNOWN


def test_the_agency_spoken_of(talk: Talk) -> None:
    talk.say("STT 120 năm 2024 ai chủ trì?")
    reply = talk.say("kế hoạch 2025 giao sở đó làm gì?", "ask_clause")
    assert "Sở Y tế" in reply.answer.text
    assert sections(reply)[0][0] == "KH-2025"


def test_a_plan_without_its_annex_is_not_said_to_lack_a_row(talk: Talk) -> None:
    claim = (
        "tỷ lệ sản phẩm OCOP được đưa trên các sàn thương mại điện tử nội địa 100% là của năm {}, đúng không?"
    )
    for year in ("2025", "2023"):
        assert "không có chỉ tiêu này" not in talk.say(claim.format(year)).answer.text


def test_a_named_part_of_the_value_in_focus(talk: Talk) -> None:
    talk.say("STT 29 năm 2024")
    reply = talk.say("cấp huyện thì chỗ nào?", "follow_up")
    assert rows(reply) == [(OF_2024, "29")]
    assert "UBND tx Bình Minh" in reply.answer.text


def test_another_plan_in_the_words_of_the_question_before(talk: Talk) -> None:
    talk.say(
        "kế hoạch năm 2025 đề nghị chi nhánh Ngân hàng Nhà nước nào phối hợp triển khai đề án thanh toán "
        "không dùng tiền mặt?"
    )
    reply = talk.say("Vậy trong kế hoạch năm 2023 thì chi nhánh nào được giao?", "ask_clause")
    assert {citation.document for citation in reply.answer.citations} == {OF_2023}


def test_few_words_of_its_own_are_about_what_was_spoken_of(talk: Talk) -> None:
    talk.say("Ai ký Kế hoạch 54?", "ask_document")
    reply = talk.say("Vào ngày nào?", "follow_up")
    assert "11/07/2023" in reply.answer.text


def test_the_year_named_with_what_is_picked(talk: Talk) -> None:
    talk.say("Công an tỉnh chủ trì chỉ tiêu nào năm 2024?", "list_indicators")
    last = rows(talk.say("mục cuối cùng đạt bao nhiêu?", "follow_up"))
    assert last[0][0] == OF_2024
    talk.say("Công an tỉnh chủ trì chỉ tiêu nào năm 2024?", "list_indicators")
    reply = talk.say("mục cuối cùng, hồi 2023 đặt bao nhiêu?", "follow_up")
    assert rows(reply)[0][0] == OF_2023


def test_one_of_the_listed_by_what_it_is_about(talk: Talk) -> None:
    talk.say("Công an tỉnh chủ trì chỉ tiêu nào năm 2024?", "list_indicators")
    assert rows(talk.say("Cái về mức độ hài lòng ấy, con số là mấy?", "follow_up")) == [(OF_2024, "55")]


def test_the_other_one_of_two(talk: Talk) -> None:
    talk.say(
        "Xã hội số năm 2024, Sở Thông tin và Truyền thông chủ trì những chỉ tiêu nào?", "list_indicators"
    )
    assert rows(talk.say("Cái sau ai phối hợp?", "follow_up")) == [(OF_2024, "145")]
    assert rows(talk.say("cái còn lại thì ai?", "follow_up")) == [(OF_2024, "144")]


def test_two_years_that_were_spoken_of(talk: Talk) -> None:
    talk.say("STT 80 năm 2024")
    talk.say("còn năm 2023?", "follow_up")
    reply = talk.say("Ghi vào báo cáo: hai năm chênh nhau thế nào?", "compare_years")
    assert set(rows(reply)) == {(OF_2024, "80"), (OF_2023, "3")}


def test_an_agency_in_the_row_spoken_of(talk: Talk) -> None:
    talk.say("STT 80 năm 2024")
    reply = talk.say("Sở Y tế có trong nhóm đó không?", "list_indicators")
    assert rows(reply) == [(OF_2024, "80")]


def test_a_figure_of_the_row_in_a_plan_named_by_its_number(talk: Talk) -> None:
    talk.say("tỷ lệ kinh tế số trong GRDP năm 2024")
    reply = talk.say("kế hoạch 67 đến 2025 đặt bao nhiêu?", "ask_document")
    assert reply.answer.citations[0].document == "67/KH-UBND"
    assert "10% GRDP" in reply.answer.text


def test_a_year_without_that_row_is_said_before_what_is_near(talk: Talk) -> None:
    talk.say("STT 68 năm 2023")
    reply = talk.say("qua bảng năm 2024 còn dòng đó không?", "follow_up")
    assert "không có chỉ tiêu" in reply.answer.text or reply.answer.status is Status.UNKNOWN


def test_the_plan_without_its_annex_stays_in_focus(talk: Talk) -> None:
    assert talk.say("chỉ tiêu kinh tế số năm 2025 nằm từ STT mấy tới mấy?").answer.status is Status.ANSWERED
    reply = talk.say("STT 95 là bao nhiêu?")
    assert reply.answer.status is Status.UNKNOWN
    assert "2808/QĐ-UBND" in reply.answer.text


def test_a_claim_about_one_thing_is_no_list(talk: Talk) -> None:
    reply = talk.say(
        "Đề nghị xác nhận: việc số hóa tài liệu cổ quý hiếm của Thư viện tỉnh năm 2024 do Sở Khoa học và "
        "Công nghệ chủ trì?",
        "list_indicators",
    )
    assert rows(reply) == [(OF_2024, "134")]
    assert reply.answer.text.startswith("Chưa đúng.")


def test_a_number_of_rows_that_is_claimed(talk: Talk) -> None:
    reply = talk.say("phụ lục kèm Kế hoạch 54/KH-STTTT có 146 chỉ tiêu phải không?", "ask_document")
    assert reply.answer.text.startswith("Chưa đúng.")
    assert "71 chỉ tiêu" in reply.answer.text
    reply = talk.say("Công an tỉnh chủ trì 5 chỉ tiêu năm 2024 đúng không?", "list_indicators")
    assert reply.answer.text.startswith("Theo văn bản thì đúng như vậy.")


def test_the_same_for_another_level_in_the_row_beside(talk: Talk) -> None:
    talk.say("STT 13 năm 2024")
    assert rows(talk.say("còn cấp huyện thì sao?", "follow_up")) == [(OF_2024, "12")]
    assert rows(talk.say("cấp tỉnh?", "follow_up")) == [(OF_2024, "11")]


def test_a_level_that_no_row_beside_is_for_is_an_agency(talk: Talk) -> None:
    talk.say("STT 80 năm 2024")
    reply = talk.say("cấp huyện chủ trì những chỉ tiêu nào?", "list_indicators")
    assert "UBND cấp huyện chủ trì" in first_line(reply)


@pytest.mark.parametrize(
    ("text", "row"), [("ở tỉnh?", "57"), ("xã?", "59"), ("à còn cấp tỉnh thì ai chủ trì", "57")]
)
def test_a_level_alone_is_the_row_beside(talk: Talk, text: str, row: str) -> None:
    talk.say("STT 58 năm 2024 ai chủ trì?")
    assert rows(talk.say(text, "affirm" if "?" in text else "follow_up")) == [(OF_2024, row)]


@pytest.mark.parametrize(
    "text", ["Ủa em nhớ là 90% mà?", "vụ này cũng 25% luôn à?", "có Vũng Liêm trong đó không?"]
)
def test_an_aside_that_questions_the_row(talk: Talk, text: str) -> None:
    talk.say("STT 40 năm 2024")
    assert rows(talk.say(text, "greet")) == [(OF_2024, "40")]


def test_an_agency_that_is_claimed_of_the_row(talk: Talk) -> None:
    talk.say("STT 107 năm 2024 ai chủ trì?")
    reply = talk.say("Vậy Sở Công Thương chủ trì việc này hả?", "list_indicators")
    assert rows(reply) == [(OF_2024, "107")]
    assert first_line(reply).startswith("Chưa đúng.")


def test_names_of_what_is_only_counted(talk: Talk) -> None:
    talk.say("STT 35 năm 2024 ai chủ trì?")
    reply = talk.say("hai người đó tên gì?", "follow_up")
    assert reply.answer.status is Status.UNKNOWN
    assert "không nêu tên" in first_line(reply)
    talk.say("STT 39 năm 2024")
    assert talk.say("bốn phường đó là phường nào?", "follow_up").answer.status is Status.UNKNOWN


def test_a_figure_of_the_row_in_another_plan(talk: Talk) -> None:
    talk.say("STT 114 năm 2024")
    reply = talk.say("Kế hoạch 67 tới 2030 muốn bao nhiêu?", "list_indicators")
    assert [citation.section for citation in reply.answer.citations] != [None]
    assert "80%" in reply.answer.text
    assert len(reply.answer.citations) == 1


def test_the_grounds_of_the_row_in_another_year(talk: Talk) -> None:
    talk.say("STT 93 năm 2024 ai chủ trì?")
    reply = talk.say("năm 2023 theo quyết định nào của ủy ban tỉnh", "ask_document")
    assert rows(reply) == [(OF_2023, "16")]
    assert "635/QĐ-UBND" in reply.answer.text


def test_a_share_is_none_of_a_row_that_counts(talk: Talk) -> None:
    talk.say("STT 90 năm 2024")
    reply = talk.say("còn cơ quan xúc tiến thương mại, cơ sở phát sinh giao dịch thì mấy %", "follow_up")
    assert (OF_2024, "89") in rows(reply)


def test_a_page_that_the_row_names(talk: Talk) -> None:
    talk.say("STT 107 năm 2024")
    reply = talk.say("Sàn đó địa chỉ web là gì?", "follow_up")
    assert "trade.vinhlong.gov.vn" in reply.answer.text
    assert rows(reply) == [(OF_2024, "107")]


def test_what_a_task_does_not_count(corpus: Corpus) -> None:
    task = corpus.record("67-kh-ubnd:PL3.D.4")
    assert isinstance(task, Task)
    asked = Question(Kind.INDICATOR, "", "gắn cả thảy mấy chỗ?", field=Field.TARGET)
    assert answer_task(asked, task, corpus, 1.0).answer.status is Status.UNKNOWN
    assert "2021" in answer_task(asked.but(typed="làm trong mấy năm?"), task, corpus, 1.0).answer.text
    counted = corpus.record("67-kh-ubnd:PL2.II.1")
    assert isinstance(counted, Task)
    assert answer_task(asked, counted, corpus, 1.0).answer.status is Status.ANSWERED


def test_where_the_rows_of_an_absent_annex_stand(talk: Talk) -> None:
    reply = talk.say(
        "Các chỉ tiêu kinh tế số của kế hoạch 2025 được dẫn tới quyết định nào?", "list_indicators"
    )
    assert reply.answer.status is Status.ANSWERED
    assert "2808/QĐ-UBND" in reply.answer.text
    reply = talk.say("gồm những số thứ tự nào?", "list_indicators")
    assert reply.answer.status is Status.ANSWERED
    assert "90 đến 121" in reply.answer.text


def test_planned_documents_of_a_form(talk: Talk) -> None:
    asked = "Phụ lục 2 của kế hoạch 67 dự kiến ra những văn bản nào dưới hình thức quyết định?"
    reply = talk.say(asked, "ask_document")
    assert "có loại hình Quyết định" in first_line(reply)
    assert {citation.document for citation in reply.answer.citations} == {"67/KH-UBND"}


def test_what_a_plan_only_cites(talk: Talk) -> None:
    told = "kế hoạch 67 có nhắc nghị quyết của đảng bộ tỉnh về phát triển công nghệ thông tin"
    assert "19-NQ/TU" in talk.say(f"{told}, nghị quyết số mấy?", "ask_document").answer.text


def test_a_level_in_another_plan(talk: Talk) -> None:
    talk.say("STT 12 năm 2024")
    reply = talk.say("Kế hoạch 67 thì đến 2025 cấp xã mấy phần trăm?", "ask_document")
    assert reply.answer.citations[0].section == "PL1.I.2"
    assert all(citation.document != OF_2024 for citation in reply.answer.citations[:1])


def test_rows_shared_with_another_agency(talk: Talk) -> None:
    talk.say("Sở Khoa học và Công nghệ chủ trì bao nhiêu chỉ tiêu năm 2024?", "list_indicators")
    reply = talk.say("trong đó cái nào chung với Sở Nông nghiệp?", "follow_up")
    assert rows(reply) == [(OF_2024, "82")]


def test_tasks_of_an_agency_in_a_pillar(talk: Talk) -> None:
    reply = talk.say("Kế hoạch 67 giao Sở Công Thương nhiệm vụ nào thuộc nhóm kinh tế số?", "list_indicators")
    assert "0 chỉ tiêu" not in reply.answer.text
    assert "thương mại điện tử" in reply.answer.text


def test_a_value_that_no_clause_tells(talk: Talk) -> None:
    talk.say("mục II.1.7.c của kế hoạch 2025 nói gì?", "ask_clause")
    reply = talk.say("chỉ tiêu của việc đó trong phụ lục ghi bao nhiêu?")
    assert reply.answer.status is Status.UNKNOWN
    assert "2808" in reply.answer.text


def test_who_helps_with_a_goal_named_by_its_year(talk: Talk) -> None:
    talk.say("Kế hoạch 67 đặt kinh tế số chiếm bao nhiêu GRDP đến năm 2025?")
    reply = talk.say("Ai phối hợp thực hiện mục tiêu 2025 này?")
    assert reply.answer.status is Status.ANSWERED
    assert {citation.document for citation in reply.answer.citations} == {"67/KH-UBND"}


def test_a_subject_of_its_own_is_asked_about_though_it_points_back(talk: Talk) -> None:
    talk.say("mục II.2.2.d của kế hoạch 2025 nói gì?", "ask_clause")
    asked = "kết quả xét nghiệm chỗ này qua chỗ khác có được công nhận không"
    reply = talk.say(asked, "ask_clause")
    assert reply.dialogue.record != "kh-2025#II.2.2.d"


def test_the_basis_of_the_row_pointed_at_in_a_named_plan(talk: Talk) -> None:
    talk.say("STT 134 năm 2024")
    reply = talk.say("Ở kế hoạch 54 chỉ tiêu này căn cứ văn bản nào?", "ask_document")
    assert rows(reply) == [(OF_2023, "58")]


@pytest.mark.parametrize(
    "text", ["còn năm 2023 sở này chủ trì mấy cái?", "vậy 2023 sở đó chủ trì mấy chỉ tiêu"]
)
def test_what_the_agency_of_the_row_leads(talk: Talk, text: str) -> None:
    talk.say("Sở Y tế chủ trì những chỉ tiêu nào năm 2024?", "list_indicators")
    talk.say("cái thứ hai mấy phần trăm?", "follow_up")
    reply = talk.say(text, "follow_up")
    assert first_line(reply).startswith("Theo Kế hoạch 54/KH-STTTT ngày 11/07/2023: Sở Y tế chủ trì 6 ")


def test_a_column_of_the_row_is_no_list(talk: Talk) -> None:
    talk.say("STT 77 năm 2024")
    reply = talk.say("cột chỉ tiêu ghi sao?", "list_indicators")
    assert rows(reply) == [(OF_2024, "77")]
    assert "Thường xuyên" in reply.answer.text


def test_another_share_is_another_row(talk: Talk) -> None:
    talk.say("STT 28 năm 2024")
    reply = talk.say("còn cái 50% hoạt động kiểm tra thì ai phối hợp", "follow_up")
    assert rows(reply)[0] == (OF_2024, "67")


def test_the_section_of_an_agency_that_is_named(talk: Talk) -> None:
    talk.say("mục IV.14.2 của kế hoạch 2025 nói gì?", "ask_clause")
    reply = talk.say("còn Mặt trận Tổ quốc tỉnh năm 2025 được đề nghị làm gì?", "ask_clause")
    assert sections(reply)[0] != ("KH-2025", "IV.14.2")


def test_a_year_after_a_goal_is_that_of_the_goal_beside_it(talk: Talk) -> None:
    talk.say("Kế hoạch 67 đặt kinh tế số chiếm bao nhiêu GRDP đến năm 2030?")
    reply = talk.say("còn 2025?", "follow_up")
    assert "10% GRDP" in first_line(reply)
    assert reply.answer.citations[0].document == "67/KH-UBND"


@pytest.mark.parametrize(
    "text",
    [
        "ở chỉ tiêu này Sở Thông tin và Truyền thông là chủ trì hay đi phối hợp",
        "Sở Thông tin và Truyền thông đứng ở chỗ nào trong đó?",
        "Sở Thông tin và Truyền thông có tên trong phần phối hợp không",
        "Sở Thông tin và Truyền thông tham gia với tư cách gì?",
    ],
)
def test_what_an_agency_is_in_the_row(talk: Talk, text: str) -> None:
    talk.say("STT 113 năm 2024")
    reply = talk.say(text, "ask_clause")
    assert rows(reply) == [(OF_2024, "113")]
    assert "Phối hợp: Sở Thông tin và Truyền thông" in reply.answer.text
