using JobServer.Contracts.V1;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Job = JobServer.Domain.Jobs.Job;

namespace JobServer.Coordinator.Tests.Hosting;

/// <summary>A site with one study, a Coordinator that serves it, and a token for agents.</summary>
public abstract class CoordinatorTest : SiteTest
{
    private readonly List<IDisposable> _agents = [];

    protected TestCoordinator Coordinator { get; set; } = null!;

    protected TestStudy Study { get; private set; } = null!;

    protected string Token { get; private set; } = "";

    protected virtual Dictionary<string, string?> Settings => [];

    protected virtual TimeProvider? Clock => null;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Study = await Site.CreateStudyAsync();
        Token = await Site.CreateTokenAsync(Study.Backend);
        Coordinator = await TestCoordinator.StartAsync(Site, Settings, Clock);
    }

    public override async Task DisposeAsync()
    {
        _agents.ForEach(agent => agent.Dispose());
        await Coordinator.DisposeAsync();
        await base.DisposeAsync();
    }

    protected ScriptedAgent NewAgent(string? token = null, string id = "agent-000001")
    {
        var agent = new ScriptedAgent(Coordinator.Channel, token ?? Token, id);
        _agents.Add(agent);
        return agent;
    }

    protected async Task<ScriptedAgent> ConnectAsync(params InventoryItem[] inventory)
    {
        var agent = NewAgent();
        await agent.WelcomedAsync(inventory);
        return agent;
    }

    /// <summary>Submits the one-action project and gives its job.</summary>
    protected async Task<Job> SubmitOneAsync() => await Site.JobAsync(await Site.SubmitAsync(Study, ProjectYaml.One, "alone"), "alone");

    /// <summary>An agent with a job that it has accepted.</summary>
    protected async Task<(ScriptedAgent Agent, Attempt Attempt)> RunningAsync()
    {
        await SubmitOneAsync();
        var agent = await ConnectAsync();
        var attempt = await agent.TakeJobAsync();
        await JobBecomesAsync(attempt.JobId, job => job.AcceptedAt is not null);
        return (agent, attempt);
    }

    protected async Task<Job> JobBecomesAsync(string jobId, Func<Job, bool> condition)
    {
        var job = await Site.JobAsync(jobId);
        await Eventually.HoldsAsync(async () => condition(job = await Site.JobAsync(jobId)), $"the change of job {jobId}");
        return job;
    }

    /// <summary>Commits the files and reports success.</summary>
    protected async Task SucceedAsync(ScriptedAgent agent, Attempt attempt, params OutputFile[] files)
    {
        var manifest = await Coordinator.CommitAsync(Token, agent, attempt, files);
        await agent.ReportAsync(attempt, 1, StatusKind.Succeeded, status => status.ManifestDigest = manifest);
        await agent.ReadAsync(CoordinatorFrame.FrameOneofCase.StatusAck);
    }

    protected Task SessionEndsAsync(string agentId, long epoch) => Eventually.HoldsAsync(
        () => Site.Database.ReadAsync(db => db.AgentSessions.AnyAsync(session => session.AgentId == agentId && session.Epoch == epoch && session.EndedAt != null)),
        $"the end of session {epoch} of {agentId}");

    /// <summary>Reads a frame while the clock goes on.</summary>
    protected async Task<T> MeanwhileAsync<T>(TimeSpan step, Task<T> task)
    {
        await Site.Clock.AdvanceAsync(step, task);
        return await task;
    }
}
