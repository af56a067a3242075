using JobServer.Benchmarks.Dispatch;
using JobServer.Contracts.V1;
using JobServer.RunnerAgent;
using JobServer.RunnerAgent.Execution;
using JobServer.RunnerAgent.Journal;
using JobServer.RunnerAgent.Transfers;
using JobServer.RunnerAgent.Workspaces;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace JobServer.Benchmarks.Transfers;

/// <summary>The production agent without its sandbox: session, journal and transfers as they are.</summary>
internal sealed class TransferAgent : IAsyncDisposable
{
    private readonly string _state;
    private readonly IHost _host;
    private readonly HeldWork _work = new();

    public TransferAgent(Uri coordinator, string state, int slots)
    {
        _state = state;
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Agent:CoordinatorAddress"] = $"{coordinator}",
            ["Agent:Token"] = BenchmarkSite.Token,
            ["Agent:Backend"] = "site",
            ["Agent:StateDirectory"] = state,
            ["Agent:StandardSlots"] = $"{slots}",
        });
        builder.Services.AddLogging();
        builder.Services.AddRunnerAgent(builder.Configuration);
        builder.Services.AddSingleton<IAttemptWork>(_work);
        _host = builder.Build();
    }

    public Task StartAsync() => _host.StartAsync();

    /// <summary>An attempt that the Coordinator gave to this agent.</summary>
    public ValueTask<Assign> NextAsync() => _work.NextAsync();

    /// <summary>Keeps a file at the site, from where it is sent.</summary>
    public async Task<SiteFile> KeepAsync(string path)
    {
        var (sha256, size) = await _host.Services.GetRequiredService<SiteStore>().PutAsync(path, CancellationToken.None);
        return new SiteFile
        {
            Path = "out.bin",
            Size = size,
            Sha256 = sha256,
            Level = PrivacyLevel.ModeratelySensitive,
            Disposition = OutputDisposition.Uploaded,
        };
    }

    /// <summary>As at the end of a job: upload, then the manifest.</summary>
    public Task UploadAsync(Assign assign, SiteFile file)
    {
        var manifest = new SiteManifest
        {
            JobId = assign.Attempt.JobId,
            Fence = assign.Attempt.Fence,
            Workspace = assign.Spec.Workspace,
            Action = assign.Spec.Action,
            Commit = assign.Spec.Source.Commit,
            Files = [file],
        };
        return _host.Services.GetRequiredService<OutputUploader>().SendAsync(AttemptKey.Of(assign.Attempt), manifest, CancellationToken.None);
    }

    /// <summary>As at the start of a job: the source snapshot, verified, and never from what was kept.</summary>
    public async Task DownloadAsync(Assign assign)
    {
        var path = await _host.Services.GetRequiredService<SourceCache>().GetAsync(assign.Attempt, assign.Spec.Source, CancellationToken.None);
        File.Delete(path);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        Directory.Delete(_state, recursive: true);
    }
}
