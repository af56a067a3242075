namespace JobServer.Portal.Releases.Tables;

/// <param name="Text">What stands there.</param>
/// <param name="Was">What stood there before; null where it is the same, or the row has no former one.</param>
internal sealed record TableDiffCell(string Text, string? Was);
