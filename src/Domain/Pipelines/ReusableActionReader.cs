using JobServer.Domain.Pipelines.Drafts;
using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines;

/// <summary>Reads the action.yaml of a reusable action: a mapping whose `run` says which image runs its code.</summary>
public static class ReusableActionReader
{
    /// <summary>Every input has an answer; never throws.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="dialect">Says which commands ask the database.</param>
    /// <param name="images">The images that may run it.</param>
    public static ReusableActionReading Read(ReadOnlyMemory<byte> bytes, PipelineDialect dialect, IReadOnlySet<string> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        var problems = new ProblemList();
        var text = YamlText.Decode(bytes.Span, problems);
        var root = text is null ? null : YamlTreeReader.Read(text, problems);
        if (root is null || problems.HasErrors)
            return problems.InOrderOfFile() is [var first, ..] ? Wrong($"line {first.Line}: {first.Message}") : Wrong("it is empty");
        if (root is not YamlMap map)
            return Wrong("it is no mapping");
        if (!(map.Find("run")?.Value).IsText(out var run))
            return Wrong("it has no text named run");
        if (!ShellWords.TrySplit(run, out var words, out var error))
            return Wrong($"its run {error}");
        return words.Count == 0 ? Wrong("its run is empty") : Judge(words, dialect, images);
    }

    private static ReusableActionReading Judge(IReadOnlyList<string> words, PipelineDialect dialect, IReadOnlySet<string> images)
    {
        var colon = words[0].IndexOf(':', StringComparison.Ordinal);
        if (colon < 1 || colon == words[0].Length - 1)
            return Wrong("its run names no image with a version");
        var image = words[0][..colon];
        if (!images.Contains(image))
            return Wrong($"it runs {Quoted.Text(image)}, which is none of the site's images");
        return DatabaseActions.Includes(dialect, image, words.Count > 1 ? words[1] : null)
            ? Wrong("it asks the database, which only a study's own actions may")
            : new ReusableActionReading { Image = image, ImageVersion = words[0][(colon + 1)..], Arguments = [.. words.Skip(1)] };
    }

    private static ReusableActionReading Wrong(string error) => new() { Error = error };
}
