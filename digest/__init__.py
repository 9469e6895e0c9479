"""An annotated news digest from scraped articles.

document = digest.read(text)      # what stands in one text
digest.to_json(document)          # the object of the `read` command
"""

from digest.exchange import to_json
from digest.pipeline import read

__version__ = "0.1.0"
__all__ = ["__version__", "read", "to_json"]
