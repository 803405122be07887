"""What things cost: rates, usages, bills, scenarios and token counts. Pure; nothing here reads a file or a clock."""
