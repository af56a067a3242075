namespace JobServer.Coordinator.Agents;

/// <summary>Raised when tokens may have been revoked.</summary>
internal sealed class TokenSignal : WakeSignal;
