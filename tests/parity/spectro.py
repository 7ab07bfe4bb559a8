"""A made-up net for spectrograms, EfficientNet-like, with seeded weights.

66 convolutions over two mel spectrograms of 3 s of sound, for 6522 classes: the kind of
workload that bird-song recognisers are, and none of them. Nothing in it is trained.
"""

from __future__ import annotations

import numpy as np
import onnx
from onnx import helper, numpy_helper

INPUT = (1, 2, 96, 511)
_RATE = 48000
_FRAMES = INPUT[3]


def sound(seed: int = 7) -> np.ndarray:
    """3 s of three pulsed chirps in noise."""
    t = np.arange(3 * _RATE) / _RATE
    x = 0.05 * np.random.default_rng(seed).standard_normal(t.size)
    pulses = np.sin(2 * np.pi * 3 * t) > 0
    for first, last, level in ((900, 2600, 0.5), (3000, 7000, 0.4), (9000, 5200, 0.3)):
        phase = 2 * np.pi * (first * t + (last - first) * t * t / 6)
        x += level * np.sin(phase) * pulses
    return x / np.abs(x).max()


def spectrograms() -> np.ndarray:
    """What the net is fed: two mel front ends, low and high, each 96 x 511."""
    x = sound()
    bands = ((2048, 278, 0, 3000), (1024, 280, 500, 15000))
    return np.stack([_mel(x, *band) for band in bands])[None].astype(np.float32)


def _mel(x: np.ndarray, size: int, hop: int, low: float, high: float) -> np.ndarray:
    frames = np.stack([x[i * hop : i * hop + size] for i in range(_FRAMES)])
    power = np.abs(np.fft.rfft(frames * np.hanning(size), axis=1)) ** 2
    ends = 2595 * np.log10(1 + np.array([low, high]) / 700)
    edges = 700 * (10 ** (np.linspace(*ends, INPUT[2] + 2) / 2595) - 1)
    frequency = np.fft.rfftfreq(size, 1 / _RATE)
    rising = (frequency - edges[:-2, None]) / np.diff(edges)[:-1, None]
    falling = (edges[2:, None] - frequency) / np.diff(edges)[1:, None]
    filters = np.maximum(0, np.minimum(rising, falling))
    mel = (power @ filters.T + 1e-6).T ** 0.3
    return (mel - mel.mean()) / mel.std()


class _Net:
    """A graph under construction; operators return the name of what they make."""

    def __init__(self, seed: int):
        self.random = np.random.default_rng(seed)
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, values: np.ndarray) -> str:
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(values.astype(np.float32), name))
        return name

    def op(
        self, kind: str, *inputs: str, output: str | None = None, **attributes
    ) -> str:
        output = output or f"t{len(self.nodes)}"
        node = helper.make_node(
            kind, inputs, [output], name=f"{kind}_{output}", **attributes
        )
        self.nodes.append(node)
        return output

    def conv(
        self,
        x: str,
        channels: tuple[int, int],
        kernel: int,
        strides: tuple[int, int] = (1, 1),
        groups: int = 1,
        gain: float = 2.0,
        pads: tuple[int, int, int, int] | None = None,
    ) -> str:
        c_in, c_out = channels
        spread = np.sqrt(gain / (c_in // groups * kernel * kernel))
        shape = (c_out, c_in // groups, kernel, kernel)
        w = self.weight(self.random.standard_normal(shape) * spread)
        bias = self.weight(self.random.standard_normal(c_out) * 0.1)
        padding = {"pads": pads} if pads else {"auto_pad": "SAME_UPPER"}
        return self.op("Conv", x, w, bias, strides=strides, group=groups, **padding)

    def swish(self, x: str) -> str:
        return self.op("Mul", x, self.op("Sigmoid", x))

    def squeeze_excite(self, x: str, channels: int, squeezed: int) -> str:
        mean = self.op("GlobalAveragePool", x)
        small = self.swish(self.conv(mean, (channels, squeezed), 1))
        gate = self.op("Sigmoid", self.conv(small, (squeezed, channels), 1))
        return self.op("Mul", x, gate)

    def block(
        self, x: str, channels: tuple[int, int], grow: int, kernel: int, stride: int
    ) -> str:
        """MBConv; its first two convolutions are one where there are few channels."""
        c_in, c_out = channels
        inner = c_in * grow
        spatial = {"strides": (stride, stride)}
        if (kernel, stride) == (3, 2):
            # What SAME comes to on even sizes, written out: both spellings occur.
            spatial["pads"] = (0, 0, 1, 1)
        if c_out == 36:
            y = self.swish(self.conv(x, (c_in, inner), kernel, **spatial))
        else:
            y = self.swish(self.conv(x, (c_in, inner), 1))
            y = self.swish(
                self.conv(y, (inner, inner), kernel, groups=inner, **spatial)
            )
        y = self.squeeze_excite(y, inner, max(8, c_in // 4))
        y = self.conv(y, (inner, c_out), 1, gain=3.0)
        return self.op("Add", x, y) if c_in == c_out and stride == 1 else y

    def model(self) -> onnx.ModelProto:
        float32 = onnx.TensorProto.FLOAT
        graph = helper.make_graph(
            self.nodes,
            "spectro",
            [helper.make_tensor_value_info("spec", float32, INPUT)],
            [
                helper.make_tensor_value_info(name, float32, [1, 6522])
                for name in ("logits", "scores")
            ],
            self.weights,
        )
        opset = helper.make_opsetid("", 17)
        return helper.make_model(graph, opset_imports=[opset], ir_version=8)


def spectro(seed: int = 20) -> onnx.ModelProto:
    net = _Net(seed)
    x = net.swish(net.conv("spec", (2, 24), 3, (2, 2)))
    x = net.swish(net.conv(x, (24, 24), 3, (1, 2)))
    channels = 24
    stages = ((36, 4, 3, 2), (72, 4, 5, 3), (108, 8, 3, 4), (192, 8, 5, 4))
    for c_out, grow, kernel, blocks in stages:
        for i in range(blocks):
            stride = 1 if i else 2
            x = net.block(x, (channels, c_out), grow, kernel, stride)
            channels = c_out
    x = net.swish(net.conv(x, (channels, 1024), 1))
    x = net.op("Flatten", net.op("GlobalAveragePool", x), axis=1)
    w = net.weight(net.random.standard_normal((1024, 6522)) * 6 / np.sqrt(1024))
    bias = net.weight(net.random.standard_normal(6522) * 0.1 - 8)
    net.op("Gemm", x, w, bias, output="logits")
    net.op("Sigmoid", "logits", output="scores")
    return net.model()
