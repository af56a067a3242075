namespace JobServer.Portal.Pages.Runs;

/// <summary>What the names of a filter stand for; null where nothing is asked for.</summary>
/// <param name="Problems">Names that nothing has.</param>
internal sealed record RunNames(int? BackendId, int? WorkspaceId, int? UserId, IReadOnlyList<string> Problems);
