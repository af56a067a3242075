using JobServer.Coordinator.Agents;
using JobServer.Data.Jobs;

namespace JobServer.Coordinator.Reports;

internal sealed record PendingReport
{
    public required JobReport Report { get; init; }

    /// <summary>A <see cref="TimeProvider"/> timestamp.</summary>
    public required long ReadAt { get; init; }

    /// <summary>Where the answer goes.</summary>
    public required AgentSession Session { get; init; }
}
