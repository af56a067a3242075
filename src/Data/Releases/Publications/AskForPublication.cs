namespace JobServer.Data.Releases.Publications;

/// <summary>What a researcher asks to be shown to everybody: the latest files that are not deleted, but for those left out.</summary>
/// <param name="WorkspaceId">Whose files.</param>
/// <param name="PersonId">Who asks.</param>
/// <param name="Title">What the public reads above them.</param>
/// <param name="Reason">For the Output Publisher.</param>
/// <param name="LeftOut">Ids of released files that stay private.</param>
/// <param name="Seen">The <see cref="LatestFiles.Fingerprint"/> of the files that the person saw.</param>
public sealed record AskForPublication(int WorkspaceId, int PersonId, string Title, string Reason, IReadOnlySet<string> LeftOut, string Seen);
