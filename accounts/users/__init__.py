"""Who has an account, which addresses they proved to hold, on whose behalf the running code writes, and the door for
mail to them.
"""
