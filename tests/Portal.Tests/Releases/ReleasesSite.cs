using System.Collections.Concurrent;
using System.Net;
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
    private PortalSite _portal = null!;

    private ReleasesSite(TestSite data) => Data = data;

    public TestSite Data { get; }

    public TestStudy Study { get; private init; } = null!;

    /// <summary>Address of the workspace.</summary>
    public string Address { get; private init; } = "";

    /// <summary>Messages that were logged as errors.</summary>
    public ConcurrentQueue<string> Errors { get; } = new();

    public static async Task<ReleasesSite> StartAsync()
    {
        var site = await PrepareAsync();
        site._portal = await PortalSite.StartAsync(site.Settings, site.Configure);
        return site;
    }

    /// <summary>The data alone, for a host that the test starts.</summary>
    public static async Task<ReleasesSite> PrepareAsync()
    {
        var data = await TestSite.CreateAsync();
        var study = await data.CreateStudyAsync();
        var organisation = await data.Database.ReadAsync(db => db.Organisations.SingleAsync(row => row.Id == study.Project.OrganisationId));
        return new ReleasesSite(data) { Study = study, Address = $"/{organisation.Slug}/{study.Project.Slug}/{study.Workspace.Slug}" };
    }

    public Dictionary<string, string?> Settings => new(StringComparer.Ordinal)
    {
        ["Database:Provider"] = "Sqlite",
        ["Database:ConnectionString"] = Data.Database.ConnectionString,
        ["Blobs:Directory"] = Path.Combine(Data.Database.Folder, "blobs"),
        ["Audit:Key"] = "a key that only tests use",
        ["Portal:DemoSignIn"] = "true",
        ["Portal:Coordinator:InternalToken"] = new string('t', 32),
    };

    public void Configure(IServiceCollection services)
    {
        services.AddSingleton<TimeProvider>(Data.Clock);
        services.AddSingleton<ILoggerProvider>(new ErrorLog(Errors));
    }

    public Browser Visitor() => _portal.NewBrowser();

    public async Task<Browser> SignInAsync(User user)
    {
        var browser = _portal.NewBrowser();
        var login = await browser.PageAsync("/login");
        var token = login.QuerySelector("main input[name=__form]")!.GetAttribute("value")!;
        var response = await browser.PostBlindAsync("/login", ("__form", token), ("personId", user.Id.ToString()));
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        return browser;
    }

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
            db, Data.Get<JobServer.Data.Audit.AuditLog>(), file.Id, by.Id, reason, Data.Now, token));

    public Task<ReleaseFile> RowAsync(ReleaseFile file) => Data.Database.ReadAsync(
        db => db.ReleaseFiles.AsNoTracking().SingleAsync(row => row.Id == file.Id));

    public async ValueTask DisposeAsync()
    {
        if (_portal is not null)
        {
            await _portal.DisposeAsync();
        }

        await Data.DisposeAsync();
    }

    private string NextId() => $"01G7TEST{++_number:D18}";
}
