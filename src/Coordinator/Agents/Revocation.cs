namespace JobServer.Coordinator.Agents;

/// <summary>What a revoked agent is told, when it says Hello and when it is revoked while it is connected.</summary>
internal static class Revocation
{
    public const string Message = "This agent was revoked. Its jobs are given to others when its lease has lapsed.";

    public static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(10);
}
