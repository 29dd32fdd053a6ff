"""A TensorFlow Lite model in the form of YAMNet that knows two sounds by how high the samples lie.

It takes 15,600 samples and gives 521 probabilities: laughter where the samples' mean lies well above 0, applause where
it lies well below; all other classes stay near 0.
"""

from __future__ import annotations

from pathlib import Path

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema

from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.model_kind import ModelKind

LAUGHTER, APPLAUSE = 13, 62
_SAMPLES, _CLASSES = 15_600, 521


def write_tiny_yamnet(path: Path, samples: int = _SAMPLES, classes: int = _CLASSES) -> Path:
    """Write the model; with other sizes it is another network."""
    weights = np.zeros((classes, 1), np.float32)
    bias = np.full(classes, -10, np.float32)
    for number, sign in ((LAUGHTER, 1), (APPLAUSE, -1)):
        weights[number % classes] = sign * 50
    model = schema.ModelT()
    model.version = 3
    model.buffers = [_buffer(None), _buffer(np.array([1], np.int32)), _buffer(weights), _buffer(bias)]
    operators = schema.BuiltinOperator
    model.operatorCodes = [_code(each) for each in (operators.MEAN, operators.FULLY_CONNECTED, operators.LOGISTIC)]
    graph = schema.SubGraphT()
    graph.tensors = [
        _tensor("samples", [1, samples], 0),
        _tensor("axis", [1], 1),
        _tensor("mean", [1, 1], 0),
        _tensor("weights", [classes, 1], 2),
        _tensor("bias", [classes], 3),
        _tensor("odds", [1, classes], 0),
        _tensor("scores", [1, classes], 0),
    ]
    graph.tensors[1].type = schema.TensorType.INT32
    options = schema.BuiltinOptions
    mean = _operator(0, [0, 1], 2, options.ReducerOptions, schema.ReducerOptionsT())
    mean.builtinOptions.keepDims = True
    connected = _operator(1, [2, 3, 4], 5, options.FullyConnectedOptions, schema.FullyConnectedOptionsT())
    graph.operators = [mean, connected, _operator(2, [5], 6, options.NONE, None)]
    graph.inputs, graph.outputs = [0], [6]
    model.subgraphs = [graph]
    builder = flatbuffers.Builder(16_384)
    builder.Finish(model.Pack(builder), b"TFL3")
    path.write_bytes(bytes(builder.Output()))
    return path


def tiny_yamnet(path: Path) -> Model:
    """The model as the shelf would give it."""
    size = write_tiny_yamnet(path).stat().st_size
    return Model("tiny-yamnet", ModelKind.SOUNDS, path, size, "")


def _buffer(values: np.ndarray | None) -> schema.BufferT:
    buffer = schema.BufferT()
    if values is not None:
        buffer.data = np.frombuffer(values.tobytes(), np.uint8)
    return buffer


def _code(operator: int) -> schema.OperatorCodeT:
    code = schema.OperatorCodeT()
    code.builtinCode = code.deprecatedBuiltinCode = operator
    code.version = 1
    return code


def _operator(code: int, inputs: list[int], output: int, kind: int, options: object) -> schema.OperatorT:
    operator = schema.OperatorT()
    operator.opcodeIndex, operator.inputs, operator.outputs = code, inputs, [output]
    operator.builtinOptionsType, operator.builtinOptions = kind, options
    return operator


def _tensor(name: str, shape: list[int], buffer: int) -> schema.TensorT:
    tensor = schema.TensorT()
    tensor.name, tensor.shape, tensor.buffer = name, shape, buffer
    tensor.type = schema.TensorType.FLOAT32
    return tensor
