using System.Text;
using JobServer.Data;
using JobServer.Data.Blobs;
using JobServer.Data.Jobs;
using JobServer.Data.Writing;
using JobServer.Domain.Agents;
using JobServer.Domain.Jobs;
using JobServer.Domain.Pipelines;
using JobServer.Simulation.Tests.Cluster.Engine;
using JobServer.Simulation.Tests.Cluster.Faults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace JobServer.Simulation.Tests.Cluster.Nodes;

/// <summary>Those who ask for jobs, cancel them, and set the modes of agents: the Portal's writes without its pages.</summary>
internal sealed class SimPeople
{
    private readonly SimSite _site;
    private readonly ServiceProvider _services;
    private readonly SimProcess _process;
    private readonly List<int> _requests = [];
    private int _submitted;

    public SimPeople(SimSite site)
    {
        _site = site;
        _process = site.Simulator.Process("P");
        _services = site.DataServices(_process, 0, () => { }, new Weather()).BuildServiceProvider();
    }

    /// <summary>Requests whose rows are there.</summary>
    public int Submitted => _requests.Count;

    /// <param name="study">Its actions; null for any.</param>
    public void Submit(string? study = null) => _site.Simulator.Start(_process, () => SubmitAsync(study));

    public void CancelSomething() => _site.Simulator.Start(_process, CancelAsync);

    public void SetMode(string agentId, AgentMode mode) => _site.Simulator.Start(_process, () => SetModeAsync(agentId, mode));

    private async Task SubmitAsync(string? study)
    {
        var number = _submitted++;
        var yaml = study ?? Study(number);
        var reading = PipelineReader.Read(Encoding.UTF8.GetBytes(yaml), PipelineDialect.Medicia);
        Assert.True(reading.IsValid, string.Join('\n', reading.Errors));
        using var source = new MemoryStream([1, 2, 3]);
        var outcome = await _services.GetRequiredService<JobSubmissions>().SubmitAsync(
            new SubmitJobs
            {
                WorkspaceId = _site.Rows.WorkspaceIds[number % _site.Rows.WorkspaceIds.Count],
                BackendId = _site.BackendId,
                UserId = _site.Rows.UserId,
                Pipeline = reading.Pipeline!,
                RequestedActions = [.. reading.Pipeline!.Actions.Select(action => action.Name)],
                ForceRunDependencies = false,
                WillNotify = false,
                Branch = "main",
                Commit = new string('c', 40),
                ProjectDefinition = yaml,
                Source = await _services.GetRequiredService<IBlobStore>().PutAsync(source, 10, CancellationToken.None),
            },
            CancellationToken.None);
        _requests.Add(Assert.IsType<SubmitOutcome.Submitted>(outcome).RequestId);
        TellSomebody();
    }

    private async Task CancelAsync()
    {
        if (_requests.Count == 0)
        {
            return;
        }

        var request = _requests[_site.Simulator.Random.Next(_requests.Count)];
        var cancellations = _services.GetRequiredService<JobCancellations>();
        if (_site.Simulator.Chance(0.3))
        {
            await cancellations.CancelRequestAsync(request, _site.Rows.UserId, CancellationToken.None);
        }
        else
        {
            await using var db = await _services.GetRequiredService<IDbContextFactory<JobServerDb>>().CreateDbContextAsync();
            var open = await db.Jobs.Where(job => job.JobRequestId == request && (job.State == JobState.Pending || job.State == JobState.Running))
                .OrderBy(job => job.Position).Select(job => job.Id).ToListAsync();
            if (open.Count > 0)
            {
                await cancellations.CancelJobAsync(request, open[_site.Simulator.Random.Next(open.Count)], _site.Rows.UserId, CancellationToken.None);
            }
        }

        TellSomebody();
    }

    private async Task SetModeAsync(string agentId, AgentMode mode)
    {
        await _services.GetRequiredService<DatabaseWriter>().RunAsync(
            (db, token) => db.Agents.Where(agent => agent.Id == agentId).ExecuteUpdateAsync(
                set => set.SetProperty(agent => agent.Mode, mode).SetProperty(agent => agent.DesiredRevision, agent => agent.DesiredRevision + 1), token),
            CancellationToken.None);
        TellSomebody();
    }

    // The call that makes it fast may be missing or reach one Coordinator only.
    private void TellSomebody()
    {
        foreach (var coordinator in _site.Network.Coordinators.Where(coordinator => coordinator.IsServing && _site.Simulator.Chance(0.5)))
        {
            _site.Simulator.Post(coordinator.Process, _ => coordinator.RowsChanged(), null);
        }
    }

    /// <summary>A few actions; each needs some of those before it.</summary>
    private string Study(int number)
    {
        var random = _site.Simulator.Random;
        var text = new StringBuilder("version: '3.0'\nactions:\n");
        var count = 1 + random.Next(5);
        for (var action = 0; action < count; action++)
        {
            var name = $"r{number}_a{action}";
            if (action == 0 && random.Next(2) == 0)
            {
                text.Append($"  {name}:\n    run: databuilder:v1 generate_dataset --output output/{name}.csv.gz\n")
                    .Append($"    outputs:\n      highly_sensitive:\n        rows: output/{name}.csv.gz\n");
                continue;
            }

            text.Append($"  {name}:\n    run: python:v2 python analysis/{name}.py\n");
            var needs = Enumerable.Range(0, action).Where(_ => random.Next(3) == 0).Select(needed => $"r{number}_a{needed}").ToList();
            if (needs.Count > 0)
            {
                text.Append($"    needs: [{string.Join(", ", needs)}]\n");
            }

            text.Append($"    outputs:\n      moderately_sensitive:\n        table: output/{name}.csv\n");
        }

        return text.ToString();
    }
}
