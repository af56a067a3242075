namespace JobServer.Chaos.Tests.History;

/// <summary>A promise that was not kept, and by which job where it is about one.</summary>
internal sealed record Violation(string Check, string Text, string? JobId = null);
