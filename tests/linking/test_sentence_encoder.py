"""A sentence encoder of the user: read, refused with a clear message, cached, and one more scorer."""

import json
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
    save_file({**weights, name: weights[name][:6]}, folder / "model.safetensors")
    vectors = folder_to_encoder(folder).texts_to_vectors(["plan " * 4, "plan " * 9])
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
    assert "expected Transformer, Pooling, Normalize; found Dense" in fault_of(folder)


@pytest.mark.parametrize(
    ("config", "found"),
    [
        ({"pooling_mode_mean_tokens": False, "pooling_mode_max_tokens": True}, "pooling_mode_max_tokens"),
        ({"pooling_mode_cls_token": True}, "cls+mean"),
        ({"pooling_mode": "lasttoken"}, "lasttoken"),
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
    assert "expected bert or mpnet, or the model as onnx/model.onnx; found t5" in found


@pytest.mark.parametrize(
    "damage",
    [
        lambda weights: {name: values for name, values in weights.items() if "layer.1" not in name},
        lambda weights: {**weights, "embeddings.LayerNorm.bias": np.zeros(3, dtype=np.float32)},
        lambda weights: {
            name: values[:4] if "word_emb" in name else values for name, values in weights.items()
        },
        lambda weights: {name: values * np.float32(np.nan) for name, values in weights.items()},
        lambda weights: {name: values.astype(np.int32) for name, values in weights.items()},
        lambda _: {},
    ],
)
def test_weights_that_do_not_fit(folder, damage):
    save_file(damage(load_file(folder / "model.safetensors")), folder / "model.safetensors")
    assert "the sentence encoder cannot be run" in fault_of(folder)


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json"])
@pytest.mark.parametrize("content", [b"", b"\x00" * 64, b"{}", b"\xff" * 16])
def test_damaged_weights_or_tokenizer(folder, name, content):
    (folder / name).write_bytes(content)
    assert "the sentence encoder cannot be run" in fault_of(folder)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("num_hidden_layers", "x"),
        ("num_attention_heads", 0),
        ("num_attention_heads", 3),
        ("layer_norm_eps", None),
    ],
)
def test_sizes_that_are_no_sizes(folder, name, value):
    change(folder / "config.json", **{name: value})
    assert "the sentence encoder cannot be run" in fault_of(folder)


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
