using System.Collections.Concurrent;
using System.Text;
using JobServer.Data.Blobs;
using JobServer.Domain.Access;
using JobServer.Domain.Backends;
using JobServer.Domain.Releases;
using JobServer.Domain.Users;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JobServer.Portal.Tests.Releases;

/// <summary>A portal over a real database and a real blob directory, with one study that has released files.</summary>
internal sealed class ReleasesSite : IAsyncDisposable
{
    private int _number;

    private ReleasesSite(TestSite data) => Data = data;

    public TestSite Data { get; }

    public TestStudy Study { get; private set; } = null!;

    /// <summary>Address of the workspace.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Messages that were logged as errors.</summary>
    public ConcurrentQueue<string> Errors { get; private init; } = new();

    /// <summary>Null where the test starts a host of its own.</summary>
    private PortalSite? Portal { get; init; }

    public static async Task<ReleasesSite> StartAsync()
    {
        var errors = new ConcurrentQueue<string>();
        var portal = await PortalSite.StartAsync(
            configure: services => services.AddSingleton<ILoggerProvider>(new ErrorLog(errors)), usesTestClock: true);
        return await new ReleasesSite(portal.Data) { Portal = portal, Errors = errors }.WithStudyAsync();
    }

    /// <summary>The data alone, for a host that the test starts.</summary>
    public static async Task<ReleasesSite> PrepareAsync() => await new ReleasesSite(await TestSite.CreateAsync()).WithStudyAsync();

    /// <summary>Settings of a host that the test starts.</summary>
    public Dictionary<string, string?> Settings => new(StringComparer.Ordinal)
    {
        ["Database:Provider"] = "Sqlite",
        ["Database:ConnectionString"] = Data.Database.ConnectionString,
        ["Blobs:Directory"] = Path.Combine(Data.Database.Folder, "blobs"),
        ["Audit:Key"] = "a key that only tests use",
        ["Portal:DemoSignIn"] = "true",
        ["Portal:Coordinator:InternalToken"] = "a token between hosts that only tests use",
        ["Portal:Coordinator:Address"] = "http://127.0.0.1:9",
    };

    public Browser Visitor() => Portal!.NewBrowser();

    public Task<Browser> SignInAsync(User user) => Portal!.SignInAsync(user);

    /// <summary>Signs in a new person with global roles.</summary>
    public async Task<Browser> SignInAsync(params Role[] roles) => await SignInAsync(await Data.CreateUserAsync(roles));

    public Task<Release> ReleaseAsync(params (string Path, string Text)[] files) => ReleaseAsync(ReleasePolicy.Reviewed, files);

    public Task<Release> ReleaseAsync(ReleasePolicy policy, params (string Path, string Text)[] files) =>
        ReleaseBytesAsync(policy, [.. files.Select(file => (file.Path, Encoding.UTF8.GetBytes(file.Text)))]);

    /// <summary>Releases files now; time moves on by a minute afterwards.</summary>
    public async Task<Release> ReleaseBytesAsync(ReleasePolicy policy, params (string Path, byte[] Content)[] files)
    {
        var release = new Release
        {
            Id = NextId(),
            WorkspaceId = Study.Workspace.Id,
            BackendId = Study.Backend.Id,
            CreatedById = Study.Developer.Id,
            CreatedAt = Data.Now,
            Policy = policy,
        };
        foreach (var (path, content) in files)
        {
            var blob = await Data.Get<IBlobStore>().PutAsync(new MemoryStream(content), long.MaxValue, CancellationToken.None);
            release.Files.Add(new ReleaseFile
            {
                Id = NextId(),
                ReleaseId = release.Id,
                WorkspaceId = release.WorkspaceId,
                Path = path,
                Size = blob.Size,
                Digest = blob.Digest,
                CreatedAt = Data.Now,
            });
        }

        await Data.Database.AddAsync(release);
        Data.Clock.Advance(TimeSpan.FromMinutes(1));
        return release;
    }

    /// <summary>Turns one bit of a stored file.</summary>
    public void Damage(ReleaseFile file)
    {
        var path = Path.Combine(Data.Database.Folder, "blobs", file.Digest[..2], file.Digest);
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    public Task RedactAsync(ReleaseFile file, User by, string reason = "It names a practice.") => Data.Database.WriteAsync(
        (db, token) => JobServer.Data.Releases.Redaction.DeleteAsync(
            db, Data.Get<JobServer.Data.Audit.AuditLog>(), file.Id, Enum.GetValues<ReleasePolicy>(), by.Id, reason, Data.Now, token));

    public Task<ReleaseFile> RowAsync(ReleaseFile file) => Data.Database.ReadAsync(
        db => db.ReleaseFiles.AsNoTracking().SingleAsync(row => row.Id == file.Id));

    public async ValueTask DisposeAsync()
    {
        if (Portal is not null)
        {
            await Portal.DisposeAsync();
        }
        else
        {
            await Data.DisposeAsync();
        }
    }

    private async Task<ReleasesSite> WithStudyAsync()
    {
        Study = await Data.CreateStudyAsync();
        var organisation = await Data.Database.ReadAsync(db => db.Organisations.SingleAsync(row => row.Id == Study.Project.OrganisationId));
        Address = $"/{organisation.Slug}/{Study.Project.Slug}/{Study.Workspace.Slug}";
        return this;
    }

    private string NextId() => $"01G7TEST{++_number:D18}";
}
