from knowledge.search.ablation import FORMS, ablate
from knowledge.search.engine import Query
from knowledge.search.fakes import HashedEncoder
from knowledge.search.passages import passages_of
from knowledge.search.tuning import Question
from tests.knowledge.search.corpus import plan

QUESTIONS = [
    Question(Query("sản phẩm OCOP trên sàn thương mại điện tử"), frozenset({"54-kh-stttt#I.1.3"})),
    Question(Query("học phí không dùng tiền mặt"), frozenset({"54-kh-stttt:52"})),
]


def test_every_part_is_measured_in_every_form() -> None:
    encoders = {"one": HashedEncoder(), "other": HashedEncoder(name="another")}
    lines = list(ablate(passages_of(plan()), QUESTIONS, encoders))
    assert [(line.system, line.encoder) for line in lines] == [
        ("BM25", ""),
        ("dense", "one"),
        ("hybrid", "one"),
        ("dense", "other"),
        ("hybrid", "other"),
    ]
    assert all(list(line.figures) == list(FORMS) for line in lines)
    # A bullet stands behind its row: the row's hit is credited for it.
    assert lines[0].figures["có dấu"].precision_1 == 1.0
    assert lines[1].figures["bỏ dấu"].precision_1 < lines[1].figures["có dấu"].precision_1


def test_forms_take_marks_away_and_put_them_back() -> None:
    query = Query("học phí không dùng tiền mặt", years=frozenset({2024}))
    assert FORMS["có dấu"](query) is query
    assert FORMS["bỏ dấu"](query).text == "hoc phi khong dung tien mat"
    restored = FORMS["bỏ dấu rồi phục hồi"](query)
    assert restored.text == query.text
    assert not restored.accented
    assert restored.years == query.years
