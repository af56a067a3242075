namespace JobServer.Coordinator.Leases;

/// <summary>Wakes the lease sweep before its interval.</summary>
internal sealed class SweepSignal : WakeSignal;
