using JobServer.RunnerAgent.Connection;
using JobServer.RunnerAgent.Execution;
using JobServer.RunnerAgent.Logs;

namespace JobServer.RunnerAgent;

/// <summary>The agent's life: find what ran on, connect, and at the end let go of the jobs without stopping them.</summary>
internal sealed class AgentService(
    AttemptTable attempts, AgentConnector connector, LogSender logs, ISandbox sandbox, ILogger<AgentService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (await sandbox.CheckAsync(stoppingToken) is { } problem)
            logger.SandboxUnusable(problem);

        attempts.Begin(stoppingToken);
        var sending = logs.RunAsync(stoppingToken);
        await connector.RunAsync(stoppingToken);
        await sending;
        await attempts.EndAsync();
    }
}
