using JobServer.Contracts.V1;
using Microsoft.Extensions.Options;

namespace JobServer.Coordinator.Agents;

/// <summary>Since when agents have held attempts of jobs that nobody knows.</summary>
/// <remarks>In memory, since there is no row to note it in: a Coordinator that starts counts anew, and the agent holds for longer.</remarks>
internal sealed class HeldAttempts(IOptions<CoordinatorOptions> options, TimeProvider timeProvider)
{
    /// <summary>Beyond it nothing more is counted, and so held on.</summary>
    private const int Bound = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string AgentId, string JobId, long Fence), long> _since = [];

    /// <summary>Notes that the agent holds it now. Whether it has done so for <see cref="CoordinatorOptions.HoldUnknown"/>.</summary>
    public bool IsOver(string agentId, Attempt attempt)
    {
        var key = (agentId, attempt.JobId, attempt.Fence);
        var limit = options.Value.HoldUnknown;
        lock (_lock)
        {
            if (_since.TryGetValue(key, out var since))
            {
                return timeProvider.GetElapsedTime(since) >= limit;
            }

            if (_since.Count >= Bound)
            {
                Forget(limit * 2);
            }

            if (_since.Count < Bound)
            {
                _since[key] = timeProvider.GetTimestamp();
            }

            return false;
        }
    }

    /// <summary>What was over long ago the agent has discarded.</summary>
    private void Forget(TimeSpan age)
    {
        foreach (var old in _since.Where(pair => timeProvider.GetElapsedTime(pair.Value) >= age).Select(pair => pair.Key).ToList())
        {
            _since.Remove(old);
        }
    }
}
