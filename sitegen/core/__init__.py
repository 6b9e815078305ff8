"""The words that all other parts speak: records, problems, addresses. Imports nothing of ours."""
