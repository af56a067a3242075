namespace JobServer.RunnerAgent.Transfers;

/// <summary>What arrived does not match its digest and was thrown away: worth another try.</summary>
internal sealed class TransferDamagedException(string message) : Exception(message);
