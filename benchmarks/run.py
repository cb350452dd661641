"""All benchmarks, one after the other: `make bench`.

Each prints ratios against a peer or a bound in the same run, since machines differ and are noisy.
`make bench` runs these; `python benchmarks/demo.py` times the demo from nothing, and
`python benchmarks/memory.py --articles 100000` takes half an hour.
"""

import calibration
import classifier
import closure
import gazetteer
import memory
import resolution
import scores
import throughput

throughput.main()
memory.main()
closure.main()
gazetteer.main()
scores.main()
classifier.main()
calibration.main()
resolution.main()
