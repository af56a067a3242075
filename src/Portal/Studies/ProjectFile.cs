using JobServer.Domain.Pipelines;
using JobServer.Portal.CodeHosts;

namespace JobServer.Portal.Studies;

/// <summary>A project.yaml as it is at one commit, valid or not.</summary>
public sealed record ProjectFile
{
    public required CodePlace Place { get; init; }

    public required CodeCommit Commit { get; init; }

    /// <summary>Where the branch stood when the file was read.</summary>
    public required CodeCommit Head { get; init; }

    public required string Text { get; init; }

    /// <summary>The rules that it was held to.</summary>
    public required PipelineDialect Dialect { get; init; }

    public required PipelineReading Reading { get; init; }
}
