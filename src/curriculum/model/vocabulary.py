"""Define the terms of the field: kinds, options, grades, relations, and the name of every column.

Column names are constants, so that a misspelt name fails at import. SKOS and SSSOM terms are spelt
exactly as in those standards.
"""

from __future__ import annotations

from typing import Final

# --- Kinds of statement, by the letters of their code, in the order in which they are listed ----------
KIND_OF_LETTERS: Final = {
    "P": "performance criterion",
    "K": "knowledge",
    "S": "skill",
    "B": "behaviour",
    "TK": "technical knowledge",
    "TS": "technical skill",
    "ESB": "employability skill or behaviour",
}
# The kind of a statement whose code is of another scheme and does not show a kind.
STATEMENT: Final = "statement"
STATEMENT_KINDS: Final = (*KIND_OF_LETTERS.values(), STATEMENT)
# The kinds of document that more than their parsers tell apart; the others are named by their parsers alone.
OFFICIAL_RECORD: Final = "official record"
NOS_UNIT: Final = "NOS unit"
ASSESSMENT_PLAN: Final = "assessment plan"

CORE: Final = "core"
GRADES: Final = ("fail", "pass", "credit", "merit", "distinction")
ANY_GRADE: Final = "any grade"

# --- Findings --------------------------------------------------------------------------------------
SEVERITIES: Final = ("error", "warning", "note")

# --- Relations and crosswalks: SKOS, SSSOM and SEMAPV terms -----------------------------------------
EXACT_MATCH: Final = "skos:exactMatch"
CLOSE_MATCH: Final = "skos:closeMatch"
BROAD_MATCH: Final = "skos:broadMatch"
NARROW_MATCH: Final = "skos:narrowMatch"
RELATED_MATCH: Final = "skos:relatedMatch"
RELATIONS: Final = (EXACT_MATCH, CLOSE_MATCH, BROAD_MATCH, NARROW_MATCH, RELATED_MATCH)
NO_TERM_FOUND: Final = "sssom:NoTermFound"
LEXICAL_MATCHING: Final = "semapv:LexicalMatching"
LEXICAL_SIMILARITY: Final = "semapv:LexicalSimilarityThresholdMatching"
MANUAL_CURATION: Final = "semapv:ManualMappingCuration"
MAPPING_CHAINING: Final = "semapv:MappingChaining"
JUSTIFICATIONS: Final = (LEXICAL_MATCHING, LEXICAL_SIMILARITY, MANUAL_CURATION, MAPPING_CHAINING)
ALT_LABEL: Final = "skos:altLabel"
BROADER: Final = "skos:broader"
CARDINALITIES: Final = ("1:1", "1:n", "n:1", "n:n", "1:0", "0:1")
ACCEPT: Final = "accept"
REVIEW: Final = "review"
RAISED: Final = "raised"
LOWERED: Final = "lowered"
SAME_LEVEL: Final = "same"
RESPONSIBILITY_MOVES: Final = (RAISED, LOWERED, SAME_LEVEL)
MOVED: Final = "yes"
NOT_MOVED: Final = "no"
PROPOSED: Final = "proposed from the wording; not reviewed"
DECIDED: Final = "decided by a reviewer"
DECIDED_BEFORE: Final = "decided by a reviewer, of a wording that has changed since"
COMPOSED: Final = "composed of two crosswalks; not reviewed"
STATUSES: Final = (PROPOSED, DECIDED, DECIDED_BEFORE, COMPOSED)
DUTY: Final = "duty"
OGL: Final = "Open Government Licence"
# The attribution that the licence requires where the publisher gives none.
OGL_ATTRIBUTION: Final = "Contains public sector information licensed under the Open Government Licence v3.0."

# --- What a new version is, seen from the old one; `crosswalk.headline` says when ------------------------
UNTOUCHED: Final = "untouched"
RENUMBERED: Final = "renumbered"
EDITED: Final = "edited"
REWRITTEN: Final = "rewritten"
UNRELATED: Final = "unrelated"

# --- Remapping: the outcomes of a code, the least serious first ---------------------------------------
UNCHANGED: Final = "unchanged"
REPLACED: Final = "replaced"
MERGED: Final = "merged"
SPLIT: Final = "split"
WITHDRAWN: Final = "withdrawn"
# What became of an old statement for which nothing is proposed; only a person says that it is withdrawn.
NO_COUNTERPART: Final = "no counterpart found"
UNKNOWN: Final = "unknown"
NOT_READ: Final = "not read"
OUTCOMES: Final = (UNCHANGED, REPLACED, MERGED, SPLIT, WITHDRAWN, REVIEW, UNKNOWN, NOT_READ)
# The value of `decided_by` where a proposal is used without a decision.
NOBODY: Final = "nobody: proposal taken"

# --- Decisions of a reviewer about a link, or about a statement without a link ------------------------
REJECT: Final = "reject"
CHANGE_RELATION: Final = "change relation"
ADD_LINK: Final = "add link"
NEW: Final = "new"
# The value for the proposal where only a reviewer found the link.
NOTHING_PROPOSED: Final = "not proposed"
DECISIONS: Final = (ACCEPT, REJECT, CHANGE_RELATION, ADD_LINK, WITHDRAWN, NEW)

# --- Columns -----------------------------------------------------------------------------------------
DOCUMENT_ID: Final = "document_id"
REFERENCE: Final = "reference"
VERSION: Final = "version"
TITLE: Final = "title"
KIND: Final = "kind"
KIND_EVIDENCE: Final = "kind_evidence"
LEVEL: Final = "level"
STATUS: Final = "status"
APPROVED_DATE: Final = "approved_date"
UPDATED_DATE: Final = "updated_date"
REVIEW_DATE: Final = "review_date"
ENCODING: Final = "encoding"
N_LINES: Final = "n_lines"
SOURCE_PATH: Final = "source_path"
SHA256: Final = "sha256"
PUBLISHER: Final = "publisher"
LICENCE: Final = "licence"
URL: Final = "url"
INFERRED: Final = "inferred"

SECTION: Final = "section"
POSITION: Final = "position"
NAME: Final = "name"
VALUE: Final = "value"
IS_INFERRED: Final = "is_inferred"
HEADING: Final = "heading"
UNDER: Final = "under"
TEXT: Final = "text"
FIRST_LINE: Final = "first_line"
LAST_LINE: Final = "last_line"

STATEMENT_ID: Final = "statement_id"
CODE: Final = "code"
OPTION: Final = "option"
IS_OPTION_INFERRED: Final = "is_option_inferred"
IS_MANDATORY: Final = "is_mandatory"
IS_TRUNCATED: Final = "is_truncated"
N_OCCURRENCES: Final = "n_occurrences"
GUID: Final = "guid"
DUTY_ID: Final = "duty_id"
METHOD_ID: Final = "method_id"
THEME_ID: Final = "theme_id"
OTHER_NAMES: Final = "other_names"
DESCRIPTOR_ID: Final = "descriptor_id"
GRADE: Final = "grade"
OVERALL_GRADE: Final = "overall_grade"
CHANGE_DETAIL: Final = "change_detail"
EARLIEST_START_DATE: Final = "earliest_start_date"
LATEST_START_DATE: Final = "latest_start_date"
LATEST_END_DATE: Final = "latest_end_date"
KNOWN_FROM: Final = "known_from"
PLACE: Final = "place"
REASON: Final = "reason"
SAME_AS: Final = "same_as"
PART: Final = "part"

RULE: Final = "rule"
WHERE: Final = "where"
SEVERITY: Final = "severity"
MESSAGE: Final = "message"

SUBJECT_SOURCE: Final = "subject_source"
OBJECT_SOURCE: Final = "object_source"
SUBJECT_ID: Final = "subject_id"
SUBJECT_LABEL: Final = "subject_label"
SUBJECT_CATEGORY: Final = "subject_category"
PREDICATE_ID: Final = "predicate_id"
OBJECT_ID: Final = "object_id"
OBJECT_LABEL: Final = "object_label"
OBJECT_CATEGORY: Final = "object_category"
MAPPING_JUSTIFICATION: Final = "mapping_justification"
MAPPING_CARDINALITY: Final = "mapping_cardinality"
CONFIDENCE: Final = "confidence"
BAND: Final = "band"
CHANGE: Final = "change"
RUNNER_UP_ID: Final = "runner_up_id"
RUNNER_UP_CONFIDENCE: Final = "runner_up_confidence"
WORDING_SCORE: Final = "wording_score"
CSLS_SCORE: Final = "csls_score"
CHARACTERS_SCORE: Final = "characters_score"
WORDS_SCORE: Final = "words_score"
CLAUSES_SCORE: Final = "clauses_score"
MEANING_SCORE: Final = "meaning_score"
CLAUSE_MEANING_SCORE: Final = "clause_meaning_score"
ENCODER_SCORE: Final = "encoder_score"
SCORES_BY_SCORER: Final = (
    CHARACTERS_SCORE,
    WORDS_SCORE,
    CLAUSES_SCORE,
    MEANING_SCORE,
    CLAUSE_MEANING_SCORE,
    ENCODER_SCORE,
)
# How a crosswalk is made: by all scorers of the linker, or by one of rapidfuzz.
DEFAULT_METHOD: Final = "default"
RAPIDFUZZ_METHOD: Final = "rapidfuzz"
METHODS: Final = (DEFAULT_METHOD, RAPIDFUZZ_METHOD)
WORDS_INSERTED: Final = "words_inserted"
WORDS_DELETED: Final = "words_deleted"
CAUTION: Final = "caution"
RESPONSIBILITY: Final = "responsibility"
RESPONSIBILITY_WORDS: Final = "responsibility_words"
DUTIES_MOVED: Final = "duties_moved"
RANK: Final = "rank"
IS_PROPOSED: Final = "is_proposed"
OPTION_MOVED: Final = "option_moved"
ASSESSMENT_MOVED: Final = "assessment_moved"
REVIEWER_LABEL: Final = "reviewer_label"
COMMENT: Final = "comment"
DECISION: Final = "decision"
ATTRIBUTION: Final = "attribution"

SHEET: Final = "sheet"
CELL: Final = "cell"
AS_WRITTEN: Final = "as_written"
OUTCOME: Final = "outcome"
NEW_CODES: Final = "new_codes"
RELATION: Final = "relation"
DECIDED_BY: Final = "decided_by"
NOTE: Final = "note"
AUDIT_COLUMNS: Final = (
    SHEET,
    CELL,
    AS_WRITTEN,
    CODE,
    OUTCOME,
    NEW_CODES,
    RELATION,
    CONFIDENCE,
    DECIDED_BY,
)
