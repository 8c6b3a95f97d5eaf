"""Read and write files: encodings, CSV, zip packages, and atomic writes."""
