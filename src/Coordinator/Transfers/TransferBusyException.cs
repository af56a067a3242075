namespace JobServer.Coordinator.Transfers;

/// <summary>There is no room for a transfer right now; nothing is wrong with it.</summary>
internal sealed class TransferBusyException(string message) : Exception(message);
