"""Strangers' bytes as text, trees and values, within bounds: encodings, JSON, XML, HTML, mails.

Imports the standard library's and lxml's parsers, and nothing of the package but what tells losses.
"""
