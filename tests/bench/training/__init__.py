"""Makes the models of ``checker/data/models`` from the labelled material."""
