"""The series of apache-otava's own tests and examples, and what Otava finds.

    pip install apache-otava==0.8.0
    git clone https://github.com/apache/otava && cd otava     # Apache License 2.0
    python make_otava.py tests/tigerbeetle_test.py > otava.txt

Three lines a series: its name, its values, and Otava's change points with its
defaults (window 50, p 0.001), as index:percent.
"""

import runpy
import sys

from otava.analysis import compute_change_points

SERIES = {
    "analysis_test.py": [
        *(1.02, 0.95, 0.99, 1.00, 1.12, 1.00, 1.01, 0.98, 1.01, 0.96),
        *(0.50, 0.51, 0.48, 0.48, 0.55, 0.50, 0.49, 0.51, 0.50, 0.49),
    ],
    "series_test.py series1": [
        *(1.02, 0.95, 0.99, 1.00, 1.12, 0.90, 0.50, 0.51, 0.48, 0.48, 0.55),
    ],
    "series_test.py series2": [
        *(2.02, 2.03, 2.01, 2.04, 1.82, 1.85, 1.79, 1.81, 1.80, 1.76, 1.78),
    ],
    "series_test.py zeros": [
        *(0.0, 0.0, 0.0, 1.00, 1.12, 0.90, 0.50, 0.51, 0.48, 0.48, 0.55),
    ],
    "change_point_divisive_test.py": [
        *(0.3, 2.4, 1.5, -0.9, -0.5, 99.7, 98.3, 99.1),
        *(149.0, 149.7, 149.5, 149.1, 148.8, 150.0),
    ],
    "sample.csv metric1": [
        *(154023, 138455, 143112, 149190, 132098),
        *(151344, 155145, 148889, 149466, 148209),
    ],
    "sample.csv metric2": [
        *(10.43, 10.23, 10.29, 10.91, 10.34, 10.69, 9.23, 9.11, 9.13, 9.03),
    ],
    "postgresql MEM": [61160, 60160, 60960, 57123, 57980, 56950],
    "postgresql TIME_ROCKS": [59250, 58316, 59021, 54725, 54250, 54992],
    "tigerbeetle_test.py": runpy.run_path(sys.argv[1])["_get_series"](),
}

for name, values in SERIES.items():
    points, _ = compute_change_points(list(map(float, values)))
    print(name)
    print(*values)
    print(*(f"{p.index}:{p.stats.forward_change_percent():.1f}" for p in points))
