using JobServer.Data.Blobs;

namespace JobServer.Data.Jobs;

/// <summary>An action whose code is not the study's own, as its tag stood at submit.</summary>
public sealed record ReusableAction
{
    /// <summary>The address of the repository that has the code.</summary>
    public required string Repository { get; init; }

    public required string Commit { get; init; }

    /// <summary>The snapshot of that commit, already in the blob store.</summary>
    public required StoredBlob Source { get; init; }

    /// <summary>The image that the action's own file names.</summary>
    public required string Image { get; init; }

    public required string ImageVersion { get; init; }

    /// <summary>The words after the image in the action's own file; the study's words follow them.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }
}
