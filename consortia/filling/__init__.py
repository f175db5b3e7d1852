"""The parts of a proposal are filled by several people at once: `writing.write`, `sending.send`; no version is lost."""
