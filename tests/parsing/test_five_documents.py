"""What the five documents hold, counted by hand in the texts."""

from __future__ import annotations

import pytest

from curriculum.model import vocabulary as v


def of(frame, document_id):
    first = frame.columns[0]
    return frame[frame[first].str.split(":").str[0] == document_id].reset_index(drop=True)


def codes(tables, document_id, letter):
    own = of(tables.statements, document_id)
    return [code for code in own[v.CODE] if code.startswith(letter)]


@pytest.mark.parametrize(
    ("document_id", "letter", "count"),
    [
        ("nos-2017", "P", 11),
        ("nos-2017", "K", 15),
        ("nos-2019", "P", 11),
        ("nos-2019", "K", 18),
        ("draft-2019", "K", 45),
        ("draft-2019", "B", 6),
        ("st0792-1.0", "K", 42),
        ("st0792-1.0", "S", 40),
        ("st0792-1.0", "B", 6),
        ("st0792-1.2", "K", 29),
        ("st0792-1.2", "S", 23),
        ("st0792-1.2", "B", 4),
    ],
)
def test_statements_are_numbered_through(tables, document_id, letter, count):
    assert codes(tables, document_id, letter) == [f"{letter}{n}" for n in range(1, count + 1)]


def test_skills_of_the_draft_lack_s23(tables):
    assert codes(tables, "draft-2019", "S") == [f"S{n}" for n in range(1, 47) if n != 23]


@pytest.mark.parametrize(
    ("document_id", "kind"),
    [
        ("nos-2017", "NOS unit"),
        ("nos-2019", "NOS unit"),
        ("draft-2019", "duty listing"),
        ("st0792-1.0", "KSB listing"),
        ("st0792-1.2", "occupational standard"),
    ],
)
def test_kind_is_found_from_content(parsed, document_id, kind):
    assert parsed[document_id].recognition.kind == kind
    assert parsed[document_id].recognition.evidence


def test_nos_2017_joins_wraps_and_keeps_what_is_cut_short(tables):
    own = of(tables.statements, "nos-2017").set_index(v.CODE)
    assert own.loc["P1", v.TEXT] == (
        "anticipate and identify what clients and colleagues will need during work sessions using "
        "information from reliable sources"
    )
    assert own.loc["P10", v.TEXT] == "maintain security for files and other materials in line with company"
    assert own.loc["K9", v.TEXT] == "company requirements for the secure handling of data and"
    assert own.loc["K11", v.TEXT] == "safe ways of working, including electrical safety and manual"
    assert own.loc["K15", v.TEXT] == "company systems for storage, back up and security"
    assert list(own.index[own[v.IS_TRUNCATED]]) == ["P10", "K9", "K11"]


def test_nos_2017_metadata(tables):
    own = of(tables.details, "nos-2017").set_index(v.NAME)
    values = own[v.VALUE].to_dict()
    assert values == {
        "Business Sectors (Suites)": "Post Production",
        "Developed by": "ScreenSkills",
        "Approved on": "01 Jan 2017",
        "Scope Performance": "",
        "Scope Knowledge": "",
        "Links To Other NOS": "",
        "External Links": "",
        "Version Number": "",
        "Indicative Review Date": "31 Jan 2020",
        "Originating Organisation": "Creative skillset",
        "Original URN": "",
        "Relevant Occupations": "Post Production Professionals",
        "SOC Code": "",
        "Keywords": "Post production; Production; Film; Tv; Clients; Colleagues",
    }
    assert list(own.index[own[v.IS_INFERRED]]) == ["Keywords"]


@pytest.mark.parametrize(
    ("document_id", "approved", "review"),
    [("nos-2017", "2017-01-01", "2020-01-31"), ("nos-2019", "2019-03-31", "2022-03-30")],
)
def test_nos_dates_are_iso(tables, document_id, approved, review):
    row = of(tables.documents, document_id).iloc[0]
    assert (row[v.APPROVED_DATE], row[v.REVIEW_DATE], row[v.VERSION]) == (approved, review, "")


def test_nos_2019_keeps_its_misspellings_and_overview(tables):
    own = of(tables.statements, "nos-2019").set_index(v.CODE)
    assert own.loc["P4", v.TEXT] == (
        "carry out activities and tasks for which you are responsibille in line with instructions"
    )
    assert own.loc["K7", v.TEXT] == (
        "how to manage diaries for producers, post production team , facilities and artists"
    )
    assert not own[v.IS_TRUNCATED].any()
    overview = of(tables.sections, "nos-2019").iloc[0]
    assert (overview[v.HEADING], overview[v.FIRST_LINE], overview[v.LAST_LINE]) == ("Overview", 8, 12)
    assert overview[v.TEXT].endswith("This Standard is for Production Co-ordinators and Junior Editors.")


def test_duties_of_the_draft_in_the_order_printed(tables):
    own = of(tables.duties, "draft-2019")
    film = "Film, TV, commercial and short form, radio or audio production"
    post = "Post-production, VFX and animation production"
    assert list(zip(own[v.CODE], own[v.OPTION], strict=True)) == [
        *((f"D{n}", "core") for n in range(1, 10)),
        ("D10", film),
        ("D13", film),
        ("D11", post),
        ("D12", post),
    ]


def test_draft_has_169_pairs_and_ten_codes_with_several_wordings(tables):
    assert len(of(tables.duty_ksbs, "draft-2019")) == 169
    prints = of(tables.occurrences, "draft-2019")
    assert len(prints) == 169
    bare = prints[v.TEXT].str.removesuffix(".").groupby(prints[v.STATEMENT_ID]).nunique()
    assert int((bare > 1).sum()) == 10
    assert int((prints[v.TEXT].groupby(prints[v.STATEMENT_ID]).nunique() > 1).sum()) == 22
    findings = of(tables.findings, "draft-2019")
    assert int((findings[v.RULE] == "several-wordings").sum()) == 10


@pytest.mark.parametrize(
    ("code", "line", "text"),
    [
        # Three prints, two of them alike: the wording that is printed most often, its first print.
        (
            "K1",
            122,
            "The context of their role within the production, the department they are working in, "
            "and the subsequent stages of the workflow process",
        ),
        # Printed with a full stop first and without it later: the first print as it stands.
        (
            "K6",
            40,
            "Understand what is required by other departments, facilities and/or clients for the production.",
        ),
        # One print each: the first.
        (
            "K31",
            41,
            "Understand the needs of a particular production and the processes required to deliver those",
        ),
        # A bookmark of the word processor before the code is not text.
        (
            "K3",
            39,
            "Understand the requirements and production documentation that may be needed when "
            "travelling such as carnet",
        ),
    ],
)
def test_wording_of_a_statement_is_chosen_among_its_prints(tables, code, line, text):
    row = of(tables.statements, "draft-2019").set_index(v.CODE).loc[code]
    assert (row[v.FIRST_LINE], row[v.TEXT]) == (line, text)


def test_b5_is_cut_short_under_duty_9_only(tables):
    prints = tables.occurrences[tables.occurrences[v.STATEMENT_ID] == "draft-2019:B5"]
    assert list(zip(prints[v.SECTION], prints[v.FIRST_LINE], prints[v.IS_TRUNCATED], strict=True)) == [
        ("Duty 7", 159, False),
        ("Duty 8", 182, False),
        ("Duty 9", 202, True),
    ]
    own = tables.statements.set_index(v.STATEMENT_ID).loc["draft-2019:B5"]
    assert not own[v.IS_TRUNCATED]


@pytest.mark.parametrize(
    ("code", "option"),
    [
        ("K1", "core"),
        ("K38", "core"),  # named by Duty 9 as well as by Duty 10
        ("K39", "Film, TV, commercial and short form, radio or audio production"),
        ("K42", "Post-production, VFX and animation production"),
        (
            "K37",
            "Film, TV, commercial and short form, radio or audio production; "
            "Post-production, VFX and animation production",
        ),
    ],
)
def test_options_of_the_draft_are_inferred_from_duties(tables, code, option):
    row = of(tables.statements, "draft-2019").set_index(v.CODE).loc[code]
    assert (row[v.OPTION], row[v.IS_OPTION_INFERRED]) == (option, True)


def test_st0792_1_0_prints_no_duties_options_version_or_date(tables):
    own = of(tables.documents, "st0792-1.0").iloc[0]
    assert (own[v.TITLE], own[v.LEVEL], own[v.APPROVED_DATE]) == ("Media production co-ordinator", "", "")
    assert "inferred" in own[v.INFERRED]
    assert of(tables.duties, "st0792-1.0").empty
    assert set(of(tables.statements, "st0792-1.0")[v.OPTION]) == {""}


def test_a_line_that_cannot_be_placed_is_reported(tables):
    own = of(tables.findings, "st0792-1.0")
    own = own[own[v.RULE] == "unplaced-line"]
    assert own[[v.RULE, v.WHERE, v.MESSAGE]].to_numpy().tolist() == [
        ["unplaced-line", "line 185", "not placed: “Related Articles”"]
    ]


def test_key_information_of_1_2(tables):
    own = of(tables.details, "st0792-1.2")
    key = own[own[v.SECTION] == "key information"]
    assert list(zip(key[v.NAME], key[v.VALUE], strict=True)) == [
        ("Status", "Approved for delivery"),
        ("Reference", "ST0792"),
        ("Version", "1.2"),
        ("Level", "4"),
        ("Typical duration to gateway", "18 months"),
        ("Typical EPA period", "2 months"),
        ("Maximum funding", "£11000"),
        ("Route", "Creative and design"),
        ("Integration", "None"),
        ("Date updated", "02/09/2024"),
        ("Approved for delivery", "24 August 2020"),
        ("Lars code", "598"),
        ("EQA provider", "Ofqual"),
        ("Example progression routes", ""),
        ("Review", "this apprenticeship will be reviewed in accordance with our change request policy."),
    ]
    document = of(tables.documents, "st0792-1.2").iloc[0]
    assert document[[v.REFERENCE, v.VERSION, v.TITLE, v.LEVEL, v.STATUS]].tolist() == [
        "ST0792",
        "1.2",
        "junior production coordinator",
        "4",
        "Approved for delivery",
    ]
    assert document[[v.APPROVED_DATE, v.UPDATED_DATE]].tolist() == ["2020-08-24", "2024-09-02"]


def test_duties_of_1_2(tables):
    own = of(tables.duties, "st0792-1.2")
    assert list(zip(own[v.CODE], own[v.OPTION], strict=True)) == [
        *((f"D{n}", "core") for n in range(1, 9)),
        ("D9", "Production coordinator"),
        ("D10", "Production coordinator"),
        ("D11", "Post production coordinator"),
        ("D12", "Post production coordinator"),
    ]
    pairs = of(tables.duty_ksbs, "st0792-1.2")
    assert len(pairs) == 119
    assert pairs.groupby(v.DUTY_ID, sort=False).size().tolist() == [10, 8, 7, 6, 14, 9, 13, 17, 10, 10, 7, 8]


def test_each_ksb_of_1_2_is_printed_three_times_and_all_agree(tables):
    own = of(tables.occurrences, "st0792-1.2")
    assert own.groupby(v.STATEMENT_ID).size().tolist() == [3] * 56
    assert own[v.SECTION].value_counts().to_dict() == {
        "KSBs": 56,
        "KSB mapping table": 56,
        "Mapping of KSBs to grade themes": 56,
    }
    assert own[v.TEXT].groupby(own[v.STATEMENT_ID]).nunique().tolist() == [1] * 56
    assert "several-wordings" not in set(of(tables.findings, "st0792-1.2")[v.RULE])


def test_methods_of_1_2(tables):
    own = of(tables.methods, "st0792-1.2")
    assert own[[v.CODE, v.NAME, v.OTHER_NAMES]].to_numpy().tolist() == [
        ["M1", "Presentation and questions", "Presentation with questions"],
        ["M2", "Professional discussion underpinned by a portfolio of evidence", ""],
    ]


def test_themes_of_1_2(tables):
    own = of(tables.themes, "st0792-1.2")
    assert list(zip(own[v.NAME], own[v.OPTION], own[v.METHOD_ID].str[-2:], strict=True)) == [
        ("The role", "core", "M1"),
        ("Financials", "core", "M1"),
        ("Production monitoring", "core", "M1"),
        ("Communication and collaboration", "core", "M1"),
        ("Sustainability", "core", "M1"),
        ("Production compliance", "Production coordinator", "M1"),
        ("Policies and procedures", "Production coordinator", "M1"),
        ("The post production schedule", "Post production coordinator", "M1"),
        ("Processes and workflows", "Post production coordinator", "M1"),
        ("Production context", "core", "M2"),
        ("Regulations and health and safety", "core", "M2"),
        ("Resourcing and logistics coordination", "core", "M2"),
        ("Communication", "core", "M2"),
        ("CPD", "core", "M2"),
        ("Data protection and confidentiality", "core", "M2"),
        ("Copyright", "Production coordinator", "M2"),
        ("Deliverables", "Post production coordinator", "M2"),
    ]
    grouped = of(tables.theme_ksbs, "st0792-1.2")
    assert len(grouped) == 56
    assert grouped[v.STATEMENT_ID].is_unique


def test_descriptors_of_1_2(tables):
    own = of(tables.descriptors, "st0792-1.2")
    assert own[v.GRADE].value_counts().to_dict() == {"pass": 21, "distinction": 6}
    distinctions = own[own[v.GRADE] == "distinction"].set_index(v.THEME_ID)[v.TEXT].str.split().str[0]
    assert distinctions.to_dict() == {
        "st0792-1.2:T3": "Evaluates",
        "st0792-1.2:T4": "Analyses",
        "st0792-1.2:T5": "Evaluates",
        "st0792-1.2:T10": "Justifies",
        "st0792-1.2:T12": "Justifies",
        "st0792-1.2:T14": "Analyses",
    }
    named = of(tables.descriptor_ksbs, "st0792-1.2").merge(own, on=v.DESCRIPTOR_ID)
    passed = named[named[v.GRADE] == "pass"]
    assert len(passed) == 56
    assert passed[v.STATEMENT_ID].is_unique
    assert sorted(named[named[v.GRADE] == "distinction"][v.STATEMENT_ID].str[11:]) == sorted(
        ["S8", "S10", "K2", "S13", "K16", "S16", "S9", "K7", "S5", "S14"]
    )


def test_mapping_table_of_1_2(tables):
    own = of(tables.statement_methods, "st0792-1.2").set_index(v.STATEMENT_ID)
    assert len(own) == 56
    assert own[v.METHOD_ID].value_counts().to_dict() == {"st0792-1.2:M1": 27, "st0792-1.2:M2": 29}
    assert own.loc["st0792-1.2:K18", [v.METHOD_ID, v.OPTION]].tolist() == [
        "st0792-1.2:M1",
        "Production coordinator",
    ]
    options = of(tables.statements, "st0792-1.2")
    assert options[v.OPTION].value_counts().to_dict() == {
        "core": 37,
        "Production coordinator": 10,
        "Post production coordinator": 9,
    }
    assert not options[v.IS_OPTION_INFERRED].any()


def test_overall_grades_of_1_2(tables):
    own = of(tables.overall_grades, "st0792-1.2")
    wide = own.pivot_table(index=v.POSITION, columns=v.METHOD_ID, values=v.GRADE, aggfunc="first")
    overall = own.groupby(v.POSITION)[v.OVERALL_GRADE].first()
    assert [(*grades, grade) for grades, grade in zip(wide.to_numpy().tolist(), overall, strict=True)] == [
        ("fail", "any grade", "fail"),
        ("any grade", "fail", "fail"),
        ("pass", "pass", "pass"),
        ("pass", "distinction", "merit"),
        ("distinction", "pass", "merit"),
        ("distinction", "distinction", "distinction"),
    ]


def test_version_log_of_1_2_names_a_version_that_is_not_held(tables):
    own = of(tables.version_log, "st0792-1.2")
    assert own[
        [v.VERSION, v.EARLIEST_START_DATE, v.LATEST_START_DATE, v.LATEST_END_DATE]
    ].to_numpy().tolist() == [
        ["1.2", "2024-08-15", "Not set", "Not set"],
        ["1.1", "2023-06-08", "2024-09-01", "Not set"],
        ["1.0", "2020-08-24", "2023-06-07", "Not set"],
    ]


def test_employers_gateway_and_job_titles_of_1_2(tables):
    own = of(tables.details, "st0792-1.2")
    by_section = {name: list(rows[v.VALUE]) for name, rows in own.groupby(v.SECTION)}
    assert by_section["employers"] == [
        "BBC",
        "Bauer Media",
        "Framestore",
        "Amazon",
        "National Film and Television School",
        "Screen Skills",
        "Sony",
    ]
    assert by_section["job titles"][:8] == [
        "Audio coordinator",
        "Booking coordinator",
        "Junior booking producer",
        "Post production coordinator",
        "Production coordinator",
        "Production management assistant",
        "Production secretary",
        "Radio coordinator",
    ]
    gateway = own[own[v.SECTION] == "gateway"]
    assert gateway[v.FIRST_LINE].tolist() == [100, 101, 438, 439, 486, 487, 489]
    assert by_section["gateway"][-1] == (
        "submit a portfolio of evidence for the professional discussion underpinned by a "
        "portfolio of evidence"
    )


def test_prose_of_1_2_stands_under_its_headings(tables):
    own = of(tables.sections, "st0792-1.2")
    delivery = own[own[v.HEADING] == "Delivery"]
    assert delivery[v.UNDER].tolist() == [
        "End-point assessment plan > Presentation and questions",
        "End-point assessment plan > Professional discussion underpinned by a portfolio of evidence",
    ]
    assert "must last 60 minutes" in delivery[v.TEXT].iloc[0]
    assert {"Re-sits and re-takes", "Value for money", "Training provider"} <= set(own[v.HEADING])
