"""An organisation asks another one to be introduced, for a call: `asking.ask`, then `answering.accept` or `decline`."""
