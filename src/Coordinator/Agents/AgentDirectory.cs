using System.Collections.Concurrent;
using JobServer.Contracts.V1;

namespace JobServer.Coordinator.Agents;

/// <summary>The sessions whose streams this Coordinator holds; one for each agent.</summary>
internal sealed class AgentDirectory
{
    private readonly ConcurrentDictionary<string, AgentSession> _sessions = new(StringComparer.Ordinal);
    private long _registrations;

    public IReadOnlyCollection<AgentSession> Live => [.. _sessions.Values];

    /// <summary>Rises with each session that is registered.</summary>
    public long Registrations => Interlocked.Read(ref _registrations);

    public AgentSession? Find(string agentId) => _sessions.GetValueOrDefault(agentId);

    /// <summary>Makes the session the agent's one; an older one is told and closed. False when a newer one is already here.</summary>
    public bool Register(AgentSession session)
    {
        while (true)
        {
            if (_sessions.TryGetValue(session.AgentId, out var other))
            {
                if (other.Epoch > session.Epoch)
                {
                    return false;
                }

                if (_sessions.TryUpdate(session.AgentId, session, other))
                {
                    Interlocked.Increment(ref _registrations);
                    other.Close(GoAwayReason.Superseded, TimeSpan.Zero, "A newer session of this agent has connected.");
                    return true;
                }
            }
            else if (_sessions.TryAdd(session.AgentId, session))
            {
                Interlocked.Increment(ref _registrations);
                return true;
            }
        }
    }

    public void Remove(AgentSession session) => _sessions.TryRemove(KeyValuePair.Create(session.AgentId, session));
}
