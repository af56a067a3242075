using JobServer.Domain.Pipelines;

namespace JobServer.Cli;

/// <summary>A file as it was read: its bytes, or why it could not be.</summary>
internal sealed record ProjectFile(string Path, byte[] Bytes, string? Error)
{
    public const string DefaultName = "project.yaml";

    private const string StandardInput = "-";

    /// <summary>Reads no more than the reader accepts, whatever the file is. A folder means the project.yaml in it, "-" standard input.</summary>
    public static ProjectFile Load(string path)
    {
        if (path.Length == 0) return new ProjectFile(path, [], "A file name is empty.");
        if (Directory.Exists(path)) path = System.IO.Path.Combine(path, DefaultName);
        try
        {
            using var stream = path == StandardInput ? Console.OpenStandardInput() : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            var buffer = new byte[81920];
            int read;
            while (bytes.Length <= PipelineReader.MaxBytes && (read = stream.Read(buffer)) > 0) bytes.Write(buffer, 0, read);
            return new ProjectFile(path, bytes.ToArray(), null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new ProjectFile(path, [], "There is no such file.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return new ProjectFile(path, [], e.Message);
        }
    }
}
