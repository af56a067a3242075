using JobServer.Domain.Pipelines;

namespace JobServer.Portal.Studies;

/// <summary>Actions whose code is in a repository of its own: section <c>Portal:ReusableActions</c>.</summary>
public sealed class ReusableActionOptions
{
    public const string Section = "Portal:ReusableActions";

    private static readonly string[] MediciaImages = ["cohortextractor", "cohortextractor-v2", "databuilder", "stata-mp", "r", "jupyter", "python"];
    private static readonly string[] OpensafelyImages = ["ehrql", "stata-mp", "r", "jupyter", "python", "sqlrunner"];

    /// <summary>While false, what is no image of the site is refused by the backend.</summary>
    public bool Enabled { get; set; }

    /// <summary>The organisation that has them; <c>name:tag</c> in project.yaml is its repository <c>name</c> at that tag.</summary>
    public string BaseAddress { get; set; } = "https://github.com/opensafely-actions";

    /// <summary>A tag may be used once its commit is on this branch.</summary>
    public string MainBranch { get; set; } = "main";

    /// <summary>Names that are images and no reusable actions; empty takes those of the dialect.</summary>
    public IList<string> Images { get; } = [];

    public IReadOnlySet<string> ImagesOf(PipelineDialect dialect) => (Images.Count > 0
        ? Images
        : dialect == PipelineDialect.Medicia ? MediciaImages : OpensafelyImages).ToHashSet(StringComparer.Ordinal);
}
