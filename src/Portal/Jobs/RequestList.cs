namespace JobServer.Portal.Jobs;

/// <param name="Label">What screen readers call the table.</param>
/// <param name="ShowsWorkspace">False where every row is of the same workspace.</param>
internal sealed record RequestList(string Label, IReadOnlyList<RequestRow> Rows, bool ShowsWorkspace);
