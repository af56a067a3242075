using JobServer.RunnerAgent.Connection;
using JobServer.RunnerAgent.Execution;
using JobServer.RunnerAgent.Logs;
using Microsoft.Extensions.Options;

namespace JobServer.RunnerAgent;

/// <summary>The agent's life: find what ran on, connect, and at the end let go of the jobs without stopping them.</summary>
internal sealed class AgentService(
    IOptions<AgentOptions> options, AttemptTable attempts, AgentConnector connector, LogSender logs, SpoolRoom spools, ISandbox sandbox, TimeProvider time, ILogger<AgentService> logger)
    : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    /// <summary>Beyond its deadline a drain waits for the grace of what it stops and for the last acknowledgements.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(15);

    /// <summary>Where it is set, a stop drains first; otherwise sandboxes run on, and the next start finds them.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        if (options.Value.DrainOnStop > TimeSpan.Zero && ExecuteTask is { IsCompleted: false })
            await DrainAsync(options.Value.DrainOnStop, cancellationToken);

        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (await sandbox.CheckAsync(stoppingToken) is { } problem)
            logger.SandboxUnusable(problem);

        attempts.Begin(stoppingToken);
        var sending = logs.RunAsync(stoppingToken);
        var making = spools.RunAsync(stoppingToken);
        await connector.RunAsync(stoppingToken);
        await sending;
        await making;
        await attempts.EndAsync();
    }

    private async Task DrainAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        logger.DrainingToStop(attempts.Held(_ => false), within.TotalSeconds);
        attempts.Leave(within);
        using var limit = new CancellationTokenSource(within + options.Value.Limits.StopGrace + Slack, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            while (attempts.Held(_ => false) > 0)
                await Task.Delay(LookEvery, time, either.Token);
        }
        catch (OperationCanceledException)
        {
            logger.DrainGivenUp(attempts.Held(_ => false));
        }
    }
}
