using System.Text;
using JobServer.Data.Agents;
using JobServer.Data.Jobs;
using JobServer.Domain.Backends;
using JobServer.Domain.Jobs;
using JobServer.Domain.Pipelines;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JobServer.TestCommon;

/// <summary>What people and agents do to runs, as a test says it.</summary>
public static class TestRuns
{
    public static Task<SubmitOutcome> TrySubmitAsync(this TestSite site, TestStudy study, string projectYaml, params string[] actions) =>
        site.TrySubmitAsync(study, projectYaml, change: null, actions);

    /// <summary>Submits as the study's developer; <paramref name="change"/> changes the command first.</summary>
    public static async Task<SubmitOutcome> TrySubmitAsync(
        this TestSite site, TestStudy study, string projectYaml, Func<SubmitJobs, SubmitJobs>? change, params string[] actions)
    {
        var reading = PipelineReader.Read(Encoding.UTF8.GetBytes(projectYaml), PipelineDialect.Medicia);
        Assert.True(reading.IsValid, string.Join('\n', reading.Errors));
        var command = new SubmitJobs
        {
            WorkspaceId = study.Workspace.Id,
            BackendId = study.Backend.Id,
            UserId = study.Developer.Id,
            Pipeline = reading.Pipeline!,
            RequestedActions = actions,
            ForceRunDependencies = false,
            WillNotify = false,
            Branch = study.Workspace.Branch,
            Commit = new string('c', 40),
            ProjectDefinition = projectYaml,
            Source = await site.CreateBlobAsync(),
        };
        return await site.Get<JobSubmissions>().SubmitAsync(change?.Invoke(command) ?? command, CancellationToken.None);
    }

    /// <summary>Submits, and fails the test unless jobs were made.</summary>
    /// <returns>The number of the request.</returns>
    public static async Task<int> SubmitAsync(this TestSite site, TestStudy study, string projectYaml, params string[] actions) =>
        Assert.IsType<SubmitOutcome.Submitted>(await site.TrySubmitAsync(study, projectYaml, actions)).RequestId;

    /// <summary>An agent of the backend says Hello, again or for the first time.</summary>
    public static async Task<TestAgent> OpenSessionAsync(
        this TestSite site, Backend backend, string agentId = "agent-1", int standardSlots = 4, int databaseSlots = 1)
    {
        var outcome = await site.Get<AgentSessions>().OpenAsync(
            Hello(backend, agentId, standardSlots, databaseSlots), "coordinator-1", TestAgent.LeaseTime, CancellationToken.None);
        return new TestAgent(site, agentId, Assert.IsType<HelloOutcome.Opened>(outcome).Epoch);
    }

    public static AgentHello Hello(Backend backend, string agentId, int standardSlots = 4, int databaseSlots = 1) => new()
    {
        AgentId = agentId,
        BackendId = backend.Id,
        InstanceId = "instance-1",
        JournalId = "journal-1",
        DisplayName = agentId,
        Build = "1.0",
        OperatingSystem = "Linux",
        StandardSlots = standardSlots,
        DatabaseSlots = databaseSlots,
    };

    public static Task<JobRequest> RequestAsync(this TestSite site, int requestId) => site.Database.ReadAsync(
        db => db.JobRequests.AsNoTracking().SingleAsync(request => request.Id == requestId));

    /// <summary>The job of an action in a request.</summary>
    public static Task<Job> JobAsync(this TestSite site, int requestId, string action) => site.Database.ReadAsync(
        db => db.Jobs.AsNoTracking().Include(job => job.Needs).SingleAsync(job => job.JobRequestId == requestId && job.Action == action));

    public static Task<Job> JobAsync(this TestSite site, string jobId) => site.Database.ReadAsync(
        db => db.Jobs.AsNoTracking().SingleAsync(job => job.Id == jobId));

    public static Task<List<JobEvent>> EventsAsync(this TestSite site, string jobId) => site.Database.ReadAsync(
        db => db.JobEvents.AsNoTracking().Where(jobEvent => jobEvent.JobId == jobId).OrderBy(jobEvent => jobEvent.Id).ToListAsync());
}
