"""What outlives a run: for now the cache of previews."""
