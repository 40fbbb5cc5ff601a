"""The sentences of the product in other languages: found in the code, kept in `locale/`, compiled, and held true."""
