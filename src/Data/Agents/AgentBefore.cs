using JobServer.Domain.Agents;

namespace JobServer.Data.Agents;

/// <summary>An agent's row as its Hello finds it.</summary>
internal sealed record AgentBefore(string Id, int BackendId, string JournalId, long SessionEpoch, AgentMode Mode, long DesiredRevision);
