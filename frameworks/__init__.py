"""What others require of the listed parent: catalogues of disclosures, and the reader of our YAML files."""
