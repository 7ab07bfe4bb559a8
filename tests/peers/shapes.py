"""The convolutions that are measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Shape:
    """A convolution with a square kernel; stride, pads, dilation on both axes."""

    name: str
    n: int
    c_in: int
    h: int
    w: int
    c_out: int
    kernel: int
    stride: int = 1
    pad: int = 0
    dilation: int = 1
    groups: int = 1

    @property
    def out_h(self) -> int:
        """Rows of the output."""
        return self._extent(self.h)

    @property
    def out_w(self) -> int:
        """Columns of the output."""
        return self._extent(self.w)

    def _extent(self, size: int) -> int:
        reach = self.dilation * (self.kernel - 1) + 1
        return (size + 2 * self.pad - reach) // self.stride + 1

    @property
    def input(self) -> tuple[int, int, int, int]:
        """Extents of x."""
        return self.n, self.c_in, self.h, self.w

    @property
    def weights(self) -> tuple[int, int, int, int]:
        """Extents of the weights."""
        return self.c_out, self.c_in // self.groups, self.kernel, self.kernel

    @property
    def output(self) -> tuple[int, int, int, int]:
        """Extents of y."""
        return self.n, self.c_out, self.out_h, self.out_w

    @property
    def flop(self) -> int:
        """Multiplications and additions, those on padding included."""
        _, depth, kh, kw = self.weights
        n, c_out, out_h, out_w = self.output
        return 2 * n * c_out * out_h * out_w * depth * kh * kw

    def describe(self) -> str:
        """All of it in one line."""
        text = (
            f"{self.n}x{self.c_in}x{self.h}x{self.w} to {self.c_out}, "
            f"{self.kernel}x{self.kernel}, stride {self.stride}, pad {self.pad}"
        )
        if self.dilation > 1:
            text += f", dilation {self.dilation}"
        return text + (f", {self.groups} groups" if self.groups > 1 else "")


# The workload of `make bench`.
BENCH = (
    Shape("GEMM", 1, 32, 64, 64, 64, 3, pad=1),
    Shape("Deep", 1, 64, 32, 32, 128, 3, pad=1),
    Shape("Strided", 1, 16, 64, 64, 32, 3, stride=2, pad=1),
)

# Layers of well-known networks, and one shape that fits no vector.
LAYERS = (
    Shape("resnet50 conv1", 1, 3, 224, 224, 64, 7, stride=2, pad=3),
    Shape("resnet50 l1 3x3", 1, 64, 56, 56, 64, 3, pad=1),
    Shape("resnet50 l1 expand", 1, 64, 56, 56, 256, 1),
    Shape("resnet50 l3 3x3", 1, 256, 14, 14, 256, 3, pad=1),
    Shape("resnet50 l4 3x3", 1, 512, 7, 7, 512, 3, pad=1),
    Shape("resnet50 downsample", 1, 256, 56, 56, 512, 1, stride=2),
    Shape("mobilenet depthwise", 1, 96, 56, 56, 96, 3, pad=1, groups=96),
    Shape("mobilenet pointwise", 1, 960, 7, 7, 320, 1),
    Shape("effnet depthwise", 1, 144, 48, 128, 144, 5, stride=2, pad=2, groups=144),
    Shape("birdnet stem", 1, 2, 96, 511, 32, 3, stride=2, pad=1),
    Shape("deeplab dilated", 1, 128, 28, 28, 128, 3, pad=4, dilation=4),
    Shape("resnext grouped", 1, 128, 56, 56, 128, 3, pad=1, groups=32),
    Shape("odd", 2, 13, 37, 53, 19, 5, pad=2),
)

BY_NAME = {shape.name: shape for shape in BENCH + LAYERS}
