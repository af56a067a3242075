using System.Text.Json;
using JobServer.Chaos.Tests.Processes;
using JobServer.Data;
using JobServer.Domain.Jobs;
using JobServer.Domain.Releases;
using JobServer.RunnerAgent.Journal;
using JobServer.RunnerAgent.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Chaos.Tests.History;

/// <summary>All that a run left behind in rows, journals and traces.</summary>
internal sealed record RunHistory
{
    public IReadOnlyList<Job> Jobs { get; init; } = [];

    /// <summary>In the order in which they were committed.</summary>
    public IReadOnlyList<JobEvent> Events { get; init; } = [];

    public IReadOnlyList<JobRequest> Requests { get; init; } = [];

    public IReadOnlyList<OutputFile> Outputs { get; init; } = [];

    public IReadOnlyList<Release> Releases { get; init; } = [];

    /// <summary>By the name of the agent, in the order in which they were written.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<JournalEntry>> Journals { get; init; } = new Dictionary<string, IReadOnlyList<JournalEntry>>();

    public IReadOnlyList<SandboxStart> Starts { get; init; } = [];

    public IReadOnlyList<SiteManifest> Manifests { get; init; } = [];

    /// <summary>How ended jobs were when they were first seen so.</summary>
    public IReadOnlyDictionary<string, EndedRow> FirstSeen { get; init; } = new Dictionary<string, EndedRow>();

    public static async Task<RunHistory> ReadAsync(ChaosSite site, IDbContextFactory<JobServerDb> contexts, EndedWatch watch)
    {
        await using var db = await contexts.CreateDbContextAsync();
        return new RunHistory
        {
            Jobs = await db.Jobs.AsNoTracking().Include(job => job.Needs).ToListAsync(),
            Events = await db.JobEvents.AsNoTracking().OrderBy(row => row.Id).ToListAsync(),
            Requests = await db.JobRequests.AsNoTracking().ToListAsync(),
            Outputs = await db.OutputFiles.AsNoTracking().ToListAsync(),
            Releases = await db.Releases.AsNoTracking().Include(release => release.Files).ToListAsync(),
            Journals = site.Agents.ToDictionary(agent => agent.Name, agent => ReadJournal(Path.Join(site.StateOf(agent), "journal")), StringComparer.Ordinal),
            Starts = File.Exists(site.Starts) ? [.. (await File.ReadAllLinesAsync(site.Starts)).Select(SandboxStart.Parse)] : [],
            Manifests = ReadManifests(Path.Join(site.Folder, "site", "jobs")),
            FirstSeen = watch.FirstSeen,
        };
    }

    private static IReadOnlyList<JournalEntry> ReadJournal(string path) => File.Exists(path) ? JournalCodec.Decode(File.ReadAllBytes(path), out _) : [];

    private static List<SiteManifest> ReadManifests(string jobs) => !Directory.Exists(jobs) ? [] :
    [
        .. Directory.EnumerateFiles(jobs, "manifest-*.json", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(path).Length < "manifest-.json".Length + 20)
            .Select(path => JsonSerializer.Deserialize(File.ReadAllBytes(path), SiteJson.Default.SiteManifest)!),
    ];
}
