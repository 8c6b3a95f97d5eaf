"""Read the settings of a sentence encoder from its folder, in the layout of sentence-transformers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from curriculum.errors import CurriculumError, InvalidInput, NotFound, raise_faults, refuse_more

__all__ = [
    "ENCODER_FILES",
    "ONNX_FILE",
    "TOKENIZER_FILE",
    "WEIGHTS_FILE",
    "EncoderSettings",
    "folder_to_settings",
]

TOKENIZER_FILE: Final = "tokenizer.json"
WEIGHTS_FILE: Final = "model.safetensors"
ONNX_FILE: Final = "onnx/model.onnx"
_CONFIG_FILE: Final = "config.json"
_MODULES_FILE: Final = "modules.json"
_LENGTH_FILE: Final = "sentence_bert_config.json"
_PROMPT_FILE: Final = "config_sentence_transformers.json"
_POOLING_FILE: Final = "1_Pooling/config.json"
# What the vectors of a model depend on.
ENCODER_FILES: Final = (
    _CONFIG_FILE,
    _MODULES_FILE,
    _LENGTH_FILE,
    _PROMPT_FILE,
    _POOLING_FILE,
    TOKENIZER_FILE,
    WEIGHTS_FILE,
    ONNX_FILE,
    f"{ONNX_FILE}_data",
)
# The steps that are known; vectors are scaled to length one in any case.
_STEPS: Final = ("Transformer", "Pooling", "Normalize")
_POOLINGS: Final = ("mean", "cls")
_USUAL_LENGTH: Final = 512
# Bytes of a file of settings.
_MOST_BYTES: Final = 1_000_000
_ADVICE: Final = "Choose another model (docs/linking_measured.md names some), or download its folder again."


class EncoderSettings(NamedTuple):
    """The settings of a sentence encoder.

    Attributes
    ----------
    config
        The sizes of the transformer, as `config.json` has them.
    pooling
        How the vectors of the tokens become one: their ``mean``, or the vector of the first (``cls``).
    longest
        The most tokens of a text; further ones are left out.
    prompt
        What is put before each text.
    """

    config: Mapping[str, Any]
    pooling: str
    longest: int
    prompt: str


def folder_to_settings(folder: str | Path) -> EncoderSettings:
    """Read the settings of a sentence encoder.

    Parameters
    ----------
    folder
        The folder of the model, such as `all-MiniLM-L6-v2` of the collection sentence-transformers.

    Raises
    ------
    NotFound
        If the folder, or a file that is needed, is not there.
    InvalidInput, UnreadableFile
        If a file is damaged or too large, or the model has a step that is not known. All faults are reported
        at once.
    """
    folder = Path(folder)
    raise_faults(list(_folder_to_faults(folder)))
    config = _read(folder / _CONFIG_FILE, dict)
    steps = _read(folder / _MODULES_FILE, list) if (folder / _MODULES_FILE).is_file() else []
    pooling = _read_pooling(folder)
    raise_faults(list(_settings_to_faults(folder, steps, pooling)))
    length = _read_optional(folder / _LENGTH_FILE).get("max_seq_length")
    prompts = _read_optional(folder / _PROMPT_FILE)
    named = prompts.get("prompts")
    prompt = named.get(prompts.get("default_prompt_name")) if isinstance(named, dict) else None
    return EncoderSettings(
        config,
        pooling,
        length if isinstance(length, int) and 0 < length <= _USUAL_LENGTH else _USUAL_LENGTH,
        prompt if isinstance(prompt, str) else "",
    )


def _folder_to_faults(folder: Path) -> Iterator[CurriculumError]:
    if not folder.is_dir():
        yield NotFound(
            "no such folder",
            where=folder.as_posix(),
            expected="the folder of a sentence encoder",
            advice="Check the name. docs/linking_measured.md says which model to get, and how.",
        )
        return
    for name in (_CONFIG_FILE, TOKENIZER_FILE):
        if not (folder / name).is_file():
            yield _missing(folder, name)
    if not any((folder / name).is_file() for name in (WEIGHTS_FILE, ONNX_FILE)):
        yield _missing(folder, f"{WEIGHTS_FILE} or {ONNX_FILE}")


def _missing(folder: Path, name: str) -> NotFound:
    return NotFound(
        "a file of the sentence encoder is missing",
        where=folder.as_posix(),
        expected=name,
        advice="Download the whole folder of the model.",
    )


def _read(path: Path, form: type) -> Any:
    """Read a JSON file that holds an object (dict) or a list."""
    refuse_more("too large", path.as_posix(), path.stat().st_size, _MOST_BYTES, "bytes", advice=_ADVICE)
    try:
        content = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, form):
        raise InvalidInput(
            "not the settings of a sentence encoder",
            where=path.as_posix(),
            expected="JSON: an object" if form is dict else "JSON: a list",
            advice=_ADVICE,
        )
    return content


def _read_optional(path: Path) -> Mapping[str, Any]:
    content: Mapping[str, Any] = _read(path, dict) if path.is_file() else {}
    return content


def _steps_to_names(steps: list[Any]) -> list[str]:
    """Return the names of the steps of a model, without the modules that they are in."""
    types = [step.get("type") for step in steps if isinstance(step, dict)]
    return [str(name).rpartition(".")[2] for name in types]


def _read_pooling(folder: Path) -> str:
    """Return the pooling of a model; a model that names none has the mean, as in sentence-transformers."""
    config = _read_optional(folder / _POOLING_FILE)
    named = config.get("pooling_mode")
    flags = {"cls": "pooling_mode_cls_token", "mean": "pooling_mode_mean_tokens"}
    others = [
        name
        for name, flag in config.items()
        if name.startswith("pooling_mode_") and name not in flags.values() and flag is True
    ]
    chosen = [name for name, flag in flags.items() if config.get(flag) is True] + others
    return str(named or "+".join(chosen) or "mean")


def _settings_to_faults(folder: Path, steps: list[Any], pooling: str) -> Iterator[InvalidInput]:
    unknown = [name for name in _steps_to_names(steps) if name not in _STEPS]
    if unknown:
        yield InvalidInput(
            "the sentence encoder has a step that is not known",
            where=(folder / _MODULES_FILE).as_posix(),
            expected=", ".join(_STEPS),
            found=", ".join(unknown),
            advice=_ADVICE,
        )
    if pooling not in _POOLINGS:
        yield InvalidInput(
            "the sentence encoder has a pooling that is not known",
            where=folder.as_posix(),
            expected=" or ".join(_POOLINGS),
            found=pooling,
            advice=_ADVICE,
        )
