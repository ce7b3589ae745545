"""The array types that pass between the packages of the core."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Scores = NDArray[np.floating]
Codes = NDArray[np.integer]
Bytes = NDArray[np.uint8]
Flags = NDArray[np.bool_]
