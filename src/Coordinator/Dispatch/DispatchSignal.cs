namespace JobServer.Coordinator.Dispatch;

/// <summary>Raised when work may be ready or room may be free.</summary>
internal sealed class DispatchSignal : WakeSignal;
