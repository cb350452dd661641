"""All benchmarks, one after the other: `make bench`.

Each prints ratios against a peer or a bound in the same run, since machines differ and are noisy.
`make bench` runs these; `python benchmarks/demo.py` times the demo from nothing.
"""

import calibration
import classifier
import closure
import gazetteer
import resolution
import scores
import throughput

throughput.main()
closure.main()
gazetteer.main()
scores.main()
classifier.main()
calibration.main()
resolution.main()
