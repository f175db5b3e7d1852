"""What those who came thought of an event, without anybody knowing who thought what.

`answering.give` takes what somebody filled in, `results.of` says what is shown of it.
"""
