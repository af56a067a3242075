namespace JobServer.Domain.Pipelines;

/// <summary>One action of a valid project.yaml.</summary>
public sealed record PipelineAction
{
    public required string Name { get; init; }

    /// <summary>What stands before the first colon of `run`. Not checked to be an image that exists.</summary>
    public required string Image { get; init; }

    public required string ImageVersion { get; init; }

    /// <summary>The words after the image, as the container gets them; `--config` and its JSON are the last two.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>`config` as JSON, or null. It is already the last of <see cref="Arguments"/>.</summary>
    public string? ConfigJson { get; init; }

    /// <summary>`dummy_data_file`; used only when a study runs outside a site.</summary>
    public string? DummyDataFile { get; init; }

    /// <summary>In the order of the file, repeats included.</summary>
    public required IReadOnlyList<string> Needs { get; init; }

    /// <summary>Most private level first, then in the order of the file.</summary>
    public required IReadOnlyList<PipelineOutput> Outputs { get; init; }

    /// <summary>Whether the job gets the site's database address.</summary>
    public required bool UsesDatabase { get; init; }

    /// <summary>The line of the action's name, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The image and the arguments in shell quoting; splits into the same words again.</summary>
    public string RunCommand => ShellWords.Join([Image + ":" + ImageVersion, .. Arguments]);
}
