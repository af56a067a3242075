namespace JobServer.RunnerAgent.Transfers;

/// <summary>The Coordinator says that the attempt is not, or no longer, this agent's.</summary>
internal sealed class AttemptFencedException(string message) : Exception(message);
