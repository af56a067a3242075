namespace JobServer.Cli.Tests;

/// <summary>A folder with files that is gone after the test.</summary>
internal sealed class StudyFolder : IDisposable
{
    public const string Valid = """
        version: 3
        actions:
          extract:
            run: cohortextractor:latest generate_cohort
            outputs: {highly_sensitive: {cohort: output/input.csv}}
          model:
            run: python:latest python model.py
            needs: [extract]
            config: {size: 3}
            outputs: {moderately_sensitive: {table: output/table.csv}}
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jobserver-cli-");

    public string Path => _folder.FullName;

    public string Add(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
