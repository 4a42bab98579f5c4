"""A stranger's file becomes canonical tables, with a receipt of what was left out.

formats   bytes in any format -> rows of text
columns   what the columns stand for, their scales, the kind of table, questions, memory of shapes
kinds     one file for each kind of table
logs      order logs -> lines, orders, customers
tables    customer tables and surveys -> one typed row a customer
"""
