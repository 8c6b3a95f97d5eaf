"""Read the settings of a sentence encoder from its folder, in the layout of sentence-transformers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from curriculum.errors import (
    CurriculumError,
    Faults,
    InvalidInput,
    NotFound,
    UnreadableFile,
    raise_faults,
    refuse_more,
)
from curriculum.files.atomic_write import is_plain_name
from curriculum.files.encodings import open_regular
from curriculum.linking.transformer import ARCHITECTURES
from curriculum.model.text import text_to_shortened

__all__ = [
    "ADVICE",
    "CONFIG_FILE",
    "LEAST_TOKENS",
    "ONNX_FILE",
    "TOKENIZER_FILE",
    "WEIGHTS_FILE",
    "EncoderSettings",
    "folder_to_settings",
    "is_count",
    "setting_to_fault",
]

TOKENIZER_FILE: Final = "tokenizer.json"
WEIGHTS_FILE: Final = "model.safetensors"
ONNX_FILE: Final = "onnx/model.onnx"
CONFIG_FILE: Final = "config.json"
_MODULES_FILE: Final = "modules.json"
_LENGTH_FILE: Final = "sentence_bert_config.json"
_PROMPT_FILE: Final = "config_sentence_transformers.json"
# Where the pooling is, if there is no file of modules.
_POOLING_FOLDER: Final = "1_Pooling"
# The fewest tokens of a text that a model must be able to read.
LEAST_TOKENS: Final = 8
ADVICE: Final = "Choose another model (docs/linking_measured.md names some), or download its folder again."
# The steps that are known; vectors are scaled to length one in any case.
_STEPS: Final = (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"])
_POOLINGS: Final = {"pooling_mode_mean_tokens": "mean", "pooling_mode_cls_token": "cls"}
_USUAL_LENGTH: Final = 512

_LONGEST_PROMPT: Final = 200
_MOST_EPS: Final = 0.001
# With fewer buckets no distance has one of its own; with more, none shares one.
_BUCKETS: Final = range(4, 512)
# Bytes of a file of settings.
_MOST_BYTES: Final = 1_000_000
# Letters of the name of the folder of the pooling.
_LONGEST_NAME: Final = 80
# Letters of the path of a folder that is not there.
_LONGEST_PATH: Final = 200


class EncoderSettings(NamedTuple):
    """The settings of a sentence encoder.

    Attributes
    ----------
    config
        The sizes of the transformer, as `config.json` has them.
    weights
        The name of the file of the weights.
    pooling
        How the vectors of the tokens become one: their ``mean``, or the vector of the first (``cls``).
    pooling_file
        The name of the file that says so.
    longest
        The most tokens of a text; further ones are left out.
    prompt
        What is put before each text.
    """

    config: Mapping[str, Any]
    weights: str
    pooling: str
    pooling_file: str
    longest: int
    prompt: str

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the files that the vectors depend on; some need not be there."""
        optional = (_MODULES_FILE, _LENGTH_FILE, _PROMPT_FILE, self.pooling_file)
        return (CONFIG_FILE, *optional, TOKENIZER_FILE, self.weights)


def folder_to_settings(folder: str | Path) -> EncoderSettings:
    """Read the settings of a sentence encoder.

    Parameters
    ----------
    folder
        The folder of the model, such as `all-MiniLM-L6-v2` of the collection sentence-transformers.

    Raises
    ------
    NotFound
        If the folder, or a file that is needed, is not there or cannot be read.
    InvalidInput, UnreadableFile
        If a file is damaged or too large, or has a setting that is not known. All faults are reported at
        once.
    """
    if not str(folder).strip():
        raise InvalidInput("no folder is named", where="encoder", expected="the folder of a sentence encoder")
    folder = Path(folder)
    try:
        raise_faults(list(_folder_to_faults(folder)))
        return _read_settings(folder)
    except OSError as fault:
        raise UnreadableFile(
            "the folder cannot be read",
            where=text_to_shortened(folder.as_posix(), _LONGEST_PATH),
            expected="the folder of a sentence encoder",
            found=(fault.strerror or "another fault").lower(),
            advice="Check its name, and that you are allowed to read it.",
        ) from fault


def is_count(value: object) -> bool:
    """Return whether a value of JSON is a whole number from 1 on.

    Examples
    --------
    >>> [is_count(value) for value in (12, 0, True, 2.0, "2", None)]
    [True, False, False, False, False, False]
    """
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def setting_to_fault(where: str, key: str, expected: str, found: object) -> InvalidInput:
    """Return the error for a setting that the models of this package do not have.

    Parameters
    ----------
    where
        The file.
    key
        The name of the setting.
    expected
        What it can be.
    found
        Its value, as JSON has it; None if there is none.
    """
    forms = {dict: "an object", list: "a list", type(None): "nothing"}
    return InvalidInput(
        f"{key} is not one that can be used",
        where=where,
        expected=expected,
        found=forms.get(type(found)) or text_to_shortened(json.dumps(found, ensure_ascii=False)),
        advice=ADVICE,
    )


def _read_settings(folder: Path) -> EncoderSettings:
    values: dict[str, Any] = {}
    faults: list[CurriculumError] = []
    for read in (_read_config, _read_pooling, _read_length, _read_prompt):
        try:
            values |= read(folder)
        except Faults as several:
            faults += several.faults
        except CurriculumError as fault:
            faults.append(fault)
    raise_faults(faults)
    return EncoderSettings(**values)


def _folder_to_faults(folder: Path) -> Iterator[CurriculumError]:
    if not folder.is_dir():
        yield NotFound(
            "no such folder",
            where=text_to_shortened(folder.as_posix(), _LONGEST_PATH),
            expected="the folder of a sentence encoder",
            advice="Check the name. docs/linking_measured.md says which model to get, and how.",
        )
        return
    for name in (CONFIG_FILE, TOKENIZER_FILE):
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


def _read_json(path: Path, form: type) -> Any:
    """Read a JSON file that holds an object (dict) or a list."""
    with open_regular(path) as (file, size):
        refuse_more("too large", path.as_posix(), size, _MOST_BYTES, "bytes", advice=ADVICE)
        data = file.read(size)
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, form):
        raise InvalidInput(
            "not the settings of a sentence encoder",
            where=path.as_posix(),
            expected="JSON: an object" if form is dict else "JSON: a list",
            advice=ADVICE,
        )
    return content


def _is_there(path: Path) -> bool:
    """Return whether a file is there, or a link to one that is missing."""
    return path.exists() or path.is_symlink()


def _read_optional(path: Path) -> Mapping[str, Any]:
    content: Mapping[str, Any] = _read_json(path, dict) if _is_there(path) else {}
    return content


# --- The transformer ----------------------------------------------------------------------------------------


def _read_config(folder: Path) -> dict[str, Any]:
    path = folder / CONFIG_FILE
    config = _read_json(path, dict)
    architecture = config.get("model_type")
    if not isinstance(architecture, str):
        raise setting_to_fault(path.as_posix(), "model_type", "a text", architecture)
    if architecture in ARCHITECTURES and (folder / WEIGHTS_FILE).is_file():
        raise_faults(list(_config_to_faults(path, config)))
        return {"config": config, "weights": WEIGHTS_FILE}
    if not (folder / ONNX_FILE).is_file():
        expected = f"{' or '.join(ARCHITECTURES)}, or the model as {ONNX_FILE}"
        raise setting_to_fault(path.as_posix(), "model_type", expected, architecture)
    return {"config": config, "weights": ONNX_FILE}


def _config_to_faults(path: Path, config: Mapping[str, Any]) -> Iterator[InvalidInput]:
    """Yield the settings that the transformers of `transformer.py` do not have."""
    for name, known in (("hidden_act", "gelu"), ("position_embedding_type", "absolute")):
        if config.get(name, known) != known:
            yield setting_to_fault(path.as_posix(), name, f'"{known}"', config[name])
    for name in ("num_hidden_layers", "num_attention_heads", "hidden_size", "intermediate_size"):
        is_needed = name.startswith("num_")
        if (is_needed or name in config) and not is_count(config.get(name)):
            yield setting_to_fault(path.as_posix(), name, "a whole number from 1 on", config.get(name))
    eps = config.get("layer_norm_eps")
    if not isinstance(eps, int | float) or isinstance(eps, bool) or not 0 < eps <= _MOST_EPS:
        yield setting_to_fault(
            path.as_posix(), "layer_norm_eps", f"a number above 0, at most {_MOST_EPS}", eps
        )
    buckets = config.get("relative_attention_num_buckets")
    if ARCHITECTURES[config["model_type"]].has_distances and not (is_count(buckets) and buckets in _BUCKETS):
        expected = f"a whole number from {_BUCKETS.start} to {_BUCKETS.stop - 1}"
        yield setting_to_fault(path.as_posix(), "relative_attention_num_buckets", expected, buckets)


# --- The steps ----------------------------------------------------------------------------------------------


def _read_pooling(folder: Path) -> dict[str, Any]:
    """Read the pooling of a model; a model without steps has the mean, as in sentence-transformers."""
    path = folder / _MODULES_FILE
    has_steps = _is_there(path)
    name = _steps_to_folder(path, _read_json(path, list)) if has_steps else _POOLING_FOLDER
    pooling_file = f"{name}/{CONFIG_FILE}"
    if not _is_there(folder / pooling_file):
        if has_steps:
            raise _missing(folder, pooling_file)
        return {"pooling": "mean", "pooling_file": pooling_file}
    pooling = _read_json(folder / pooling_file, dict)
    raise_faults(list(_pooling_to_faults(folder / pooling_file, pooling)))
    mode = _pooling_to_mode(folder / pooling_file, pooling)
    return {"pooling": mode, "pooling_file": pooling_file}


def _steps_to_folder(path: Path, steps: list[Any]) -> str:
    """Return the name of the folder of the pooling."""
    types = [step.get("type") if isinstance(step, dict) else None for step in steps]
    names = [kind.rpartition(".")[2] if isinstance(kind, str) else "no name" for kind in types]
    if names not in _STEPS:
        raise InvalidInput(
            "the sentence encoder has steps that are not known",
            where=path.as_posix(),
            expected="Transformer and Pooling, or Transformer, Pooling and Normalize, each with its type",
            found=text_to_shortened(", ".join(names)) or "no step",
            advice=ADVICE,
        )
    name: Any = steps[1].get("path")
    if not (isinstance(name, str) and is_plain_name(name) and len(name) <= _LONGEST_NAME):
        raise setting_to_fault(
            path.as_posix(), "path", "the name of a folder in that of the model, for Pooling", name
        )
    return name


def _pooling_flags(pooling: Mapping[str, Any]) -> list[str]:
    return [name for name in pooling if name.startswith("pooling_mode_")]


def _pooling_to_faults(path: Path, pooling: Mapping[str, Any]) -> Iterator[InvalidInput]:
    for name in _pooling_flags(pooling):
        if not isinstance(pooling[name], bool):
            yield setting_to_fault(path.as_posix(), name, "true or false", pooling[name])
    if not isinstance(pooling.get("pooling_mode", ""), str):
        yield setting_to_fault(path.as_posix(), "pooling_mode", '"mean" or "cls"', pooling["pooling_mode"])
    if pooling.get("include_prompt", True) is not True:
        yield setting_to_fault(path.as_posix(), "include_prompt", "true", pooling["include_prompt"])


def _pooling_to_mode(path: Path, pooling: Mapping[str, Any]) -> str:
    """Return the one pooling of a model, whose settings have been checked."""
    modes = {_POOLINGS.get(name, name) for name in _pooling_flags(pooling) if pooling[name]}
    modes |= {pooling["pooling_mode"]} if "pooling_mode" in pooling else set()
    if modes not in ({"mean"}, {"cls"}):
        raise InvalidInput(
            "the sentence encoder has a pooling that is not known",
            where=path.as_posix(),
            expected="either mean or cls",
            found=text_to_shortened(" and ".join(sorted(modes))) or "none",
            advice=ADVICE,
        )
    return str(*modes)


# --- The texts ----------------------------------------------------------------------------------------------


def _read_length(folder: Path) -> dict[str, Any]:
    path = folder / _LENGTH_FILE
    length = _read_optional(path).get("max_seq_length", _USUAL_LENGTH)
    if not is_count(length) or length < LEAST_TOKENS:
        expected = f"a whole number from {LEAST_TOKENS} on"
        raise setting_to_fault(path.as_posix(), "max_seq_length", expected, length)
    return {"longest": min(length, _USUAL_LENGTH)}


def _read_prompt(folder: Path) -> dict[str, Any]:
    path = folder / _PROMPT_FILE
    settings = _read_optional(path)
    name = settings.get("default_prompt_name")
    if name is None:
        return {"prompt": ""}
    prompts = settings.get("prompts")
    if not isinstance(prompts, dict):
        raise setting_to_fault(
            path.as_posix(), "prompts", "an object of texts, as default_prompt_name is there", prompts
        )
    if not isinstance(name, str) or name not in prompts:
        raise setting_to_fault(path.as_posix(), "default_prompt_name", "the name of one of prompts", name)
    prompt = prompts[name]
    if not isinstance(prompt, str) or len(prompt) > _LONGEST_PROMPT or _has_surrogates(prompt):
        key = f"prompts: {text_to_shortened(name)}"
        raise setting_to_fault(
            path.as_posix(), key, f"a text in UTF-8 of at most {_LONGEST_PROMPT} characters", prompt
        )
    return {"prompt": prompt}


def _has_surrogates(text: str) -> bool:
    """Return whether a text has halves of characters, which no tokenizer reads."""
    return text != text.encode(errors="ignore").decode()
