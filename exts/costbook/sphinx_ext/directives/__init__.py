"""Directives: tables, worked bills, charts, claims and boxes, all made of questions."""
