using System.Text;
using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Tests.Execution;
using Microsoft.Extensions.Hosting;

namespace JobServer.RunnerAgent.Tests.EndToEnd;

/// <summary>A whole agent with the real sandbox, over real gRPC to a Coordinator that does what a test tells it to.</summary>
public abstract class AttemptTest : IAsyncLifetime, IDisposable
{
    private readonly List<IHost> _hosts = [];

    private protected TempDirectory Temp { get; } = new();

    private protected TestCoordinator Coordinator { get; private set; } = null!;

    private protected CoordinatorRows Rows => Coordinator.Rows;

    public async Task InitializeAsync() => Coordinator = await TestCoordinator.StartAsync();

    private protected async Task<IHost> StartAgentAsync(params (string Name, string Value)[] settings)
    {
        var before = Rows.Frames.Count(frame => frame.Hello is not null);
        var host = await AgentProcess.StartAsync(Coordinator, Temp.Path, settings);
        _hosts.Add(host);
        await Wait.UntilAsync(() => Rows.Frames.Count(frame => frame.Hello is not null) > before && !Rows.Sessions.IsEmpty, "the agent connects");
        return host;
    }

    private protected async Task<Status> EndAsync(string job)
    {
        await Wait.UntilAsync(() => Rows.End(job) is not null, $"{job} ends; so far: {string.Join("; ", Rows.Applied)}");
        return Rows.End(job)!;
    }

    private protected Assign Shell(string job, string script, params (PrivacyLevel Level, string Pattern)[] outputs)
    {
        var assign = NewJob(job, [("README.md", "a study")], ["-c", script], outputs);
        assign.Spec.Image = "sh";
        return assign;
    }

    private protected Assign NewJob(
        string job, (string Path, string Text)[] source, string[] arguments, params (PrivacyLevel Level, string Pattern)[] outputs) => new()
        {
            Attempt = new Attempt { JobId = job, Fence = 1 },
            Spec = new JobSpec
            {
                Kind = JobKind.Standard,
                Workspace = "my-workspace",
                Action = "report",
                Image = "python",
                ImageVersion = "latest",
                RequestIdentifier = "req1",
                Arguments = { arguments },
                Outputs = { outputs.Select(output => new OutputSpec { Level = output.Level, Pattern = output.Pattern }) },
                Source = Publish(source),
            },
        };

    private protected SourceSpec Publish(params (string Path, string Text)[] files)
    {
        var snapshot = Studies.Snapshot(files);
        Rows.Blobs[Studies.Digest(snapshot)] = snapshot;
        return new SourceSpec { Sha256 = Studies.Digest(snapshot), Size = snapshot.Length, Commit = "abc" };
    }

    private protected string Uploaded(string job, string path) => Encoding.UTF8.GetString(Rows.Uploads[(job, path)].ToArray());

    public async Task DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            try
            {
                await host.StopAsync();
                host.Dispose();
            }
            catch (ObjectDisposedException)
            {
                // The test stopped it itself.
            }
        }

        await Coordinator.DisposeAsync();
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            Temp.Dispose();
    }
}
