"""JSON as documents: which record is read, lists of codes, limits, and what is refused with what words."""

from __future__ import annotations

import hashlib
import json
import sys
import tracemalloc
from contextlib import suppress

import pytest

from curriculum.documents.file_reading import bytes_to_document, path_to_document, path_to_documents
from curriculum.documents.json_stream import is_json
from curriculum.documents.named_documents import name_to_document
from curriculum.documents.record_texts import value_to_plain
from curriculum.documents.register import folder_to_documents
from curriculum.errors import CurriculumError, InvalidInput, NotFound, UnreadableFile, UnsupportedFormat


def guid(number):
    return f"10000000-0000-4000-8000-{number:012}"


def record(reference="ST9901", version="1.0", **fields):
    return {
        "referenceNumber": reference,
        "version": version,
        "title": "Baker",
        "level": 2,
        "knowledges": [{"knowledgeId": guid(1), "detail": "How flour is milled."}],
        **fields,
    }


def write(tmp_path, value, name="feed.json"):
    path = tmp_path / name
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (record(), "$"),
        ([record()], "$[0]"),
        ({"total": 1, "standards": {"items": [record()]}}, "$.standards.items[0]"),
        (
            {
                "ReferenceNumber": "ST9901",
                "Version": "1.0",
                "Title": "Baker",
                "Knowledges": [{"Detail": "Flour"}],
            },
            "$",
        ),
    ],
)
def test_a_record_is_found_wherever_it_is(tmp_path, value, place):
    document = path_to_document(write(tmp_path, value))
    assert (document.document_id, document.encoding) == ("st9901-1.0", "json")
    (row,) = document.record.statements
    assert (row.code, row.path.lower()) == ("K1", f"{place}.knowledges[0]")
    assert document.lines[row.line - 1].startswith("K1: ")


def test_a_record_within_a_record_is_a_field_of_it(tmp_path):
    related = {"referenceNumber": "ST9955", "version": "1.0", "title": "Miller", "status": "Retired"}
    document = path_to_document(write(tmp_path, record(related=[related])))
    assert document.document_id == "st9901-1.0"
    assert ("further fields", "related[0].title", "Miller") in [row[:3] for row in document.record.fields]


def test_one_of_several_records_is_named_in_either_case(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path, [record(), record(version="1.10"), record("ST9902")])
    document = name_to_document("feed.json#st9901-1.10", "raw")
    assert (document.document_id, document.source) == ("st9901-1.10", "feed.json#ST9901-1.10")
    assert document.sha256 == hashlib.sha256((tmp_path / "feed.json").read_bytes()).hexdigest()
    assert [row.version for row in document.versions] == ["1.0", "1.10"]
    # A reference alone will do if it has one version.
    assert name_to_document("feed.json#ST9902", "raw").document_id == "st9902-1.0"


@pytest.mark.parametrize(
    ("wanted", "error", "said"),
    [
        (
            "",
            InvalidInput,
            r"such as .*feed\.json#ST9901-1\.0; found 3 records: ST9901-1\.0, ST9901-1\.1, ST9902-1\.0\.",
        ),
        (
            "ST9901",
            InvalidInput,
            r"several records ST9901; .*found 2 records: ST9901-1\.0, ST9901-1\.1\. Name one",
        ),
        ("ST9901-1.7", NotFound, r"no record ST9901-1\.7; .*Did you mean ST9901-1\.1"),
        ("WRONG", NotFound, "no record WRONG; .*Check the name"),
    ],
)
def test_a_name_that_is_missing_or_wrong_is_refused_with_those_that_are_there(tmp_path, wanted, error, said):
    path = write(tmp_path, [record(), record(version="1.1"), record("ST9902")])
    with pytest.raises(error, match=said):
        path_to_document(path, record=wanted)


def test_of_many_names_twelve_are_shown(tmp_path):
    path = write(tmp_path, [record(f"ST{number:04}") for number in range(1500)])
    with pytest.raises(InvalidInput, match=r"1,500 records: ST0000-1\.0, .*ST0011-1\.0 and 1,488 more"):
        path_to_document(path)


def test_a_name_of_two_records_is_refused(tmp_path):
    path = write(tmp_path, [record(), record(title="Other")])
    with pytest.raises(InvalidInput, match=r"2 records: \$\[0\], \$\[1\]\. Name one, such as .*#\$\[0\]"):
        path_to_document(path, record="ST9901-1.0")
    assert path_to_document(path, record="$[1]").record.title == "Other"


def test_a_file_whose_name_has_the_sign_is_that_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "k#1.txt").write_text("K1: Flour")
    (tmp_path / "k").write_text("K1: Salt")
    assert name_to_document("k#1.txt", "raw").lines == ("K1: Flour",)
    assert name_to_document("k#ST9901-1.0", "raw").part == "ST9901-1.0"


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        ({"K1": "Flour, milled"}, ["code,text,JSON path", 'K1,"Flour, milled",$.K1']),
        (
            {"items": {"k 1": {"text": "Flour", "method": "test"}}},
            ["code,text,method,JSON path", "k 1,Flour,test,$.items.k 1"],
        ),
        ([{"Code": "K1", "Description": "Flour"}], ["code,description,JSON path", "K1,Flour,$[0]"]),
        (["K1: Flour", "S2 Knead"], ["code,text,JSON path", "K1,Flour,$[0]", "S2,Knead,$[1]"]),
        (
            {
                "knowledge": [{"ksbCode": "K1", "detail": "Flour"}],
                "skills": [{"ksbCode": "S1", "detail": "Knead", "units": [1, 2]}],
            },
            ["ksb code,detail,units,JSON path", "K1,Flour,,$.knowledge[0]", "S1,Knead,1; 2,$.skills[0]"],
        ),
    ],
)
def test_a_list_of_codes_is_a_table_of_them(tmp_path, value, lines):
    document = path_to_document(write(tmp_path, value, "My list.json"))
    assert (document.document_id, list(document.lines), document.unread) == ("my-list", lines, ())


def test_what_is_beside_a_list_is_kept_to_be_reported(tmp_path):
    document = path_to_document(write(tmp_path, {"title": "Baker", "items": {"K1": "Flour"}}))
    assert document.unread == (("$.title", "Baker"),)


def test_json_is_known_from_its_content():
    assert is_json(b'\xef\xbb\xbf \n{ "a": 1}')
    assert is_json(b"[]")
    assert not is_json(b"[K1] The hoof")
    assert not is_json(b"{\\rtf1")
    assert bytes_to_document(b'\xef\xbb\xbf{"K1": "Flour"}', "list.txt").lines[1] == "K1,Flour,$.K1"


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ('{"K1": "Flour", "K1": "Salt"}', "k.json", r"k\.json, \$\.K1: a name is twice .* found K1 twice"),
        ('{"a": ' * 3000 + "1" + "}" * 3000, "k.json", "expected at most 50 levels; found more"),
        (
            "[" + '"K1: Flour",' * 3,
            "k.json",
            r"after \$\[3\]: not JSON from its beginning to its end; .*export the file again",
        ),
        ('[{"code": "K1", "text": "Flour"}];', "k.js", r"JSON\.stringify \(JavaScript\)"),
        ('{"K1": ' + "9" * 6000 + "}", "k.json", "found a number that is too long"),
        ('{"K1": "Flour"} {"K2": "Salt"}', "k.json", "not JSON from its beginning to its end"),
        ('{"a": [1, 2, 3]}', "k.json", r"without a list of codes; .* found 3 values \(\$\.a\[0\]: 1"),
        ("[]", "k.json", "found 0 values"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(tmp_path, text, name, said):
    (tmp_path / name).write_text(text)
    with pytest.raises(UnreadableFile, match=said):
        path_to_document(tmp_path / name)


def test_values_without_end_are_refused(tmp_path):
    (tmp_path / "k.json").write_text('{"a":[' + "1," * 600_000 + "1]}")
    with pytest.raises(UnreadableFile, match="expected at most 500,000 values"):
        path_to_document(tmp_path / "k.json")


def test_text_that_is_no_utf8_is_refused(tmp_path):
    (tmp_path / "k.json").write_bytes('{"K1": "Café"}'.encode("cp1252"))
    with pytest.raises(UnreadableFile, match=r"invalid bytes in UTF8 string\. Save it as UTF-8"):
        path_to_document(tmp_path / "k.json")


def test_a_missing_package_is_named_with_its_command(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "ijson", None)
    with pytest.raises(UnsupportedFormat, match="python -m pip install ijson"):
        path_to_document(write(tmp_path, record()))


def test_a_feed_is_read_record_by_record_in_little_memory(tmp_path):
    long = [{"knowledgeId": guid(n), "detail": f"Wording {n} " + "of flour " * 20} for n in range(100)]
    path = write(tmp_path, [record(f"ST{number:04}", knowledges=long) for number in range(75)])
    assert path.stat().st_size > 1_900_000
    tracemalloc.start()
    try:
        documents = [document.document_id for document in path_to_documents(path)]
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
    assert (len(documents), documents[74]) == (75, "st0074-1.0")


@pytest.mark.parametrize(("first", "second"), [("skills", "Skills"), ("duties", "Duties")])
def test_a_list_in_two_spellings_is_refused_and_neither_is_lost(first, second):
    value = {**record(), first: [{"detail": "Tie a bow"}], second: [{"detail": "Cut a stem"}]}
    with pytest.raises(CurriculumError, match=f"a name is twice in an object.*found {second} twice"):
        bytes_to_document(json.dumps([value]).encode(), "k.json")


@pytest.mark.parametrize("cut", range(1, 300, 7))
def test_a_damaged_record_gives_no_traceback(cut):
    data = json.dumps([record(duties=[{"dutyDetail": "Bake", "mappedKnowledge": [guid(1)]}])]).encode()
    for damaged in (data[:cut], data[:cut] + b"\xff" + data[cut:], data[:cut] + b"[" + data[cut + 1 :]):
        document = None
        with suppress(CurriculumError):
            document = bytes_to_document(damaged, "k.json")
        assert document is None or document.lines


@pytest.mark.parametrize(
    ("value", "text", "is_twice"),
    [
        ("Flour", "Flour", False),
        (None, "", False),
        (
            "<p>Flour &amp; salt,</p><ul><li>white</li><li>brown</li></ul>",
            "Flour & salt, • white • brown",
            False,
        ),
        ("&lt;p&gt;Flour &amp;amp; salt&lt;/p&gt;", "Flour & salt", True),
        ("R&amp;amp;D", "R&D", True),
        ("R&D at 5 < 6", "R&D at 5 < 6", False),
        ("<p>5 < 6 and a <b>bold</b> word</p>", "5 < 6 and a bold word", False),
        ("Tags such as <p> and &lt;div&gt;", "Tags such as <p> and <div>", False),
        ("a\nb\u2028c\x00d\ud800", "a b c d", False),
        ("<p></p><br/>", "", False),
    ],
)
def test_tags_and_escaped_signs_are_read(value, text, is_twice):
    plain = value_to_plain(value)
    assert (plain.text, plain.is_escaped_twice) == (text, is_twice)


def test_records_of_one_file_are_registered_by_their_names(tmp_path):
    path = write(tmp_path, [record(), record(version="1.1")])
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    names = "document_id,path,sha256,title,reference,version,publisher,licence,url,inferred\n"
    rows = "".join(f"baker-{v},feed.json#ST9901-1.{v},{sha256},,,,,,,\n" for v in (0, 1))
    (tmp_path / "SOURCES.csv").write_text(names + rows)
    documents = folder_to_documents(tmp_path)
    assert [(row.document_id, row.record.version) for row in documents] == [
        ("baker-0", "1.0"),
        ("baker-1", "1.1"),
    ]
