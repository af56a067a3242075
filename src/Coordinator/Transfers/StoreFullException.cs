namespace JobServer.Coordinator.Transfers;

/// <summary>The disk cannot take a file beside those that are under way.</summary>
internal sealed class StoreFullException(string message) : Exception(message);
