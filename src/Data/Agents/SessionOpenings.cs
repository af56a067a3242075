using JobServer.Data.Jobs;
using JobServer.Domain.Agents;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Agents;

/// <summary>Opens the sessions of Hellos that wait together, with as many statements as one would take.</summary>
internal static class SessionOpenings
{
    /// <returns>What became of each, in their order.</returns>
    public static async Task<IReadOnlyList<HelloOutcome>> WriteAsync(
        JobServerDb db, IReadOnlyList<SessionOpening> openings, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var outcomes = new HelloOutcome[openings.Count];
        var waiting = Enumerable.Range(0, openings.Count).ToList();
        while (waiting.Count > 0)
        {
            // Two Hellos of one agent are two sessions, the later the newer.
            var wave = waiting.DistinctBy(index => openings[index].Hello.AgentId, StringComparer.Ordinal).ToList();
            var written = await WriteWaveAsync(db, wave.ConvertAll(index => openings[index]), now, cancellationToken);
            wave.ForEach(index => outcomes[index] = written[openings[index].Hello.AgentId]);
            waiting = [.. waiting.Except(wave)];
        }

        return outcomes;
    }

    private static async Task<Dictionary<string, HelloOutcome>> WriteWaveAsync(
        JobServerDb db, List<SessionOpening> openings, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = openings.Select(opening => opening.Hello.AgentId).ToArray();
        var known = await db.Agents.Where(agent => EF.Parameter(ids).Contains(agent.Id))
            .Select(agent => new AgentBefore(agent.Id, agent.BackendId, agent.JournalId, agent.SessionEpoch, agent.Mode, agent.DesiredRevision))
            .ToDictionaryAsync(agent => agent.Id, StringComparer.Ordinal, cancellationToken);
        await AddAsync(db, openings.Where(opening => !known.ContainsKey(opening.Hello.AgentId)), known, now, cancellationToken);

        var outcomes = new Dictionary<string, HelloOutcome>(StringComparer.Ordinal);
        var greeted = new List<(SessionOpening Opening, AgentBefore Agent)>();
        foreach (var opening in openings)
        {
            var agent = known[opening.Hello.AgentId];
            if (agent.BackendId != opening.Hello.BackendId)
            {
                outcomes[agent.Id] = new HelloOutcome.OtherBackend();
            }
            else if (agent.Mode == AgentMode.Revoked)
            {
                outcomes[agent.Id] = new HelloOutcome.Revoked();
            }
            else
            {
                greeted.Add((opening, agent));
            }
        }

        await GreetAsync(db, greeted, outcomes, now, cancellationToken);
        return outcomes;
    }

    /// <summary>Agents that were never seen; they are greeted with all others.</summary>
    private static async Task AddAsync(
        JobServerDb db, IEnumerable<SessionOpening> openings, Dictionary<string, AgentBefore> known, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var hello in openings.Select(opening => opening.Hello))
        {
            var agent = new Agent { Id = hello.AgentId, BackendId = hello.BackendId, JournalId = hello.JournalId, FirstSeenAt = now };
            db.Agents.Add(agent);
            known[agent.Id] = new AgentBefore(agent.Id, agent.BackendId, agent.JournalId, agent.SessionEpoch, agent.Mode, agent.DesiredRevision);
        }

        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
    }

    private static async Task GreetAsync(
        JobServerDb db,
        List<(SessionOpening Opening, AgentBefore Agent)> greeted,
        Dictionary<string, HelloOutcome> outcomes,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var statements = SetStatement.Of(db);
        var rows = greeted.ConvertAll(pair => HelloRow.Of(pair.Opening.Hello, pair.Agent.SessionEpoch, now));
        var written = await SetStatement.RunAsync(db, statements.GreetAgents, rows, reader => reader.GetString(0), cancellationToken);
        if (written.Count != rows.Count)
        {
            throw new DbUpdateConcurrencyException($"{rows.Count - written.Count} of {rows.Count} agents changed while they said Hello; they say it again.");
        }

        var sessions = greeted.ConvertAll(pair => new SessionRow
        {
            Agent = pair.Agent.Id,
            Epoch = pair.Agent.SessionEpoch + 1,
            Instance = pair.Opening.Hello.InstanceId,
            Coordinator = pair.Opening.CoordinatorId,
            StartedAt = now,
            ExpiresAt = now + pair.Opening.LeaseTime,
        });
        var superseded = sessions.ConvertAll(session => new SupersedeRow { Agent = session.Agent, Epoch = session.Epoch, At = now });
        await SetStatement.RunAsync(db, statements.EndOlderSessions, superseded, cancellationToken);
        await SetStatement.RunAsync(db, statements.AddSessions, sessions, cancellationToken);

        var backendIds = greeted.Select(pair => pair.Agent.BackendId).Distinct().ToArray();
        DateTimeOffset? seen = now;
        await db.Backends.Where(backend => EF.Parameter(backendIds).Contains(backend.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(backend => backend.LastSeenAt, seen), cancellationToken);
        var modes = await db.Backends.Where(backend => EF.Parameter(backendIds).Contains(backend.Id))
            .Select(backend => new { backend.Id, backend.Mode })
            .ToDictionaryAsync(backend => backend.Id, backend => backend.Mode, cancellationToken);
        foreach (var (opening, agent) in greeted)
        {
            outcomes[agent.Id] = new HelloOutcome.Opened(
                agent.SessionEpoch + 1,
                agent.JournalId != opening.Hello.JournalId,
                DesiredModes.Of(agent.Mode, modes[agent.BackendId]),
                agent.DesiredRevision);
        }
    }
}
