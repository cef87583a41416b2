"""The spiders: one small file a province, on the base class of `spiders.province`."""
