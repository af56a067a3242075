namespace JobServer.Coordinator.Dispatch;

/// <summary>Raised when what agents should do may have changed.</summary>
internal sealed class DesiredSignal : WakeSignal;
