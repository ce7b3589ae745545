"""The product's settings with a defect planted, for audits that must fail: one app a defect, set up last."""
