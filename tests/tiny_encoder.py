"""Write the folder of a tiny sentence encoder, with weights from a fixed seed."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file
from tokenizers import Tokenizer, models, pre_tokenizers, processors

from curriculum.linking.transformer import ARCHITECTURES

WORDS = (
    "[PAD]",
    "[CLS]",
    "[SEP]",
    "[UNK]",
    "plan",
    "and",
    "monitor",
    "the",
    "work",
    "of",
    "others",
    "budget",
)
SIZE, HEADS, INNER, POSITIONS, LAYERS, BUCKETS = 8, 2, 12, 40, 2, 32
CONFIG = {
    "num_hidden_layers": LAYERS,
    "num_attention_heads": HEADS,
    "layer_norm_eps": 1e-12,
    "relative_attention_num_buckets": BUCKETS,
}


def architecture_to_weights(name: str) -> dict[str, np.ndarray]:
    """Return weights for an architecture."""
    random = np.random.default_rng(7)
    architecture = ARCHITECTURES[name]

    def make(*shape: int, middle: float = 0.0, spread: float = 0.3) -> np.ndarray:
        return random.normal(middle, spread, shape).astype(np.float32)

    def make_norm(name: str) -> dict[str, np.ndarray]:
        return {f"{name}.weight": make(SIZE, middle=1.0, spread=0.1), f"{name}.bias": make(SIZE, spread=0.1)}

    weights = {
        "embeddings.word_embeddings.weight": make(len(WORDS), SIZE, spread=1.0),
        "embeddings.position_embeddings.weight": make(POSITIONS, SIZE),
        "embeddings.token_type_embeddings.weight": make(2, SIZE),
        "encoder.relative_attention_bias.weight": make(BUCKETS, HEADS),
        **make_norm("embeddings.LayerNorm"),
    }
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}."
        for part in (*architecture.attention, architecture.output):
            weights |= {f"{layer}{part}.weight": make(SIZE, SIZE), f"{layer}{part}.bias": make(SIZE)}
        for norm in (architecture.norm, "output.LayerNorm"):
            weights |= make_norm(f"{layer}{norm}")
        for part, to, of in (("intermediate.dense", INNER, SIZE), ("output.dense", SIZE, INNER)):
            weights |= {f"{layer}{part}.weight": make(to, of), f"{layer}{part}.bias": make(to)}
    return weights


def write_tokenizer(folder: Path) -> None:
    """Write a tokenizer of words that opens a text with [CLS] and closes it with [SEP]."""
    tokenizer = Tokenizer(models.WordLevel({word: at for at, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 1), ("[SEP]", 2)]
    )
    tokenizer.save(str(folder / "tokenizer.json"))


def write_settings(folder: Path, architecture: str = "bert", pooling: str = "mean_tokens") -> None:
    """Write the settings of an encoder in the layout of sentence-transformers."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "1_Pooling").mkdir(exist_ok=True)
    steps = [
        {"type": f"sentence_transformers.models.{name}", "path": path}
        for name, path in (("Transformer", ""), ("Pooling", "1_Pooling"), ("Normalize", "2_Normalize"))
    ]
    contents = {
        "config.json": {"model_type": architecture, **CONFIG},
        "modules.json": steps,
        "1_Pooling/config.json": {f"pooling_mode_{pooling}": True, "pooling_mode_max_tokens": False},
        "sentence_bert_config.json": {"max_seq_length": 16, "do_lower_case": False},
    }
    for name, content in contents.items():
        (folder / name).write_text(json.dumps(content), encoding="utf-8")
    write_tokenizer(folder)


def write_encoder(folder: Path, architecture: str = "bert", pooling: str = "mean_tokens") -> Path:
    """Write the folder of an encoder, and return it."""
    write_settings(folder, architecture, pooling)
    save_file(architecture_to_weights(architecture), folder / "model.safetensors")
    return folder


def write_onnx(
    path: Path,
    inputs: Sequence[str] = ("input_ids", "attention_mask"),
    steps: Sequence[str] = ("Gather",),
    shape: Sequence[str | int | None] = ("texts", "tokens", SIZE),
) -> None:
    """Write a model in ONNX, in which the vector of a token is a row of the table of words.

    Further steps change the vectors; the shape is that which the output is said to have.
    """
    onnx = pytest.importorskip("onnx")
    pytest.importorskip("onnxruntime")
    from onnx import TensorProto, helper, numpy_helper

    table = architecture_to_weights("bert")["embeddings.word_embeddings.weight"]
    names = ["table", *(f"after_{step}" for step in steps[:-1]), "last_hidden_state"]
    nodes = [helper.make_node("Gather", ["table", inputs[0]], names[1:2])]
    for step, given, made in zip(steps[1:], names[1:-1], names[2:], strict=True):
        more = {"perm": [1, 0, 2]} if step == "Transpose" else {}
        nodes.append(helper.make_node(step, [given] * (2 if step == "Sub" else 1), [made], **more))
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"]) for name in inputs],
        [helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, list(shape))],
        [numpy_helper.from_array(table, "table")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(model, path)
