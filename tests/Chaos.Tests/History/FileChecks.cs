using System.Security.Cryptography;
using JobServer.Chaos.Tests.Processes;
using JobServer.Domain.Jobs;

namespace JobServer.Chaos.Tests.History;

/// <summary>What must hold of the files on both sides, and of what must be gone.</summary>
internal static class FileChecks
{
    public static IEnumerable<Violation> All(RunHistory history, ChaosSite site, string mark) =>
    [
        .. EveryFileEqualsItsDigest(Path.Join(site.Folder, "blobs")),
        .. EveryFileEqualsItsDigest(Path.Join(site.Folder, "site", "blobs")),
        .. EveryOutputIsStored(history, site.Folder),
        .. ActionsRanOnceInTheirDirectory(history, site.Folder),
        .. NoAttemptDirectoryIsLeft(site),
        .. NoSandboxIsLeft(mark),
    ];

    /// <summary>I13: a stored file is what its name says.</summary>
    public static IEnumerable<Violation> EveryFileEqualsItsDigest(string store) =>
        from path in Directory.Exists(store) ? Directory.EnumerateFiles(store, "*", SearchOption.AllDirectories) : []
        let name = Path.GetFileName(path)
        where Path.GetFileName(Path.GetDirectoryName(path)) == name[..2]
        let digest = DigestOf(path)
        where digest != name
        select new Violation(nameof(EveryFileEqualsItsDigest), $"{path} holds {digest}.");

    /// <summary>Rows and manifests name files that are there, with their size.</summary>
    public static IEnumerable<Violation> EveryOutputIsStored(RunHistory history, string folder)
    {
        var uploaded = history.Outputs.Where(file => file.Disposition == OutputDisposition.Uploaded)
            .Select(file => (Path: BlobPath(Path.Join(folder, "blobs"), file.Digest), file.Size, file.JobId));
        var kept = history.Manifests.SelectMany(manifest => manifest.Files.Select(
            file => (Path: BlobPath(Path.Join(folder, "site", "blobs"), file.Sha256), file.Size, manifest.JobId)));
        return from file in uploaded.Concat(kept)
               where !File.Exists(file.Path) || new FileInfo(file.Path).Length != file.Size
               select new Violation(nameof(EveryOutputIsStored), $"{file.Path} is not there with {file.Size} bytes.", file.JobId);
    }

    /// <summary>I7, by the action's own words: it wrote one line for its one start.</summary>
    public static IEnumerable<Violation> ActionsRanOnceInTheirDirectory(RunHistory history, string folder) =>
        from manifest in history.Manifests
        from file in manifest.Files
        where file.Path == $"starts-{manifest.Action}.txt"
        let path = BlobPath(Path.Join(folder, "site", "blobs"), file.Sha256)
        where File.Exists(path)
        let lines = File.ReadAllLines(path).Length
        where lines != 1
        select new Violation(nameof(ActionsRanOnceInTheirDirectory), $"{manifest.Action} under fence {manifest.Fence} began {lines} times.", manifest.JobId);

    /// <summary>Once all is acknowledged, the disk of the site is given back.</summary>
    public static IEnumerable<Violation> NoAttemptDirectoryIsLeft(ChaosSite site) =>
        from agent in site.Agents
        from directory in AttemptDirectories(site, agent)
        select new Violation(nameof(NoAttemptDirectoryIsLeft), $"{directory} is still there.", Path.GetFileName(directory).Split('-')[0]);

    /// <summary>No process of an action outlives its job.</summary>
    public static IEnumerable<Violation> NoSandboxIsLeft(string mark) =>
        from process in Sandboxes(mark)
        select new Violation(nameof(NoSandboxIsLeft), $"process {process.Id} still runs: {process.Command}");

    public static IEnumerable<string> AttemptDirectories(ChaosSite site, ProgramProcess agent) =>
        Path.Join(site.StateOf(agent), "attempts") is var folder && Directory.Exists(folder) ? Directory.EnumerateDirectories(folder) : [];

    /// <summary>Every process inside or around a sandbox of this run: its action's words hold the mark.</summary>
    public static IEnumerable<(int Id, string Command)> Sandboxes(string mark)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out var id) && CommandOf(folder) is { } command && command.Contains(mark, StringComparison.Ordinal)
                && command.Contains("act.sh", StringComparison.Ordinal))
            {
                yield return (id, command.Length > 200 ? command[..200] : command);
            }
        }
    }

    private static string? CommandOf(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Join(folder, "cmdline")).Replace('\0', ' ');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string BlobPath(string store, string digest) => Path.Join(store, digest[..2], digest);

    private static string DigestOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
