"""What recognition is done with, loaded when a picture comes by: the extra `[ocr]`, its models, one thread."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeAlias, cast

from govcrawl.model import DocumentError, ProblemKind

try:
    # In this order: OpenCV prints how to install numpy when it is not there.
    for needed in ("numpy", "PIL", "cv2", "onnxruntime"):
        import_module(needed)
except ImportError as missing:
    raise DocumentError(
        f"a picture can only be read with govcrawl[ocr] installed ({missing.name} is missing)", ProblemKind.UNREADABLE
    ) from missing

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

Image: TypeAlias = "NDArray[np.uint8]"
"""Pixels: (height, width), or (height, width, 3)."""
Floats: TypeAlias = "NDArray[np.float32]"
Integers: TypeAlias = "NDArray[np.intp]"

cv2.setNumThreads(1)


def pixels(matrix: Any) -> Image:
    """What OpenCV gives back, whose types say less than it keeps."""
    return cast("Image", matrix)


@cache
def recognition_model() -> Any:
    """The session of the model that reads a line of text, from the wheel of RapidOCR; nothing is ever downloaded.

    Raises:
        DocumentError: UNREADABLE: the wheel, or the model in it, is missing.
    """
    package = find_spec("rapidocr")
    folder = Path(package.origin).parent / "models" if package is not None and package.origin else None
    models = sorted(folder.glob("*_rec_small.onnx")) if folder is not None else []
    if not models:
        raise DocumentError(
            "a picture can only be read with govcrawl[ocr] installed (rapidocr 3.10, or its models, are missing)",
            ProblemKind.UNREADABLE,
        )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    # A pool that only grows would keep the memory of the longest line for ever, and is no faster.
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(str(models[-1]), options, providers=["CPUExecutionProvider"])
