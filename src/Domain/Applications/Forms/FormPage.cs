namespace JobServer.Domain.Applications.Forms;

/// <summary>One page of questions.</summary>
public sealed record FormPage
{
    /// <summary>In its address, and where its answers are kept.</summary>
    public required string Key { get; init; }

    public required string Title { get; init; }

    /// <summary>Paragraphs before the questions.</summary>
    public IReadOnlyList<string> Introduction { get; init; } = [];

    public IReadOnlyList<FieldGroup> Groups { get; init; } = [];

    /// <summary>A paragraph after the questions; empty for none.</summary>
    public string Footer { get; init; } = "";

    /// <summary>Whether a study with these answers needs the page.</summary>
    public Func<IReadOnlyDictionary<string, Answers>, bool> Applies { get; init; } = _ => true;

    public IEnumerable<FormField> Fields => Groups.SelectMany(group => group.Fields);

    /// <summary>What an application with these answers on the page lacks.</summary>
    public IReadOnlyList<FormField> MissingIn(Answers answers) => [.. Fields.Where(field => field.IsMissingIn(answers))];
}
