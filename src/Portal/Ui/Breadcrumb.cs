namespace JobServer.Portal.Ui;

/// <summary>One step of the way to a page; the last has no address.</summary>
internal sealed record Breadcrumb(string Text, string? Address = null);

