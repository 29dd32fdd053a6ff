"""What outlives a run: the database of jobs, clips and money, and the cache of previews."""
