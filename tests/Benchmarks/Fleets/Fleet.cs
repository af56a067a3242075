using System.Diagnostics;
using JobServer.Benchmarks.Servers;

namespace JobServer.Benchmarks.Fleets;

/// <summary>Many agents in this process, each with a connection of its own.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _opening;
    private readonly List<FleetAgent> _agents;
    private readonly List<Task> _runs;

    /// <param name="address">Of the server.</param>
    /// <param name="server">What it is.</param>
    /// <param name="count">How many agents.</param>
    /// <param name="slots">Of each.</param>
    /// <param name="opening">So many may say Hello at once.</param>
    public Fleet(Uri address, ServerKind server, int count, int slots, int opening)
    {
        _opening = new SemaphoreSlim(opening);
        _agents = [.. Enumerable.Range(0, count).Select(number => new FleetAgent(address, server, number, slots, _opening))];
        _runs = [.. _agents.Select(agent => agent.RunAsync(_stopping.Token))];
    }

    public int Live => _agents.Count(agent => agent.IsLive);

    public int Reconciled => _agents.Count(agent => agent.IsReconciled);

    public int Held => _agents.Sum(agent => agent.Held);

    public TcpCount Count => _agents.Aggregate(default(TcpCount), (sum, agent) => sum + agent.Count);

    /// <summary>Waits until each agent has had that many sessions.</summary>
    /// <param name="sessions">How many.</param>
    /// <param name="since">A <see cref="Stopwatch"/> timestamp.</param>
    /// <returns>When each agent's newest was answered, counted from <paramref name="since"/>.</returns>
    public async Task<Times> AnsweredAsync(int sessions, long since)
    {
        await UntilAsync(() => _agents.TrueForAll(agent => agent.IsLive && agent.Sessions >= sessions), "Not every agent was answered");
        var times = new Times(_agents.Count);
        _agents.ForEach(agent => times.Add(Stopwatch.GetElapsedTime(since, agent.AnsweredAt)));
        return times;
    }

    public Task HeldAsync(int jobs) => UntilAsync(() => Held >= jobs, "Not every job was given out");

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_runs);
        _agents.ForEach(agent => agent.Dispose());
        _stopping.Dispose();
        _opening.Dispose();
    }

    private async Task UntilAsync(Func<bool> holds, string otherwise)
    {
        var start = Stopwatch.GetTimestamp();
        while (!holds())
        {
            if (Stopwatch.GetElapsedTime(start) > Patience)
            {
                throw new TimeoutException($"{otherwise} within {Patience.TotalMinutes:0} minutes: {Live} of {_agents.Count} are connected, {Held} jobs held.");
            }

            await Task.Delay(Look);
        }
    }
}
