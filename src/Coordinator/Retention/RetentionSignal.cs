namespace JobServer.Coordinator.Retention;

/// <summary>Wakes the sweep of what nobody needs any more before its interval.</summary>
internal sealed class RetentionSignal : WakeSignal;
