"""A sentence encoder of the user: read, refused with a clear message, cached, and one more scorer."""

import hashlib
import json
import os
import pickle
import shutil
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from curriculum.errors import CurriculumError, Faults, InvalidInput, NotFound, UnreadableFile
from curriculum.files.cache import Cache
from curriculum.linking import sentence_encoder
from curriculum.linking.confidence import ENCODER, FITS, scorers_to_fit
from curriculum.linking.encoder_settings import ONNX_FILE, folder_to_settings
from curriculum.linking.sentence_encoder import encoder_to_scorer, folder_to_encoder
from curriculum.linking.transformer import Transformer
from tiny_encoder import SIZE, WORDS, architecture_to_weights, write_encoder, write_onnx, write_settings

TEXTS = ["plan the work", "monitor the budget of others", "plan and monitor"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_encoder(tmp_path / "tiny")


def change(path: Path, **values: object) -> None:
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | values), encoding="utf-8")


def transformer_of(folder: Path) -> Transformer:
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return Transformer(load_file(folder / "model.safetensors"), config)


# --- Vectors ------------------------------------------------------------------------------------------------


def test_the_vector_of_a_text_is_the_mean_of_its_tokens(folder):
    tokens = [1, *(WORDS.index(word) for word in ("plan", "the", "work")), 2]
    expected = transformer_of(folder).tokens_to_vectors(tokens).mean(axis=0)
    vectors = folder_to_encoder(folder).texts_to_vectors(["plan the work", ""])
    assert vectors.shape == (2, SIZE)
    assert np.allclose(vectors[0], expected)
    assert vectors[1].tolist() == [0.0] * SIZE


def test_the_vector_of_the_first_token(tmp_path):
    folder = write_encoder(tmp_path / "cls", pooling="cls_token")
    expected = transformer_of(folder).tokens_to_vectors([1, WORDS.index("plan"), 2])[0]
    assert np.allclose(folder_to_encoder(folder).texts_to_vectors(["plan"])[0], expected)


def test_a_prompt_stands_before_each_text(folder):
    plain = folder_to_encoder(folder).texts_to_vectors(["budget plan"])
    prompts = {"prompts": {"match": "budget "}, "default_prompt_name": "match"}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(prompts), encoding="utf-8")
    assert np.allclose(folder_to_encoder(folder).texts_to_vectors(["plan"]), plain)


def test_a_text_is_cut_at_the_most_tokens(folder):
    # 16 tokens: [CLS], 14 words, [SEP].
    vectors = folder_to_encoder(folder).texts_to_vectors(
        ["plan " * 14, "plan " * 14 + "budget", "plan " * 13]
    )
    assert np.array_equal(vectors[0], vectors[1])
    assert not np.allclose(vectors[0], vectors[2])


def test_a_text_is_cut_at_the_positions_that_there_are(folder):
    weights = load_file(folder / "model.safetensors")
    name = "embeddings.position_embeddings.weight"
    save_file({**weights, name: weights[name][:8]}, folder / "model.safetensors")
    vectors = folder_to_encoder(folder).texts_to_vectors(["plan " * 6, "plan " * 9])
    assert np.array_equal(vectors[0], vectors[1])


def test_names_of_weights_with_the_name_of_the_architecture(folder):
    plain = folder_to_encoder(folder).texts_to_vectors(TEXTS)
    weights = {f"bert.{name}": values for name, values in architecture_to_weights("bert").items()}
    save_file({**weights, "bert.embeddings.position_ids": np.arange(40)}, folder / "model.safetensors")
    assert np.array_equal(folder_to_encoder(folder).texts_to_vectors(TEXTS), plain)


def test_weights_in_half_precision(folder):
    plain = folder_to_encoder(folder).texts_to_vectors(TEXTS)
    weights = {name: values.astype(np.float16) for name, values in architecture_to_weights("bert").items()}
    save_file(weights, folder / "model.safetensors")
    assert np.allclose(folder_to_encoder(folder).texts_to_vectors(TEXTS), plain, atol=0.05)


def test_a_text_has_the_same_vector_beside_any_others(folder):
    encoder = folder_to_encoder(folder)
    together = encoder.texts_to_vectors(TEXTS)
    alone = [encoder.texts_to_vectors([text])[0] for text in TEXTS]
    assert np.array_equal(together, np.array(alone))


# --- The cache ----------------------------------------------------------------------------------------------


def test_vectors_are_kept_and_the_model_is_not_loaded_again(folder, tmp_path, monkeypatch):
    cache = Cache(tmp_path / "cache")
    made = folder_to_encoder(folder, cache).texts_to_vectors(TEXTS)
    assert np.array_equal(made, folder_to_encoder(folder).texts_to_vectors(TEXTS))
    monkeypatch.setattr(sentence_encoder, "_text_to_vector", lambda *_: pytest.fail("encoded again"))
    kept = folder_to_encoder(folder, cache).texts_to_vectors(TEXTS)
    assert kept.dtype == np.float32
    assert np.array_equal(kept, made)


def test_another_model_or_text_is_encoded_anew(folder, tmp_path):
    cache = Cache(tmp_path / "cache")
    made = folder_to_encoder(folder, cache).texts_to_vectors(TEXTS)
    save_file(
        {name: values * 2 for name, values in architecture_to_weights("bert").items()},
        folder / "model.safetensors",
    )
    other = folder_to_encoder(folder, cache).texts_to_vectors(TEXTS)
    assert not np.allclose(other, made)
    assert len(folder_to_encoder(folder, cache).texts_to_vectors(TEXTS[:2])) == 2


def test_the_key_of_the_cache_is_the_content(folder, tmp_path):
    # Of the same size and time: what a file holds counts.
    path = folder / "model.safetensors"
    cache = Cache(tmp_path / "cache")
    time = path.stat().st_mtime_ns
    made = folder_to_encoder(folder, cache).texts_to_vectors(TEXTS)
    save_file({name: -values for name, values in architecture_to_weights("bert").items()}, path)
    os.utime(path, ns=(time, time))
    other = folder_to_encoder(folder, cache)
    assert dict(other.files)["model.safetensors"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert not np.allclose(other.texts_to_vectors(TEXTS), made)


def test_the_files_that_vectors_depend_on(folder):
    names = ["1_Pooling/config.json", "config.json", "model.safetensors", "modules.json"]
    names += ["sentence_bert_config.json", "tokenizer.json"]
    files = folder_to_encoder(folder).files
    (folder / "README.md").write_text("A model.", encoding="utf-8")
    (folder / "onnx").mkdir()
    (folder / "onnx" / "model.onnx").write_bytes(b"not used")
    os.utime(folder / "config.json", ns=(0, 0))
    assert folder_to_encoder(folder).files == files
    assert [name for name, _ in files] == names


def test_all_files_beside_a_model_in_onnx_count(tmp_path):
    write_settings(tmp_path, "roberta")
    write_onnx(tmp_path / ONNX_FILE)
    (tmp_path / "onnx" / "weights.bin").write_bytes(b"1")
    files = dict(folder_to_encoder(tmp_path).files)
    assert files["onnx/weights.bin"] == hashlib.sha256(b"1").hexdigest()
    (tmp_path / "onnx" / "weights.bin").write_bytes(b"2")
    assert dict(folder_to_encoder(tmp_path).files)["onnx/weights.bin"] != files["onnx/weights.bin"]


def test_no_text_has_no_vector(folder):
    assert folder_to_encoder(folder).texts_to_vectors([]).shape[0] == 0


# --- Refused ------------------------------------------------------------------------------------------------


def fault_of(folder: Path) -> str:
    with pytest.raises(CurriculumError) as caught:
        folder_to_encoder(folder).texts_to_vectors(["plan"])
    assert caught.value.__class__ in (InvalidInput, NotFound, UnreadableFile, Faults)
    return str(caught.value)


def test_no_folder(tmp_path):
    assert fault_of(tmp_path / "none").startswith(f"{(tmp_path / 'none').as_posix()}: no such folder")


def test_all_missing_files_at_once(tmp_path):
    found = fault_of(tmp_path)
    assert [name in found for name in ("config.json", "tokenizer.json", "model.safetensors")] == [True] * 3


@pytest.mark.parametrize("name", ["config.json", "modules.json", "1_Pooling/config.json"])
@pytest.mark.parametrize("content", ["", "{", "7", '"a"', "\x00", "[" * 99_999])
def test_damaged_settings(folder, name, content):
    (folder / name).write_text(content, encoding="utf-8")
    assert name in fault_of(folder)


def test_settings_that_are_too_large(folder):
    (folder / "config.json").write_text(" " * 1_000_001, encoding="utf-8")
    assert "too large" in fault_of(folder)


def test_a_step_that_is_not_known(folder):
    steps = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    steps.insert(2, {"type": "sentence_transformers.models.Dense", "path": "2_Dense"})
    (folder / "modules.json").write_text(json.dumps(steps), encoding="utf-8")
    assert "found Transformer, Pooling, Dense, Normalize." in fault_of(folder)


@pytest.mark.parametrize(
    ("config", "found"),
    [
        ({"pooling_mode_mean_tokens": False, "pooling_mode_max_tokens": True}, "pooling_mode_max_tokens"),
        ({"pooling_mode_cls_token": True}, "cls and mean"),
        ({"pooling_mode_mean_tokens": False, "pooling_mode": "lasttoken"}, "lasttoken"),
    ],
)
def test_a_pooling_that_is_not_known(folder, config, found):
    change(folder / "1_Pooling/config.json", **config)
    assert f"found {found}." in fault_of(folder)


def test_pooling_as_newer_models_name_it(folder):
    (folder / "1_Pooling/config.json").write_text('{"pooling_mode": "cls"}', encoding="utf-8")
    assert folder_to_settings(folder).pooling == "cls"


def test_a_model_without_steps_has_the_mean(folder):
    (folder / "modules.json").unlink()
    shutil.rmtree(folder / "1_Pooling")
    assert folder_to_settings(folder).pooling == "mean"


def test_an_architecture_that_is_not_known(folder):
    change(folder / "config.json", model_type="t5")
    found = fault_of(folder)
    assert 'expected bert or mpnet, or the model as onnx/model.onnx; found "t5"' in found


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        (
            lambda weights: {**weights, "embeddings.LayerNorm.bias": np.zeros(3, dtype=np.float32)},
            "the weight embeddings.LayerNorm.bias; expected 8; found 3.",
        ),
        (
            lambda weights: {
                name: values[:, :4] if name.endswith("query.weight") else values
                for name, values in weights.items()
            },
            "attention.self.query.weight (and 1 more); expected 8 by 8; found 8 by 4.",
        ),
        (
            lambda weights: {
                name: values[:7] if "position" in name else values for name, values in weights.items()
            },
            "embeddings.position_embeddings.weight; expected at least 8 by 8; found 7 by 8.",
        ),
        (
            lambda weights: {**weights, "embeddings.LayerNorm.bias": np.array(1, dtype=np.float32)},
            "expected 8; found a single number.",
        ),
        (
            lambda weights: {name: values for name, values in weights.items() if "token_type" not in name},
            "missing: the weight embeddings.token_type_embeddings.weight;",
        ),
        (
            lambda weights: {name: values.astype(np.int32) for name, values in weights.items()},
            "expected F32, F16 or F64; found I32. Get the model in float32",
        ),
        (
            lambda weights: {name: values * np.float32(np.nan) for name, values in weights.items()},
            "embeddings.word_embeddings.weight (and 36 more); expected numbers; found NaN or infinity.",
        ),
        (
            lambda weights: {name: values * np.float64(1e300) for name, values in weights.items()},
            "expected numbers; found NaN or infinity.",
        ),
        (
            lambda weights: {
                name: values[:4] if "word_emb" in name else values for name, values in weights.items()
            },
            "the sentence encoder cannot be run; expected a tokenizer and weights that fit together; "
            "found a token without a vector.",
        ),
        (
            lambda weights: {name: values * np.float32(1e30) for name, values in weights.items()},
            "the sentence encoder cannot be run; expected a tokenizer and weights that fit together; "
            "found numbers that are too large.",
        ),
        (lambda _: {}, "missing: the weight embeddings.word_embeddings.weight (and 4 more);"),
    ],
)
def test_weights_that_do_not_fit(folder, damage, found):
    save_file(damage(load_file(folder / "model.safetensors")), folder / "model.safetensors")
    assert found in fault_of(folder)


def test_weights_of_a_type_that_numpy_does_not_have(folder):
    # Two bytes for a number: BF16 in place of F16.
    weights = {name: values.astype(np.float16) for name, values in architecture_to_weights("bert").items()}
    save_file(weights, folder / "model.safetensors")
    data = (folder / "model.safetensors").read_bytes().replace(b'"F16"', b'"BF16"')
    length = int.from_bytes(data[:8], "little") + len(weights)
    (folder / "model.safetensors").write_bytes(length.to_bytes(8, "little") + data[8:])
    assert "expected F32, F16 or F64; found BF16. Get the model in float32" in fault_of(folder)


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json"])
@pytest.mark.parametrize("content", [b"", b"\x00" * 64, b"{}", b"\xff" * 16])
def test_damaged_weights_or_tokenizer(folder, name, content):
    (folder / name).write_bytes(content)
    assert "the sentence encoder cannot be run" in fault_of(folder)


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("model_type", ["bert"], "expected a text; found a list."),
        ("model_type", {}, "expected a text; found an object."),
        ("model_type", None, "expected a text; found nothing."),
        ("model_type", "z" * 5000, f'found "{"z" * 78}….'),
        ("hidden_act", "relu", 'expected "gelu"; found "relu".'),
        ("hidden_act", ["gelu"], 'expected "gelu"; found a list.'),
        ("position_embedding_type", "relative_key", 'expected "absolute"; found "relative_key".'),
        ("num_hidden_layers", "2", 'expected a whole number from 1 on; found "2".'),
        ("num_hidden_layers", True, "expected a whole number from 1 on; found true."),
        ("num_hidden_layers", 2.0, "expected a whole number from 1 on; found 2.0."),
        ("num_hidden_layers", 0, "expected a whole number from 1 on; found 0."),
        ("num_hidden_layers", 1, "expected 2, as the weights have so many layers; found 1."),
        ("num_hidden_layers", 10**12, "expected 2, as the weights have so many layers; found 1000000000000."),
        ("num_attention_heads", 0, "expected a whole number from 1 on; found 0."),
        ("num_attention_heads", -2, "expected a whole number from 1 on; found -2."),
        ("num_attention_heads", 3, "expected a divisor of 8, the size of a vector; found 3."),
        ("layer_norm_eps", None, "expected a number above 0, at most 0.001; found nothing."),
        ("layer_norm_eps", "1e-5", 'expected a number above 0, at most 0.001; found "1e-5".'),
        ("layer_norm_eps", 0, "expected a number above 0, at most 0.001; found 0."),
        ("layer_norm_eps", 0.0011, "expected a number above 0, at most 0.001; found 0.0011."),
        ("layer_norm_eps", float("nan"), "expected a number above 0, at most 0.001; found NaN."),
        ("layer_norm_eps", True, "expected a number above 0, at most 0.001; found true."),
        ("hidden_size", 0, "expected a whole number from 1 on; found 0."),
    ],
)
def test_settings_of_the_transformer_that_are_refused(folder, name, value, found):
    change(folder / "config.json", **{name: value})
    fault = fault_of(folder)
    assert fault.startswith(f"{(folder / 'config.json').as_posix()}: {name} is not one that can be used;")
    assert found in fault


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (30, "expected 32, as the weights have so many; found 30."),
        (3, "expected a whole number from 4 to 511; found 3."),
        (512, "expected a whole number from 4 to 511; found 512."),
        (None, "expected a whole number from 4 to 511; found nothing."),
    ],
)
def test_buckets_of_distances_that_are_refused(tmp_path, value, found):
    folder = write_encoder(tmp_path / "mpnet", "mpnet")
    change(folder / "config.json", relative_attention_num_buckets=value)
    assert found in fault_of(folder)


def test_the_size_of_the_settings_is_that_of_the_weights(folder):
    change(folder / "config.json", hidden_size=16)
    assert (
        "the weight embeddings.word_embeddings.weight (and 34 more); expected at least 1 by 16"
        in fault_of(folder)
    )


def test_settings_of_a_model_in_onnx_are_those_of_any_architecture(tmp_path):
    write_settings(tmp_path, "roberta")
    change(tmp_path / "config.json", hidden_act="relu", num_hidden_layers=None)
    write_onnx(tmp_path / ONNX_FILE)
    assert folder_to_encoder(tmp_path).texts_to_vectors(TEXTS).shape == (3, SIZE)


def test_all_faults_of_the_settings_at_once(folder):
    change(folder / "config.json", hidden_act="relu", layer_norm_eps=1)
    change(folder / "1_Pooling/config.json", pooling_mode_mean_tokens=1)
    change(folder / "sentence_bert_config.json", max_seq_length=7)
    (folder / "config_sentence_transformers.json").write_text('{"default_prompt_name": []}', encoding="utf-8")
    keys = ("hidden_act", "layer_norm_eps", "pooling_mode_mean_tokens", "max_seq_length", "prompts")
    faults = fault_of(folder).splitlines()
    assert len(faults) == 5
    assert all(f"json: {key} is not one" in fault for key, fault in zip(keys, faults, strict=True))


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ([], "no step"),
        (["Transformer", "Pooling"], "no name, no name"),
        ([{"type": "a.Pooling"}, {"type": "a.Transformer"}], "Pooling, Transformer"),
        ([{"type": "a.Transformer"}, {"type": ["a.Pooling"]}], "Transformer, no name"),
        (
            [{"type": "a.Transformer"}, {"type": "a.Pooling"}, {"type": "a.Pooling"}],
            "Transformer, Pooling, Pooling",
        ),
        ([{"type": "z" * 5000}], "z" * 79 + "…"),
    ],
)
def test_steps_that_are_refused(folder, steps, found):
    (folder / "modules.json").write_text(json.dumps(steps), encoding="utf-8")
    assert f"found {found}." in fault_of(folder)


@pytest.mark.parametrize(
    "name", [None, "", ".", "..", "../outside", "/etc", "a/b", "a\\b", 5, ["1_Pooling"], "z" * 81]
)
def test_a_folder_of_the_pooling_that_is_refused(folder, name):
    change_pooling(folder, name)
    assert "modules.json: path is not one that can be used" in fault_of(folder)


def test_the_pooling_is_in_the_folder_that_the_steps_name(folder):
    change_pooling(folder, "9_Pooling")
    assert "a file of the sentence encoder is missing; expected 9_Pooling/config.json." in fault_of(folder)
    (folder / "9_Pooling").mkdir()
    (folder / "9_Pooling" / "config.json").write_text('{"pooling_mode": "cls"}', encoding="utf-8")
    assert folder_to_settings(folder).pooling == "cls"
    assert "9_Pooling/config.json" in dict(folder_to_encoder(folder).files)


def change_pooling(folder: Path, name: object) -> None:
    steps = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    steps[1]["path"] = name
    (folder / "modules.json").write_text(json.dumps(steps), encoding="utf-8")


@pytest.mark.parametrize(
    ("config", "found"),
    [
        ({}, "expected either mean or cls; found none."),
        (
            {"pooling_mode_cls_token": "true"},
            "pooling_mode_cls_token is not one that can be used; expected true or",
        ),
        ({"pooling_mode": ["mean"]}, 'expected "mean" or "cls"; found a list.'),
        ({"pooling_mode": "MEAN"}, "found MEAN."),
        ({"pooling_mode": "mean", "include_prompt": False}, "include_prompt is not one that can be used;"),
        ({"pooling_mode": "mean", "pooling_mode_cls_token": True}, "found cls and mean."),
    ],
)
def test_pooling_that_is_refused(folder, config, found):
    (folder / "1_Pooling/config.json").write_text(json.dumps(config), encoding="utf-8")
    assert found in fault_of(folder)


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        ({"default_prompt_name": ["a"], "prompts": {"a": "b"}}, "the name of one of prompts; found a list."),
        ({"default_prompt_name": {}, "prompts": {"a": "b"}}, "the name of one of prompts; found an object."),
        ({"default_prompt_name": "z", "prompts": {"a": "b"}}, 'the name of one of prompts; found "z".'),
        ({"default_prompt_name": "a", "prompts": ["a"]}, "prompts is not one that can be used;"),
        ({"default_prompt_name": "a", "prompts": {"a": 5}}, "at most 200 characters; found 5."),
        ({"default_prompt_name": "a", "prompts": {"a": "b" * 201}}, f'200 characters; found "{"b" * 78}….'),
        ({"default_prompt_name": "a", "prompts": {"a": "\ud800"}}, "a text in UTF-8 of at most 200"),
    ],
)
def test_prompts_that_are_refused(folder, settings, found):
    (folder / "config_sentence_transformers.json").write_text(json.dumps(settings), encoding="utf-8")
    assert found in fault_of(folder)


@pytest.mark.parametrize(
    "settings",
    [{}, {"prompts": []}, {"default_prompt_name": None, "prompts": {"a": 5}}],
)
def test_no_prompt(folder, settings):
    (folder / "config_sentence_transformers.json").write_text(json.dumps(settings), encoding="utf-8")
    assert folder_to_settings(folder).prompt == ""


def test_a_prompt_of_200_characters(folder):
    settings = {"default_prompt_name": "a", "prompts": {"a": "b" * 200}}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(settings), encoding="utf-8")
    assert folder_to_settings(folder).prompt == "b" * 200


@pytest.mark.parametrize("name", ["", " "])
def test_no_folder_is_named(name):
    with pytest.raises(InvalidInput, match="no folder is named; expected the folder of a sentence encoder"):
        folder_to_encoder(name)


@pytest.mark.parametrize("name", ["z" * 5000, "z/" * 5000])
def test_the_name_of_a_folder_is_shortened(name):
    with pytest.raises(CurriculumError) as caught:
        folder_to_encoder(name)
    assert len(str(caught.value)) < 400


def test_a_file_that_cannot_be_read(folder, monkeypatch):
    # A file without permission cannot be made by an administrator.
    real = os.open

    def refuse(path, *rest, **named):
        if Path(path).name == "tokenizer.json":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *rest, **named)

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(NotFound, match=r"tiny/tokenizer.json: cannot be read; .* found permission denied"):
        folder_to_encoder(folder)


def test_a_folder_that_cannot_be_read(folder, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "is_file", refuse)
    with pytest.raises(UnreadableFile, match=r"tiny: the folder cannot be read; .* found permission denied"):
        folder_to_encoder(folder)


def test_a_link_to_a_file_that_is_not_there(folder):
    (folder / "modules.json").unlink()
    (folder / "modules.json").symlink_to("none.json")
    assert "modules.json: cannot be read" in fault_of(folder)


def test_all_texts_have_the_same_vector(folder):
    weights = architecture_to_weights("bert")
    last = "encoder.layer.1.output.LayerNorm.weight"
    save_file({**weights, last: weights[last] * 0}, folder / "model.safetensors")
    assert "found all texts have the same vector." in fault_of(folder)
    save_file({name: values * 0 for name, values in weights.items()}, folder / "model.safetensors")
    assert "found all texts have the same vector." in fault_of(folder)


def test_vectors_of_different_sizes(folder, monkeypatch):
    # From ten tokens on, a vector has another size.
    def run(tokens):
        return np.array([[number, 1.0] + [0.0] * (len(tokens) > 9) for number in tokens], dtype=np.float32)

    monkeypatch.setattr(sentence_encoder, "_weights_to_run", lambda *_: (run, 16))
    encoder = folder_to_encoder(folder)
    assert encoder.texts_to_vectors(["plan", "the work"]).shape == (2, 2)
    with pytest.raises(InvalidInput, match="expected vectors of one size; found a size of 3 beside 2"):
        encoder.texts_to_vectors(["plan", "plan " * 9])


def test_a_text_without_tokens_has_no_vector(folder):
    tokenizer = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    (folder / "tokenizer.json").write_text(
        json.dumps({**tokenizer, "post_processor": None}), encoding="utf-8"
    )
    vectors = folder_to_encoder(folder).texts_to_vectors([" ", "plan"])
    assert vectors.shape == (2, SIZE)
    assert vectors[0].tolist() == [0.0] * SIZE


def test_a_word_without_a_vector(folder):
    # The tokenizer knows more words than the weights.
    weights = load_file(folder / "model.safetensors")
    name = "embeddings.word_embeddings.weight"
    save_file({**weights, name: weights[name][:-1]}, folder / "model.safetensors")
    encoder = folder_to_encoder(folder)
    encoder.texts_to_vectors(["plan"])
    with pytest.raises(InvalidInput, match="the sentence encoder cannot be run"):
        encoder.texts_to_vectors(["budget"])


def test_a_package_that_is_not_installed(folder, monkeypatch):
    monkeypatch.setattr(sentence_encoder, "find_spec", lambda name: None if name == "safetensors" else name)
    assert "expected safetensors. Install it with:" in fault_of(folder)


# --- ONNX ---------------------------------------------------------------------------------------------------


def test_a_model_in_onnx(tmp_path):
    write_settings(tmp_path, "roberta")
    write_onnx(tmp_path / ONNX_FILE)
    table = architecture_to_weights("bert")["embeddings.word_embeddings.weight"]
    expected = table[[1, WORDS.index("plan"), WORDS.index("work"), 2]].mean(axis=0)
    assert np.allclose(folder_to_encoder(tmp_path).texts_to_vectors(["plan work"])[0], expected)


def test_a_model_in_onnx_with_other_inputs(tmp_path):
    write_settings(tmp_path, "roberta")
    write_onnx(tmp_path / ONNX_FILE, ("pixels", "input_ids"))
    assert "found the inputs pixels, input_ids" in fault_of(tmp_path)


@pytest.mark.parametrize(
    ("steps", "shape", "found"),
    [
        (["Gather"], ["texts", "tokens"], "0 outputs of vectors for tokens."),
        (["Gather", "Transpose"], [None] * 3, "1 by 9 by the size; found float32, 9 by 1 by 8."),
        (["Gather", "Sub"], [None] * 3, "found all texts have the same vector."),
        (
            ["Gather", "RandomNormalLike"],
            [None] * 3,
            "expected one vector for one text; found another one each",
        ),
        (["Gather", "Log"], [None] * 3, "expected vectors of numbers; found values that are not numbers."),
    ],
)
def test_a_model_in_onnx_with_other_vectors(tmp_path, steps, shape, found):
    write_settings(tmp_path, "roberta")
    write_onnx(tmp_path / ONNX_FILE, ("input_ids",), steps, shape)
    assert found in fault_of(tmp_path)


def test_a_model_in_onnx_without_tokens(tmp_path):
    write_settings(tmp_path, "roberta")
    write_onnx(tmp_path / ONNX_FILE, ("attention_mask",))
    assert "found the inputs attention_mask, and 1 outputs" in fault_of(tmp_path)


def test_the_cause_is_not_cut_off_by_a_long_path(tmp_path):
    pytest.importorskip("onnxruntime")
    folder = tmp_path / ("z" * 200)
    write_settings(folder, "roberta")
    (folder / "onnx").mkdir()
    (folder / "onnx" / "model.onnx").write_bytes(b"\x00 no model")
    assert "found Load model from model.onnx failed:Protobuf parsing failed." in fault_of(folder)


def test_onnxruntime_is_not_installed(tmp_path, monkeypatch):
    write_settings(tmp_path, "roberta")
    (tmp_path / "onnx").mkdir()
    (tmp_path / "onnx" / "model.onnx").write_bytes(b"")
    monkeypatch.setattr(sentence_encoder, "find_spec", lambda name: None if name == "onnxruntime" else name)
    assert "expected onnxruntime. Install it with:" in fault_of(tmp_path)


def test_a_damaged_model_in_onnx(tmp_path):
    pytest.importorskip("onnxruntime")
    write_settings(tmp_path, "roberta")
    (tmp_path / "onnx").mkdir()
    (tmp_path / "onnx" / "model.onnx").write_bytes(b"\x00 no model")
    assert "the sentence encoder cannot be run" in fault_of(tmp_path)


# --- The scorer ---------------------------------------------------------------------------------------------


def test_scores_are_cosines_without_the_mean_of_each_document(folder):
    scorer = encoder_to_scorer(folder_to_encoder(folder))
    scores = scorer.scorer(TEXTS, [*TEXTS, ""])
    assert scores.shape == (3, 4)
    assert scores[:, 3].tolist() == [0.0, 0.0, 0.0]
    assert np.array_equal(scores, scores.round(3))
    assert abs(scores).max() <= 1
    assert np.diag(scorer.scorer(TEXTS, TEXTS)).tolist() == [1.0, 1.0, 1.0]
    assert scorer.scorer([], TEXTS).shape == (0, 3)


def test_editorial_marks_do_not_count(folder):
    scorer = encoder_to_scorer(folder_to_encoder(folder))
    assert np.array_equal(scorer.scorer(["Plan, the WORK."], TEXTS), scorer.scorer(["plan the work"], TEXTS))


def test_a_scorer_can_be_pickled(folder):
    scorer = encoder_to_scorer(folder_to_encoder(folder))
    again = pickle.loads(pickle.dumps(scorer))
    assert np.array_equal(again.scorer(TEXTS, TEXTS), scorer.scorer(TEXTS, TEXTS))


def test_an_encoder_has_a_fit_of_its_own():
    fit = scorers_to_fit(["characters", "meaning", ENCODER])
    assert fit == FITS["encoder"] != FITS["default"]
    assert scorers_to_fit(["characters", ENCODER]) == FITS["encoder without vectors"]
