using System.Collections.Concurrent;

namespace JobServer.Coordinator.Agents;

/// <summary>The sessions whose streams this Coordinator holds; one for each agent.</summary>
internal sealed class AgentDirectory
{
    /// <summary>Of agents that went elsewhere nobody takes the end.</summary>
    private const int MostEnds = 10_000;

    private readonly ConcurrentDictionary<string, AgentSession> _sessions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _ends = new(StringComparer.Ordinal);
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
                    other.Supersede();
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

    /// <summary>Remembers why the agent's session ended, until it is back.</summary>
    public void NoteEnd(string agentId, string reason)
    {
        if (_ends.Count < MostEnds || _ends.ContainsKey(agentId))
        {
            _ends[agentId] = reason;
        }
    }

    /// <summary>Why the agent had to connect again, as far as this Coordinator saw it.</summary>
    public string TakeEnd(string agentId) =>
        _sessions.ContainsKey(agentId) ? "superseded" : _ends.TryRemove(agentId, out var reason) ? reason : "unknown";

    public void Remove(AgentSession session) => _sessions.TryRemove(KeyValuePair.Create(session.AgentId, session));
}
