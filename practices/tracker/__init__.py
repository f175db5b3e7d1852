"""The tracker: all practices by stage and by the policy that took them up, flows between two days, what moved lately
and what has not moved for long. Every figure (`figures`) opens the list that it counts (`asked.practices`).
"""
