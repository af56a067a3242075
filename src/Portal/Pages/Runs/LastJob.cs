using JobServer.Data.Blobs;

namespace JobServer.Portal.Pages.Runs;

/// <summary>What became of an action when it was run last.</summary>
/// <param name="Action">Its name.</param>
/// <param name="Job">Null when it was never run.</param>
/// <param name="Address">Of the workspace.</param>
/// <param name="NamesBackend">Says where it ran.</param>
internal sealed record LastJob(string Action, JobLine? Job, RunAddress Address, bool NamesBackend)
{
    private const int IdLength = 16;

    /// <summary>Drawn for an open page, where it takes the place of the one that is there.</summary>
    public bool IsAlone { get; init; }

    /// <summary>Of its element. Names of actions are a study's own words, and no identifiers.</summary>
    public string Id => $"last-{Digests.OfText(Action)[..IdLength]}";
}
