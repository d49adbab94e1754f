"""What is English about the rules: times as they are typed, a story said back, words recognised.

With `guide/playbook/en/` this is the language pack. The rest of the code holds no rule of any
language; another one brings a folder like this and one of a playbook.
"""
