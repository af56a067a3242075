namespace JobServer.Coordinator.Transfers;

/// <summary>Bounds the files that agents fetch at once: each holds an open file and a buffer.</summary>
internal sealed class FetchSlots(TimeProvider timeProvider) : TransferSlots("fetching", timeProvider);
