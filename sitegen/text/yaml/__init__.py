"""YAML: read with positions, turned into typed records, and edited without a change to anything else."""
