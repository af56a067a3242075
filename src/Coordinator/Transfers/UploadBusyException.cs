namespace JobServer.Coordinator.Transfers;

/// <summary>There is no room for an upload right now; nothing is wrong with it.</summary>
internal sealed class UploadBusyException(string message) : Exception(message);
